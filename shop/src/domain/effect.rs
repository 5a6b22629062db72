//! What the shop owes to Telegram: the contents of an outbox row.

use serde::{Deserialize, Serialize};

use super::{ChargeId, EntitlementId, OrderId, RefundReason, Stars, UnixSeconds, UserId, Warning};

/// A thing to be done outside, at least once, after the transaction that decided it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Effect {
    /// Send one benefit to its buyer in the chat.
    Deliver {
        /// The right that it carries.
        entitlement: EntitlementId,
    },
    /// Give a whole charge back (`refundStarPayment`).
    Refund {
        /// Which charge.
        charge: ChargeId,
        /// To whom.
        buyer: UserId,
    },
    /// Let Telegram charge for a subscription again, or not (`editUserStarSubscription`), as our
    /// books say by then ([`crate::Switch`]).
    SwitchRenewal {
        /// A charge of the subscription, the first one where that is known.
        charge: ChargeId,
        /// Who pays.
        buyer: UserId,
        /// The order that began it; nothing when what the charge belongs to is to end.
        order: Option<OrderId>,
    },
    /// Tell a buyer something.
    Tell {
        /// Whom.
        buyer: UserId,
        /// What.
        note: Note,
    },
    /// Tell an owner of the shop something.
    Warn {
        /// Whom.
        owner: UserId,
        /// Of what.
        warning: Warning,
    },
}

impl Effect {
    /// Whether it waits for the leave to write to whom it is for. Goods are owed anew by then, since
    /// the right to them is a row of its own; a word about a time is old by then, and the shop shows
    /// how things stand. That money went back, and why, and what an owner should know, is told late
    /// rather than never.
    pub const fn waits_for_leave(&self) -> bool {
        matches!(
            self,
            Self::Warn { .. }
                | Self::Tell {
                    note: Note::MoneyComesBack { .. } | Note::Refunded { .. },
                    ..
                }
        )
    }
}

/// Something to tell a buyer; the words are chosen where the buyer's language is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// A payment could not be honoured and goes back.
    MoneyComesBack {
        /// Amount in whole Stars.
        amount: Stars,
        /// Why.
        reason: RefundReason,
    },
    /// A purchase was refunded, or a period of it.
    Refunded {
        /// The order's title.
        title: String,
        /// Amount in whole Stars.
        amount: Stars,
        /// Whether what else was paid for it still gives its goods.
        #[serde(default)]
        goods_stay: bool,
    },
    /// A subscription is about to be charged again.
    RenewsSoon {
        /// The order's title.
        title: String,
        /// How many Stars.
        price: Stars,
        /// When.
        at: UnixSeconds,
    },
    /// A subscription that is not renewed, or a pass, is about to end.
    EndsSoon {
        /// The order's title.
        title: String,
        /// When.
        at: UnixSeconds,
    },
    /// A renewal could not be charged.
    RenewalFailed {
        /// The order's title.
        title: String,
        /// Until when the goods stay.
        until: UnixSeconds,
    },
    /// A subscription or a pass is over.
    Lapsed {
        /// The order's title.
        title: String,
    },
    /// A subscription that was over is paid again.
    CameBack {
        /// The order's title.
        title: String,
    },
}
