//! How Telegram delivers updates at present.

use serde::Deserialize;

/// State of the webhook, as `getWebhookInfo` tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct WebhookInfo {
    /// Address; empty when no webhook is set.
    pub url: String,
    /// Whether an own certificate was uploaded.
    pub has_custom_certificate: bool,
    /// Updates waiting for delivery.
    pub pending_update_count: i64,
    /// Address that Telegram connects to.
    pub ip_address: Option<String>,
    /// When a delivery last failed, in unix seconds.
    pub last_error_date: Option<i64>,
    /// Why a delivery last failed.
    pub last_error_message: Option<String>,
    /// When Telegram's own synchronization last failed, in unix seconds.
    pub last_synchronization_error_date: Option<i64>,
    /// Connections that Telegram opens at most.
    pub max_connections: Option<i64>,
    /// Kinds of updates that are delivered; absent means all but a few.
    pub allowed_updates: Option<Vec<String>>,
}
