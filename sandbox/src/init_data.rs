//! initData: what Telegram tells a Mini App about its launch, and signs.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;
use url::form_urlencoded;

use crate::keys::Keys;
use crate::token::Token;

/// Fields of one launch, before signing.
#[derive(Debug, Default, Clone)]
pub struct InitData {
    fields: Vec<(String, String)>,
}

impl InitData {
    /// Adds a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a field if there is a value.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a JSON object, its slashes escaped as Telegram writes them: an app that parses it and
    /// writes it anew gets another text, and another hash. Source: launch data of Telegram's
    /// clients, such as `https:\/\/t.me\/i\/userpic\/…`.
    #[must_use]
    pub fn with_json(self, name: &str, value: &Value) -> Self {
        // In JSON, a slash only ever stands in a string.
        self.with(name, value.to_string().replace('/', "\\/"))
    }

    /// Signs for the bot, and for third parties with `keys`, and encodes as a query string.
    /// The `signature` is itself part of what `hash` covers.
    #[must_use]
    pub fn sign(mut self, token: &Token, keys: Option<&Keys>) -> String {
        if let Some(keys) = keys {
            // source: Mini Apps, "Validating data for Third-Party Use"
            let third_party = format!("{}:WebAppData\n{}", token.bot_id(), self.check_string());
            let signature = URL_SAFE_NO_PAD.encode(keys.sign(third_party.as_bytes()));
            self = self.with("signature", signature);
        }
        let hash = hash(token.as_str(), &self.check_string());
        self.with("hash", hash).encode()
    }

    /// The pairs sorted by name, one a line.
    fn check_string(&self) -> String {
        let mut lines: Vec<String> = self
            .fields
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        lines.sort_unstable();
        lines.join("\n")
    }

    fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.fields)
            .finish()
            .replace('+', "%20")
    }
}

/// HMAC-SHA256 of the check string under the secret derived from the token.
/// Source: Mini Apps, "Validating data received via the Mini App".
fn hash(token: &str, check_string: &str) -> String {
    let secret = hmac(b"WebAppData", token.as_bytes());
    hex::encode(hmac(&secret, check_string.as_bytes()))
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    // HMAC takes a key of any length, so this cannot fail.
    Hmac::<Sha256>::new_from_slice(key).map_or_else(
        |_| Vec::new(),
        |mut mac| {
            mac.update(message);
            mac.finalize().into_bytes().to_vec()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signature, VerifyingKey};

    /// aiogram, `tests/test_utils/test_web_app.py`.
    fn vector() -> InitData {
        InitData::default()
            .with("auth_date", "1650385342")
            .with("user", r#"{"id":42,"first_name":"Test"}"#)
            .with("query_id", "test")
    }

    #[test]
    fn the_hash_is_that_of_aiograms_vector() {
        let expected = "46d2ea5e32911ec8d30999b56247654460c0d20949b6277af519e76271182803";
        assert_eq!(hash("42:TEST", &vector().check_string()), expected);
        assert_ne!(hash("42:INVALID", &vector().check_string()), expected);
    }

    #[test]
    fn plain_text_in_json_escapes_stays_as_it_is() {
        let user = concat!(
            r#"{"id": "123456789", "first_name": "PlaceholderFirstName", "#,
            r#""last_name": "PlaceholderLastName \ud83c\uddfa\ud83c\udde6", "#,
            r#""username": "Latand", "language_code": "en", "is_premium": "true", "#,
            r#""allows_write_to_pm": "true"}"#
        );
        let data = InitData::default()
            .with("auth_date", "1650385342")
            .with("user", user)
            .with("query_id", "test");
        let expected = "b3c8b293f14ad0f7f0abcf769aea1209a72295d30a87eb0e74df855d32e53bfe";
        assert_eq!(hash("42:TEST", &data.check_string()), expected);
    }

    #[test]
    fn the_secret_is_that_of_the_node_library() {
        let secret = hmac(b"WebAppData", b"my-secret-token");
        assert_eq!(
            hex::encode(&secret),
            "fe37f490481d351837ed49f3b369c886c61013d6d036656fc3c9c92e163e3477"
        );
        assert_eq!(
            hex::encode(hmac(&secret, b"abc")),
            "6ecc2e9b51f30dde6877ce374ede54eb626c84e78a5d9a9dcac54d2d248f6bde"
        );
    }

    #[test]
    fn third_parties_can_verify_and_the_hash_covers_the_signature() {
        let keys = Keys::default();
        let token = Token::parse("42:TEST").unwrap();
        let signed = vector().sign(&token, Some(&keys));
        let pairs: Vec<(String, String)> = form_urlencoded::parse(signed.as_bytes())
            .into_owned()
            .collect();
        let field = |name: &str| pairs.iter().find(|(key, _)| key == name).unwrap().1.clone();
        let message = format!("42:WebAppData\n{}", vector().check_string());
        let signature = URL_SAFE_NO_PAD.decode(field("signature")).unwrap();
        let public: [u8; 32] = hex::decode(keys.public_hex()).unwrap().try_into().unwrap();
        VerifyingKey::from_bytes(&public)
            .unwrap()
            .verify_strict(
                message.as_bytes(),
                &Signature::from_slice(&signature).unwrap(),
            )
            .unwrap();
        let covered = vector()
            .with("signature", field("signature"))
            .check_string();
        assert_eq!(field("hash"), hash("42:TEST", &covered));
        assert_eq!(field("signature").len(), 86);
    }

    #[test]
    fn slashes_are_escaped_in_what_is_signed() {
        let user = serde_json::json!({ "id": 1, "photo_url": "https://t.me/i/1.svg" });
        let data = InitData::default().with_json("user", &user);
        let text = r#"user={"id":1,"photo_url":"https:\/\/t.me\/i\/1.svg"}"#;
        assert_eq!(data.check_string(), text);
        let token = Token::parse("42:TEST").unwrap();
        let signed = data.sign(&token, None);
        assert!(!signed.contains("signature="), "{signed}");
        assert!(signed.ends_with(&format!("&hash={}", hash("42:TEST", text))));
    }
}
