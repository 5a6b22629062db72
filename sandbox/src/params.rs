//! The parameters of one Bot API call, wherever they came from.
//!
//! Query, form, multipart and JSON all end here. As in the real server, a
//! parameter is text or a JSON value, and nested objects may come either way.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::Value;

use crate::api_error::{ApiError, ApiResult};

/// An uploaded file.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Name given by the sender.
    pub name: String,
    /// Media type given by the sender, or guessed from the name.
    pub mime: String,
    /// Content.
    pub bytes: Bytes,
}

/// Named values and files of one call.
#[derive(Debug, Default)]
pub struct Params {
    values: HashMap<String, Value>,
    files: HashMap<String, Upload>,
    /// The call went to Telegram's test servers, by its address.
    pub is_test: bool,
}

impl Params {
    /// The fields of an object as if they were parameters.
    #[must_use]
    pub fn of(object: &Value) -> Self {
        let mut params = Self::default();
        for (name, value) in object.as_object().into_iter().flatten() {
            params.set(name, value.clone());
        }
        params
    }

    /// Adds or replaces a value.
    pub fn set(&mut self, name: impl Into<String>, value: Value) {
        self.values.insert(name.into(), value);
    }

    /// Adds or replaces a file.
    pub fn attach(&mut self, name: impl Into<String>, upload: Upload) {
        self.files.insert(name.into(), upload);
    }

    /// Whether the parameter was given, even empty.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The parameter as text; empty when missing.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        match self.values.get(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }

    /// The parameter as text.
    ///
    /// # Errors
    /// 400 when it is missing or empty.
    pub fn required(&self, name: &str) -> ApiResult<String> {
        let text = self.text(name);
        if text.is_empty() {
            // source: tdlib/telegram-bot-api Client.cpp `get_required_string_arg`
            return Err(ApiError::bad(&format!("Parameter \"{name}\" is required")));
        }
        Ok(text)
    }

    /// The parameter as an integer brought into `min..=max`; unreadable text is
    /// 0, as in the real server's `get_integer_arg`.
    #[must_use]
    pub fn integer(&self, name: &str, default: i64, min: i64, max: i64) -> i64 {
        let text = self.text(name);
        let value = if text.is_empty() {
            default
        } else {
            leading_integer(&text)
        };
        value.clamp(min, max)
    }

    /// The parameter as a flag.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        // source: tdlib/telegram-bot-api Client.cpp `to_bool`
        matches!(
            self.text(name).to_lowercase().as_str(),
            "true" | "yes" | "1"
        )
    }

    /// The parameter as JSON: `None` when it is missing or empty.
    ///
    /// # Errors
    /// 400 with `complaint` when it cannot be read.
    pub fn json(&self, name: &str, complaint: &str) -> ApiResult<Option<Value>> {
        match self.values.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| ApiError::bad(complaint)),
            Some(value) => Ok(Some(value.clone())),
        }
    }

    /// The file with this name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.get(name)
    }

    /// A positive user id.
    ///
    /// # Errors
    /// 400 when it is not.
    pub fn user_id(&self, name: &str) -> ApiResult<i64> {
        let id = self.integer(name, 0, 0, i64::MAX);
        if id == 0 {
            // source: tdlib/telegram-bot-api Client.cpp `get_user_id`
            return Err(ApiError::bad(&format!("Invalid {name} specified")));
        }
        Ok(id)
    }

    /// All values as one JSON object, with files named; for the journal.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object: serde_json::Map<String, Value> = self
            .values
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        for (name, file) in &self.files {
            let label = format!("<file {}, {} bytes>", file.name, file.bytes.len());
            object.insert(name.clone(), Value::String(label));
        }
        Value::Object(object)
    }
}

/// Reads the integer that a text starts with; 0 when there is none.
fn leading_integer(text: &str) -> i64 {
    let digits_from = usize::from(text.starts_with('-'));
    let end = text[digits_from..]
        .find(|c: char| !c.is_ascii_digit())
        .map_or(text.len(), |found| found + digits_from);
    text[..end].parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_read_as_the_server_reads_them() {
        let mut params = Params::default();
        params.set("n", json!("12abc"));
        params.set("m", json!(-3));
        params.set("flag", json!("True"));
        params.set("list", json!("[1,2]"));
        params.set("direct", json!([1, 2]));
        assert_eq!(params.integer("n", 0, 0, 100), 12);
        assert_eq!(params.integer("m", 0, i64::MIN, 100), -3);
        assert_eq!(params.integer("missing", 7, 0, 100), 7);
        assert!(params.flag("flag"));
        assert_eq!(
            params.json("list", "").unwrap(),
            params.json("direct", "").unwrap()
        );
        assert_eq!(
            params.required("gone").unwrap_err().description,
            "Bad Request: parameter \"gone\" is required"
        );
    }
}
