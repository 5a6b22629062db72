//! What is worked first when much waits.

use serde_json::Value;

use super::Effect;

/// What a row of inbox or outbox is about. The first of these are worked first: Telegram takes so
/// many messages a second, and neither payments nor goods wait behind a crowd that is being greeted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Stars that moved or are to move.
    Money = 0,
    /// What was paid for.
    Goods = 1,
    /// Everything else.
    Words = 2,
}

impl Urgency {
    /// Each, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Money, Self::Goods, Self::Words];

    /// Of an update as received.
    pub fn of_update(raw: &Value) -> Self {
        const MONEY: [&str; 3] = [
            "/message/successful_payment",
            "/message/refunded_payment",
            "/subscription",
        ];
        if MONEY.iter().any(|what| raw.pointer(what).is_some()) {
            return Self::Money;
        }
        Self::Words
    }

    /// Of an effect.
    pub fn of_effect(effect: &Effect) -> Self {
        match effect {
            Effect::Refund { .. } | Effect::SwitchRenewal { .. } => Self::Money,
            Effect::Deliver { .. } => Self::Goods,
            Effect::Tell { .. } | Effect::Warn { .. } => Self::Words,
        }
    }
}
