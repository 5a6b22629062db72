//! Readers that forgive how a value is written, never what it means.
//!
//! Real launch data has been seen with `"id": "123"` and `"is_premium": "true"`. By the time these
//! run the data has passed its signature check, so reading it kindly costs no safety.

use serde::{Deserialize, Deserializer, de};

#[derive(Deserialize)]
#[serde(untagged)]
enum NumberOrText {
    Number(i64),
    Text(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum BoolOrText {
    Bool(bool),
    Number(i64),
    Text(String),
}

/// An `i64` written as a number or as decimal text.
pub(crate) fn int<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    match NumberOrText::deserialize(deserializer)? {
        NumberOrText::Number(number) => Ok(number),
        NumberOrText::Text(text) => text
            .parse()
            .map_err(|_| de::Error::custom("expected a whole number")),
    }
}

/// A `bool` written as such, as `0` or `1`, or as the text `true` or `false`.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match BoolOrText::deserialize(deserializer)? {
        BoolOrText::Bool(value) => Ok(value),
        BoolOrText::Number(0) => Ok(false),
        BoolOrText::Number(1) => Ok(true),
        BoolOrText::Text(text) if text == "true" => Ok(true),
        BoolOrText::Text(text) if text == "false" => Ok(false),
        _ => Err(de::Error::custom("expected true or false")),
    }
}
