//! Rare things in the life of an order that no other row tells.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{OrderId, Refusal, StoppedBy, UserId, story::how_long};

/// Something that is kept for the story of an order alone: nothing is decided by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Occasion {
    /// The shop refused a payment that was about to be made.
    Refused {
        /// Who was about to pay.
        buyer: UserId,
        /// Why not.
        refusal: Refusal,
    },
    /// The renewal was stopped.
    Stopped {
        /// By whom.
        by: StoppedBy,
    },
    /// The renewal was stopped because money of the subscription went back.
    StoppedByRefund,
    /// A stop was taken back.
    Allowed {
        /// By whom.
        by: StoppedBy,
    },
    /// Telegram could not charge for the next period.
    NotCharged,
    /// What was left of another plan was credited to this order.
    CreditTaken {
        /// Seconds of this plan.
        seconds: i64,
        /// The order whose plan it was left of.
        from: OrderId,
    },
    /// What was left of this order was credited to another plan.
    CreditGiven {
        /// Seconds of the other plan.
        seconds: i64,
        /// The order that took it.
        to: OrderId,
    },
    /// A part of the credit is gone: the money that it came from went back.
    CreditLost {
        /// Seconds of this plan.
        seconds: i64,
    },
}

impl Occasion {
    /// The stable name, as the database knows it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Refused { .. } => "refused",
            Self::Stopped { .. } => "stopped",
            Self::StoppedByRefund => "stopped_by_refund",
            Self::Allowed { .. } => "allowed",
            Self::NotCharged => "not_charged",
            Self::CreditTaken { .. } => "credit_taken",
            Self::CreditGiven { .. } => "credit_given",
            Self::CreditLost { .. } => "credit_lost",
        }
    }
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { buyer, refusal } => write!(
                f,
                "buyer {buyer} was about to pay, and the shop said no: {refusal}"
            ),
            Self::Stopped { by } => write!(f, "the renewal was stopped by {by}"),
            Self::StoppedByRefund => f.write_str("the renewal was stopped, for money went back"),
            Self::Allowed {
                by: StoppedBy::Telegram,
            } => f.write_str("the buyer took the renewal up again, in Telegram"),
            Self::Allowed { by } => write!(f, "the stop of the renewal was taken back by {by}"),
            Self::NotCharged => f.write_str("Telegram could not charge for the next period"),
            Self::CreditTaken { seconds, from } => write!(
                f,
                "{} on top: what was left of order {from}",
                how_long(*seconds)
            ),
            Self::CreditGiven { seconds, to } => write!(
                f,
                "what was left of it went over to order {to}, {} there",
                how_long(*seconds)
            ),
            Self::CreditLost { seconds } => write!(
                f,
                "{} on top are gone: money of the plan before went back",
                how_long(*seconds)
            ),
        }
    }
}
