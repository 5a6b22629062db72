//! Rows of inbox and outbox as workers see them.

use serde_json::Value;

use super::{Effect, EffectId, UnixSeconds, Urgency};

/// Whether an update is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// Stored now.
    New,
    /// Stored before: Telegram sent it again.
    Before,
}

/// A worker's right to a row for a time. Who ends the row shows it: when it ran out and another worker
/// took the row, it is worth nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    row: EffectId,
    until: UnixSeconds,
}

impl Lease {
    /// For a row until a time, which no two leases of the row have in common.
    pub const fn new(row: EffectId, until: UnixSeconds) -> Self {
        Self { row, until }
    }

    pub(crate) const fn row(&self) -> EffectId {
        self.row
    }

    pub(crate) const fn until(&self) -> UnixSeconds {
        self.until
    }
}

/// An update from the inbox, leased to a worker.
#[derive(Debug, Clone)]
pub struct InboxItem {
    /// Its row.
    pub id: EffectId,
    /// What its end asks for.
    pub lease: Lease,
    /// The update as received.
    pub raw: Value,
    /// How often it was tried before.
    pub tries: u32,
}

/// An effect from the outbox, leased to a worker.
#[derive(Debug, Clone)]
pub struct OutboxItem {
    /// Its row.
    pub id: EffectId,
    /// What its end asks for.
    pub lease: Lease,
    /// What is to be done.
    pub effect: Effect,
    /// How often it was tried before.
    pub tries: u32,
}

/// How a try of an inbox or outbox item ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done; the row is kept as history.
    Done,
    /// Not now: again at this time.
    Again {
        /// When.
        at: UnixSeconds,
        /// A stable error code.
        why: String,
    },
    /// Not before something else changes: the bot may write to whom it is for, or a version comes
    /// that understands it. No person is needed for that.
    Parked {
        /// A stable error code.
        why: String,
    },
    /// Not now, and it was not tried: at this time. Says nothing against the row.
    Later {
        /// When.
        at: UnixSeconds,
    },
    /// Never: kept for a person to read, and to send again.
    Dead {
        /// A stable error code.
        why: String,
    },
}

/// The queue of an update: those of one queue are worked one after the other, as Telegram itself
/// orders them. What a buyer paid, got back and is to pay again has a queue of its own, for it must
/// not wait behind a slow message, and so has a pre-checkout; what we do not know waits for nothing.
pub fn update_queue(update_id: i64, raw: &Value) -> String {
    let Some(update) = raw.as_object() else {
        return format!("update:{update_id}");
    };
    let is_money = Urgency::of_update(raw) == Urgency::Money;
    for (kind, body) in update {
        let chat = body.pointer("/chat/id");
        let user = body
            .pointer("/from/id")
            .or_else(|| body.pointer("/user/id"));
        match (chat, user) {
            // A private chat has the id of its user.
            (Some(id), _) | (None, Some(id)) if is_money => return format!("money:{id}"),
            (Some(chat), _) => return format!("chat:{chat}"),
            (None, Some(user)) => return format!("{kind}:{user}"),
            (None, None) => {}
        }
    }
    format!("update:{update_id}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_chat_is_a_queue_and_its_money_another() {
        let queue = |raw| update_queue(9, &raw);
        assert_eq!(
            queue(json!({"update_id": 9, "message": {"chat": {"id": 5}, "from": {"id": 6}}})),
            "chat:5"
        );
        assert_eq!(
            queue(json!({"update_id": 9, "message": {
                "chat": {"id": 5}, "from": {"id": 5}, "successful_payment": {}
            }})),
            "money:5"
        );
        assert_eq!(
            queue(json!({"update_id": 9, "pre_checkout_query": {"id": "1", "from": {"id": 5}}})),
            "pre_checkout_query:5"
        );
        assert_eq!(
            queue(json!({"update_id": 9, "subscription": {"user": {"id": 5}}})),
            "money:5"
        );
        assert_eq!(
            queue(json!({"update_id": 9, "poll": {"id": "x"}})),
            "update:9"
        );
        assert_eq!(queue(json!([1])), "update:9");
    }
}
