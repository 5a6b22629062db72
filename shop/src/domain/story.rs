//! The story of a payment: everything that happened to it, in order and in words, for the person
//! who runs the shop.

mod words;

use super::{
    Amount, DifferenceCode, Direction, Effect, HeardBy, Note, Occasion, OrderId, PromoCode,
    RefundReason, Stars, SubscriptionState, Task, TransferKind, UnixSeconds, UserId,
};

pub(crate) use self::words::how_long;

/// A thing that happened, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When, on the clock of whoever noted it.
    pub at: UnixSeconds,
    /// What.
    pub what: Happening,
}

impl Event {
    /// By this a story is sorted: what happened in one second, as it must have happened.
    pub fn place(&self) -> (UnixSeconds, u8) {
        (self.at, self.what.rank())
    }
}

/// What can happen to an order and its charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A buyer opened the order.
    Opened {
        /// Who.
        buyer: UserId,
        /// The product's title then.
        title: String,
        /// The price then, with what a promo code took off.
        price: Stars,
        /// The promo code that it was opened with, and the Stars that it took off.
        promo: Option<(PromoCode, Stars)>,
    },
    /// The shop told Telegram that the payment may go ahead.
    Prechecked,
    /// Nobody had paid in time.
    Expired,
    /// Something rare that is kept for the story alone.
    Rare(Occasion),
    /// Telegram took the money.
    Paid {
        /// Which charge.
        charge: String,
        /// From whom.
        buyer: UserId,
        /// How much, in the charge's currency.
        amount: i64,
        /// The currency.
        currency: String,
    },
    /// The charge paid for a time.
    PaidFor {
        /// Which charge.
        charge: String,
        /// How long, in seconds.
        seconds: i64,
    },
    /// Rights for a time ended.
    Ended {
        /// How they stand since.
        state: SubscriptionState,
    },
    /// The charge was booked.
    Booked {
        /// Which charge.
        charge: String,
        /// The order that it was meant for, where there is one.
        order: Option<OrderId>,
        /// Who told of it; nothing where nobody kept that.
        heard_by: Option<HeardBy>,
    },
    /// It was decided that the charge goes back.
    GoesBack {
        /// Which charge.
        charge: String,
        /// Why.
        reason: RefundReason,
    },
    /// The money was back with its buyer.
    WentBack {
        /// Which charge.
        charge: String,
        /// Whether the shop had not asked for it.
        unasked: bool,
    },
    /// An amount changed accounts.
    Moved {
        /// Why.
        kind: TransferKind,
        /// The account that gave.
        from: String,
        /// The account that gained.
        to: String,
        /// How much.
        amount: Amount,
    },
    /// The buyer got the right to a benefit.
    Granted {
        /// The benefit's title.
        benefit: String,
    },
    /// The benefit was sent in the chat.
    Sent {
        /// The benefit's title.
        benefit: String,
    },
    /// The right was taken back.
    Revoked {
        /// The benefit's title.
        benefit: String,
    },
    /// Something was owed to Telegram.
    Owed {
        /// What.
        task: Task,
    },
    /// What was owed came to an end, or waits.
    Effect {
        /// What.
        task: Task,
        /// `done`, `dead` or `waiting`.
        state: String,
        /// How often it was tried.
        tries: i64,
        /// The error of the last try that failed.
        why: Option<String>,
    },
    /// Telegram's own ledger holds it.
    InTelegram {
        /// Which charge.
        charge: String,
        /// Which way.
        direction: Direction,
        /// How much.
        amount: Amount,
    },
    /// Our books and Telegram's were found to differ about it.
    Differs {
        /// In which way.
        code: DifferenceCode,
    },
    /// Something that another version wrote down in words of its own.
    Unread {
        /// Its words, as stored.
        words: String,
    },
}

impl Happening {
    /// Its place among what happened in the same second: intent, payment, goods, then the way back.
    fn rank(&self) -> u8 {
        match self {
            Self::Opened { .. } => 0,
            Self::Rare(Occasion::Refused { .. }) | Self::Prechecked => 1,
            Self::Expired => 2,
            Self::Paid { .. } => 3,
            Self::InTelegram { direction, .. } if *direction != Direction::Out => 4,
            Self::Booked { .. } => 5,
            Self::Moved { kind, .. } => match kind {
                TransferKind::Promise => 12,
                TransferKind::Refund | TransferKind::CommissionBack => 17,
                _ => 6,
            },
            Self::PaidFor { .. } => 7,
            Self::Rare(Occasion::CreditTaken { .. } | Occasion::CreditGiven { .. }) => 7,
            Self::Granted { .. } => 8,
            Self::Owed { task } => rank_of(task),
            Self::Effect { task, .. } => rank_of(task) + 1,
            Self::Sent { .. } => 10,
            Self::GoesBack { .. } => 11,
            Self::InTelegram { .. } => 15,
            Self::WentBack { .. } => 16,
            Self::Revoked { .. } | Self::Ended { .. } => 18,
            Self::Rare(_) | Self::Unread { .. } => 19,
            Self::Differs { .. } => 22,
        }
    }
}

/// The place of something that is owed; its end comes behind it.
const fn rank_of(task: &Task) -> u8 {
    match &task.effect {
        Some(Effect::Deliver { .. }) => 9,
        Some(Effect::Refund { .. }) => 13,
        Some(Effect::Tell {
            note: Note::MoneyComesBack { .. },
            ..
        }) => 13,
        _ => 20,
    }
}
