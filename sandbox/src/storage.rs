//! Cloud storage and the other methods that a Mini App calls on Telegram's server.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::limits::{CLOUD_KEY_CHARS, CLOUD_KEYS, CLOUD_VALUE_CHARS};
use crate::state::State;

/// The result or the error code that the Mini App gets.
pub type CustomResult = Result<Value, &'static str>;

impl State {
    /// Runs a custom method. Source: Mini Apps, `web_app_invoke_custom_method`;
    /// error codes: telegram-web-app.js, `CloudStorage`; for an unknown user or method there is
    /// no documented code, those are our own.
    ///
    /// # Errors
    /// The code that the Mini App is told.
    pub fn custom_method(
        &mut self,
        bot_id: i64,
        user_id: i64,
        method: &str,
        params: &Value,
    ) -> CustomResult {
        let now = self.now();
        let chat = self.chats.get(&(bot_id, user_id));
        let contact = chat.and_then(|chat| chat.contact.clone());
        let account = self.users.get_mut(&user_id).ok_or("USER_NOT_FOUND")?;
        let cloud = account.cloud.entry(bot_id).or_default();
        match method {
            "saveStorageValue" => save(cloud, params),
            "getStorageValues" => Ok(values(cloud, &keys_of(params, "keys")?)),
            "deleteStorageValues" => {
                for key in keys_of(params, "keys")? {
                    cloud.remove(&key);
                }
                Ok(json!(true))
            }
            "getStorageKeys" => Ok(json!(cloud.keys().collect::<Vec<_>>())),
            "getCurrentTime" => Ok(json!(now)),
            // Empty until it was shared; the official script asks again for three seconds.
            "getRequestedContact" => Ok(json!(contact.unwrap_or_default())),
            _ => Err("METHOD_NOT_FOUND"),
        }
    }
}

fn save(cloud: &mut BTreeMap<String, String>, params: &Value) -> CustomResult {
    let key = params["key"]
        .as_str()
        .filter(|key| is_key(key))
        .ok_or("KEY_INVALID")?;
    let value = params["value"].as_str().ok_or("VALUE_INVALID")?;
    if value.chars().count() > CLOUD_VALUE_CHARS {
        return Err("VALUE_INVALID");
    }
    if !cloud.contains_key(key) && cloud.len() >= CLOUD_KEYS {
        return Err("QUOTA_EXCEEDED");
    }
    cloud.insert(key.to_owned(), value.to_owned());
    Ok(json!(true))
}

/// The wanted values; a missing key reads as empty, as in the official script.
fn values(cloud: &BTreeMap<String, String>, keys: &[String]) -> Value {
    let found: Map<String, Value> = keys
        .iter()
        .map(|key| {
            (
                key.clone(),
                json!(cloud.get(key).map_or("", String::as_str)),
            )
        })
        .collect();
    Value::Object(found)
}

fn keys_of(params: &Value, name: &str) -> Result<Vec<String>, &'static str> {
    let list = params[name].as_array().ok_or("KEYS_INVALID")?;
    list.iter()
        .map(|key| {
            key.as_str()
                .filter(|key| is_key(key))
                .map(str::to_owned)
                .ok_or("KEY_INVALID")
        })
        .collect()
}

fn is_key(key: &str) -> bool {
    (1..=CLOUD_KEY_CHARS).contains(&key.len())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_within_their_limits() {
        let mut cloud = BTreeMap::new();
        assert_eq!(
            save(&mut cloud, &json!({ "key": "a", "value": "1" })),
            Ok(json!(true))
        );
        assert_eq!(
            values(&cloud, &["a".into(), "b".into()]),
            json!({ "a": "1", "b": "" })
        );
        assert_eq!(
            save(&mut cloud, &json!({ "key": "a b", "value": "" })),
            Err("KEY_INVALID")
        );
        let long = "x".repeat(CLOUD_VALUE_CHARS + 1);
        assert_eq!(
            save(&mut cloud, &json!({ "key": "a", "value": long })),
            Err("VALUE_INVALID")
        );
        for number in 0..CLOUD_KEYS {
            let _ = save(
                &mut cloud,
                &json!({ "key": format!("k{number}"), "value": "" }),
            );
        }
        let extra = json!({ "key": "one_more", "value": "" });
        assert_eq!(save(&mut cloud, &extra), Err("QUOTA_EXCEEDED"));
    }
}
