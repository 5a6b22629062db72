//! Rows of inbox and outbox as the person who runs the shop looks at them.

use std::fmt;

use serde_json::Value;

use super::{ChargeId, Effect, EffectId, OrderId, Task, UnixSeconds, UserId, verdict::order_named};

/// What is in trouble, the dead before those that are tried again by themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Troubles {
    /// Rows that were put aside, oldest first, as many as are shown.
    pub dead: Vec<OwedRow>,
    /// How many were put aside in all.
    pub dead_in_all: u64,
    /// Rows that wait after a failure, oldest first, as many as are shown.
    pub waiting: Vec<OwedRow>,
    /// How many wait after a failure in all.
    pub waiting_in_all: u64,
}

/// A row of inbox or outbox that is in trouble, for people to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedRow {
    /// Its row, to let it be tried again by.
    pub id: EffectId,
    /// What it is.
    pub what: RowWords,
    /// Put aside, and not merely waiting for its next try.
    pub dead: bool,
    /// How often it was tried.
    pub tries: u32,
    /// The error code of the last try that failed.
    pub why: String,
    /// When it came.
    pub since: UnixSeconds,
    /// When it is tried again, if by itself.
    pub next: Option<UnixSeconds>,
}

/// What a row holds, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowWords {
    /// Something that Telegram told.
    Update(UpdateWords),
    /// Something that is owed.
    Task(Box<Task>),
}

impl fmt::Display for RowWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Update(update) => update.fmt(f),
            Self::Task(task) => task.fmt(f),
        }
    }
}

impl RowWords {
    /// Whom it is about.
    pub fn buyer(&self) -> Option<UserId> {
        match self {
            Self::Update(update) => update.from,
            Self::Task(task) => match task.effect.as_ref()? {
                Effect::Deliver { .. } => task.goods.as_ref().map(|goods| goods.buyer),
                Effect::Refund { buyer, .. }
                | Effect::SwitchRenewal { buyer, .. }
                | Effect::Tell { buyer, .. } => Some(*buyer),
                Effect::Warn { .. } => None,
            },
        }
    }

    /// The order that it is about, where it names one itself.
    pub fn order(&self) -> Option<OrderId> {
        match self {
            Self::Update(update) => update.order,
            Self::Task(task) => match &task.effect {
                Some(Effect::SwitchRenewal {
                    order: Some(order), ..
                }) => Some(*order),
                Some(Effect::Deliver { .. }) => task.goods.as_ref()?.order,
                // `tell:renews:ORDER:TIME`
                _ => task.fact.split(':').find_map(order_named),
            },
        }
    }

    /// The charge that it is about, where it names one.
    pub fn charge(&self) -> Option<ChargeId> {
        let task = match self {
            Self::Update(update) => return update.charge.clone(),
            Self::Task(task) => task,
        };
        match &task.effect {
            Some(Effect::Refund { charge, .. } | Effect::SwitchRenewal { charge, .. }) => {
                Some(charge.clone())
            }
            // `tell:refunded:CHARGE`
            Some(Effect::Tell { .. }) => task.fact.splitn(3, ':').nth(2)?.parse().ok(),
            _ => None,
        }
    }
}

/// An update in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateWords {
    /// Its kind, in Telegram's word; of a message, what of it concerns money.
    pub kind: Option<String>,
    /// Who did what it tells of; of a refund, who got the Stars back.
    pub from: Option<UserId>,
    /// The order that its invoice was for.
    pub order: Option<OrderId>,
    /// The charge that it tells of.
    pub charge: Option<ChargeId>,
}

impl UpdateWords {
    /// What an update says, read as far as it can be: it may be no JSON, or of a version to come.
    pub fn of(raw: &str) -> Self {
        let parsed: Value = serde_json::from_str(raw).unwrap_or_default();
        let fields = parsed.as_object().into_iter().flatten();
        let Some((kind, body)) = fields.into_iter().find(|(name, _)| *name != "update_id") else {
            return Self::default();
        };
        let money = ["successful_payment", "refunded_payment"];
        let money = money.into_iter().find(|name| body.get(name).is_some());
        let from = match money {
            // The bot tells of it, in the chat of who got the Stars back.
            Some("refunded_payment") => ["/chat/id", "/from/id", "/user/id"],
            _ => ["/from/id", "/user/id", "/chat/id"],
        };
        let from = from.iter().find_map(|at| body.pointer(at)?.as_i64());
        let about = money.and_then(|name| body.get(name)).unwrap_or(body);
        let text = |name| about.get(name).and_then(Value::as_str);
        Self {
            kind: Some(money.map_or_else(|| kind.clone(), str::to_owned)),
            from: from.map(UserId),
            order: text("invoice_payload").and_then(order_named),
            charge: text("telegram_payment_charge_id").and_then(|id| id.parse().ok()),
        }
    }
}

impl fmt::Display for UpdateWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Some(kind) => write!(f, "update {kind}")?,
            None => f.write_str("an update that cannot be read")?,
        }
        match self.from {
            Some(from) => write!(f, " from {from}"),
            None => Ok(()),
        }
    }
}

/// A row of inbox or outbox, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeRow {
    /// What it is.
    pub what: RowWords,
    /// `waiting`, `done` or `dead`.
    pub state: String,
    /// How often it was tried.
    pub tries: u32,
    /// The error code of the last try that failed.
    pub why: Option<String>,
    /// When it came.
    pub since: UnixSeconds,
    /// When it was or is to be tried.
    pub due_at: UnixSeconds,
    /// When it was done or put aside.
    pub ended_at: Option<UnixSeconds>,
    /// The order that it is about, as far as is known.
    pub order: Option<OrderId>,
    /// The update as received, or the effect as owed.
    pub raw: String,
}

/// How much lies in inbox or outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueLoad {
    /// `inbox` or `outbox`.
    pub queue: &'static str,
    /// Rows that were put aside.
    pub dead: u64,
    /// Rows that wait.
    pub waiting: u64,
    /// Since when the oldest of them waits.
    pub oldest: Option<UnixSeconds>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A refund is its buyer's, although the bot tells of it.
    #[test]
    fn a_refund_is_about_who_got_it() {
        let back = r#"{"update_id": 5, "message": {"chat": {"id": 9, "type": "private"},
            "from": {"id": 4242, "is_bot": true},
            "refunded_payment": {"telegram_payment_charge_id": "c1"}}}"#;
        let words = UpdateWords::of(back);
        assert_eq!(words.to_string(), "update refunded_payment from 9");
        assert_eq!(RowWords::Update(words).buyer(), Some(UserId(9)));
    }

    #[test]
    fn an_update_says_what_it_is_and_from_whom() {
        let order = "0a".repeat(16);
        let paid = format!(
            r#"{{"update_id": 5, "message": {{"chat": {{"id": 9}}, "from": {{"id": 7}},
                "successful_payment": {{"invoice_payload": "{order}",
                                        "telegram_payment_charge_id": "c1"}}}}}}"#
        );
        let words = UpdateWords::of(&paid);
        assert_eq!(words.to_string(), "update successful_payment from 7");
        assert_eq!(words.order, order.parse().ok());
        assert_eq!(words.charge, "c1".parse().ok());
        let stopped = r#"{"subscription": {"user": {"id": 8}}, "update_id": 6}"#;
        assert_eq!(
            UpdateWords::of(stopped).to_string(),
            "update subscription from 8"
        );
        for odd in ["nonsense", "[]", "5", r#"{"update_id": 1}"#] {
            let words = UpdateWords::of(odd).to_string();
            assert_eq!(words, "an update that cannot be read", "{odd}");
        }
    }
}
