//! How updates come: webhook or long polling.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{ApiError, Client};
use crate::limit_error::{LimitError, at_most, range};
use crate::limits;
use crate::types::WebhookInfo;

/// Where Telegram shall deliver updates.
#[derive(Debug, Clone)]
pub struct SetWebhook {
    /// HTTPS address on port 443, 80, 88 or 8443.
    pub url: String,
    /// 1 to 256 of letters, digits, `_` and `-`; comes with each update in the header
    /// `X-Telegram-Bot-Api-Secret-Token`.
    pub secret_token: SecretString,
    /// Kinds of updates; others are not delivered.
    pub allowed_updates: Vec<String>,
    /// Connections that Telegram opens at most, 1 to 100; Telegram's default is 40.
    pub max_connections: Option<u32>,
    /// Whether updates that wait are thrown away. Payments may be among them.
    pub drop_pending_updates: bool,
}

impl SetWebhook {
    /// A webhook for the kinds in [`ALLOWED_UPDATES`](crate::ALLOWED_UPDATES) that drops nothing.
    pub fn new(url: impl Into<String>, secret_token: SecretString) -> Self {
        Self {
            url: url.into(),
            secret_token,
            allowed_updates: crate::ALLOWED_UPDATES.map(str::to_owned).to_vec(),
            max_connections: None,
            drop_pending_updates: false,
        }
    }

    fn check(&self) -> Result<(), LimitError> {
        if self.url.is_empty() {
            return Err(LimitError::Empty {
                field: "webhook address",
            });
        }
        let secret = self.secret_token.expose_secret();
        if secret.is_empty() {
            return Err(LimitError::Empty {
                field: "webhook secret",
            });
        }
        at_most(
            "webhook secret",
            secret.len(),
            limits::WEBHOOK_SECRET_CHARS,
            "characters",
        )?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if !secret.bytes().all(plain) {
            let rule = "it may hold only letters, digits, _ and -";
            return Err(LimitError::NotAllowed {
                field: "webhook secret",
                rule,
            });
        }
        let connections = self.max_connections.unwrap_or(1).into();
        range(
            "webhook connections",
            connections,
            1,
            limits::WEBHOOK_CONNECTIONS_MAX.into(),
        )
    }

    fn to_json(&self) -> Value {
        let mut body = json!({
            "url": self.url,
            "secret_token": self.secret_token.expose_secret(),
            "allowed_updates": self.allowed_updates,
        });
        if let Some(connections) = self.max_connections {
            body["max_connections"] = json!(connections);
        }
        if self.drop_pending_updates {
            body["drop_pending_updates"] = json!(true);
        }
        body
    }
}

impl Client {
    /// `setWebhook`: asks Telegram to deliver updates. About once a second at most.
    ///
    /// # Errors
    ///
    /// [`ApiError::BadRequest`] with Telegram's reason when it does not take the address. Any
    /// other [`ApiError`].
    pub async fn set_webhook(&self, webhook: &SetWebhook) -> Result<(), ApiError> {
        webhook.check()?;
        self.act("setWebhook", &webhook.to_json()).await
    }

    /// `getWebhookInfo`: how delivery stands.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn get_webhook_info(&self) -> Result<WebhookInfo, ApiError> {
        self.call("getWebhookInfo", &json!({})).await
    }

    /// `deleteWebhook`: ends delivery; needed before polling. Updates that wait stay.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn delete_webhook(&self) -> Result<(), ApiError> {
        self.act("deleteWebhook", &json!({})).await
    }

    /// `getUpdates`: waits up to `wait_seconds` (0 to 50) for updates, raw so that they can be
    /// stored whole before [`Update::from_value`](crate::Update::from_value) reads them.
    ///
    /// `offset` is the last known `update_id` plus one; all before it are done with for Telegram.
    ///
    /// # Errors
    ///
    /// [`ApiError::Conflict`] when a webhook is set or another instance polls. Any other
    /// [`ApiError`].
    pub async fn get_updates(
        &self,
        offset: Option<i64>,
        limit: u32,
        wait_seconds: u64,
        allowed_updates: &[&str],
    ) -> Result<Vec<Value>, ApiError> {
        range("limit", limit.into(), 1, limits::GET_UPDATES_MAX.into())?;
        let wait_seconds = wait_seconds.min(limits::LONG_POLL_SECONDS_MAX);
        let mut body =
            json!({"limit": limit, "timeout": wait_seconds, "allowed_updates": allowed_updates});
        if let Some(offset) = offset {
            body["offset"] = json!(offset);
        }
        let timeout = Duration::from_secs(wait_seconds) + limits::LONG_POLL_GRACE;
        self.call_within(timeout, "getUpdates", &body).await
    }
}
