//! JSON kept as its text.
//!
//! A parsed object of three fields takes half a kilobyte and more; its text takes a tenth of that.
//! What is stored by the hundred thousand and only read out again is kept so.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A JSON value as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Compact(Box<str>);

impl Compact {
    /// The value.
    #[must_use]
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.0).unwrap_or_default()
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl From<Value> for Compact {
    fn from(value: Value) -> Self {
        Self(value.to_string().into_boxed_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_comes_back_as_it_was() {
        let value = json!({ "type": "user", "user": { "id": 1, "first_name": "Ä \"b\"" } });
        let kept = Compact::from(value.clone());
        assert_eq!(kept.value(), value);
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<Compact>(&text).unwrap(), kept);
    }
}
