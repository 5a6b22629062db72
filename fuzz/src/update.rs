//! Updates: kept whole whatever their kind, and money first.

use shop::domain::{Urgency, queue::update_queue};
use telegram::{Update, UpdateKind};

/// Reads the body of a webhook request as the shop does.
pub(crate) fn holds(bytes: &[u8]) {
    let Ok(update) = Update::parse(bytes) else {
        return;
    };
    // Nothing of it is lost: written and read again it is the same.
    let again = Update::from_value(update.raw.clone());
    assert!(again.is_ok_and(|again| again == update));
    assert_eq!(update.raw["update_id"], update.update_id);
    let name = update.kind_name();
    assert!(name.is_empty() || update.raw.get(name).is_some());
    if let UpdateKind::Message(message) = &update.kind {
        if let Some(command) = message.command() {
            assert!(
                message
                    .text
                    .as_deref()
                    .is_some_and(|text| text.contains(command.name))
            );
        }
        let _ = message.file_id();
    }
    assert!(!format!("{update:?}").is_empty());
    is_queued(&update);
}

/// Where it waits is told by the JSON alone, before anything is read of it: what we then read as
/// money must have been queued as money.
fn is_queued(update: &Update) {
    let urgency = Urgency::of_update(&update.raw);
    let queue = update_queue(update.update_id, &update.raw);
    assert!(queue.split_once(':').is_some(), "{queue}");
    let who = match &update.kind {
        UpdateKind::Message(message) => {
            let moved = message.successful_payment.is_some() || message.refunded_payment.is_some();
            moved.then_some(message.chat.id)
        }
        UpdateKind::SubscriptionUpdated(subscription) => Some(subscription.user.id),
        _ => None,
    };
    if let Some(who) = who {
        assert_eq!(urgency, Urgency::Money);
        assert_eq!(queue, format!("money:{who}"));
    }
    // A kind that Telegram has yet to invent may be called anything.
    let is_known = !matches!(update.kind, UpdateKind::Unknown { .. });
    assert!(!is_known || urgency == Urgency::Money || !queue.starts_with("money:"));
}
