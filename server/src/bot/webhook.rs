//! The webhook as the settings want it, beside the one that Telegram has.

use telegram::{ALLOWED_UPDATES, types::WebhookInfo};

/// The address that Telegram is to post updates to, for a shop at this public address.
pub(crate) fn webhook_url(public_url: &str) -> String {
    format!("{public_url}/telegram/webhook")
}

/// The kinds of updates that the shop needs and that do not come. No list means Telegram's own
/// choice, which holds them all.
pub(crate) fn missing_kinds(info: &WebhookInfo) -> Vec<&'static str> {
    let listed = info.allowed_updates.as_deref().unwrap_or_default();
    if listed.is_empty() {
        return Vec::new();
    }
    let missing = |kind: &&str| !listed.iter().any(|known| known == kind);
    ALLOWED_UPDATES.into_iter().filter(missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_come_is_named() {
        let info = |kinds: &[&str]| {
            let json = serde_json::json!({"url": "https://shop.example", "allowed_updates": kinds});
            serde_json::from_value(json).unwrap()
        };
        assert!(missing_kinds(&WebhookInfo::default()).is_empty());
        assert!(missing_kinds(&info(&[])).is_empty());
        assert!(missing_kinds(&info(&ALLOWED_UPDATES)).is_empty());
        let missing = missing_kinds(&info(&["message"]));
        assert!(missing.contains(&"pre_checkout_query"), "{missing:?}");
        assert!(!missing.contains(&"message"));
    }
}
