//! Rights for a time: subscriptions that Telegram renews, and passes.
//!
//! | | renew | cancel | resume | fail | lapse | change | refund |
//! |---|---|---|---|---|---|---|---|
//! | active | active | canceled | – | failed | lapsed | changed | refunded |
//! | canceled | active | – | active | – | lapsed | changed | refunded |
//! | failed | active | canceled | active | – | lapsed | changed | refunded |
//! | lapsed | active | – | – | – | – | changed | refunded |
//! | changed | – | – | – | – | – | – | refunded |
//! | refunded | – | – | – | – | – | – | – |
//!
//! A pass is active to its end: it has nothing to cancel and nobody renews it.

use serde::{Deserialize, Serialize};

use super::{OrderId, ProductCode, Stars, Term, UnixSeconds, UserId};
use crate::limits::GRACE_PARTS;

/// Where a subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionState {
    /// Paid, and renewing if Telegram renews it.
    Active,
    /// Paid to its end, and not renewed.
    Canceled,
    /// A renewal could not be charged; the rights go on for the grace.
    Failed,
    /// Over; a renewal brings it back.
    Lapsed,
    /// Over; another plan took what was left of it.
    Changed,
    /// All its money went back.
    Refunded,
}

/// One named way for a subscription to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubscriptionChange {
    /// One more period is paid.
    Renew,
    /// Telegram is not to charge again.
    Cancel,
    /// Telegram charges again after all.
    Resume,
    /// Telegram could not charge.
    Fail,
    /// Its time is over.
    Lapse,
    /// The buyer took another plan of the product.
    Change,
    /// The last of its money went back.
    Refund,
}

impl SubscriptionChange {
    /// All of them, for tests and tables.
    pub const ALL: [Self; 7] = [
        Self::Renew,
        Self::Cancel,
        Self::Resume,
        Self::Fail,
        Self::Lapse,
        Self::Change,
        Self::Refund,
    ];
}

impl SubscriptionState {
    /// All states, for tests and tables.
    pub const ALL: [Self; 6] = [
        Self::Active,
        Self::Canceled,
        Self::Failed,
        Self::Lapsed,
        Self::Changed,
        Self::Refunded,
    ];

    /// The state after a change; nothing where the table above has none.
    pub const fn after(self, change: SubscriptionChange) -> Option<Self> {
        use SubscriptionState::{Active, Canceled, Changed, Failed, Lapsed, Refunded};
        match (self, change) {
            (Active | Canceled | Failed | Lapsed, SubscriptionChange::Renew)
            | (Canceled | Failed, SubscriptionChange::Resume) => Some(Active),
            (Active | Failed, SubscriptionChange::Cancel) => Some(Canceled),
            (Active, SubscriptionChange::Fail) => Some(Failed),
            (Active | Canceled | Failed, SubscriptionChange::Lapse) => Some(Lapsed),
            (Active | Canceled | Failed | Lapsed, SubscriptionChange::Change) => Some(Changed),
            (Active | Canceled | Failed | Lapsed | Changed, SubscriptionChange::Refund) => {
                Some(Refunded)
            }
            _ => None,
        }
    }

    /// Whether the goods are the buyer's.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Active | Self::Canceled | Self::Failed)
    }

    /// The stable name, as the database and clients know it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Canceled => "canceled",
            Self::Failed => "failed",
            Self::Lapsed => "lapsed",
            Self::Changed => "changed",
            Self::Refunded => "refunded",
        }
    }
}

impl std::str::FromStr for SubscriptionState {
    type Err = super::ids::BadId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| super::ids::BadId {
            what: "subscription state",
            value: text.chars().take(64).collect(),
        })
    }
}

/// Who stopped the renewal of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoppedBy {
    /// The buyer, in Telegram's own settings; there it can be taken back.
    Telegram,
    /// The buyer, in the shop.
    Buyer,
    /// The seller.
    Seller,
}

impl StoppedBy {
    /// The stable name, as the database knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Buyer => "buyer",
            Self::Seller => "seller",
        }
    }
}

impl std::fmt::Display for StoppedBy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Telegram => "the buyer, in Telegram",
            Self::Buyer => "the buyer, in the shop",
            Self::Seller => "the seller",
        })
    }
}

impl std::str::FromStr for StoppedBy {
    type Err = super::ids::BadId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all = [Self::Telegram, Self::Buyer, Self::Seller];
        let found = all.into_iter().find(|by| by.as_str() == text);
        found.ok_or_else(|| super::ids::BadId {
            what: "stopper of a subscription",
            value: text.chars().take(64).collect(),
        })
    }
}

/// Rights for a time, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The order that began it.
    pub order: OrderId,
    /// Whose it is.
    pub buyer: UserId,
    /// The product that it gives.
    pub product: ProductCode,
    /// The product's title when it began.
    pub title: String,
    /// The price of a period, or of the pass: what its buyer pays.
    pub price: Stars,
    /// The same without a promo code: what another plan's time is worth in this one. A code takes
    /// something off what is bought, and makes nothing more of what was there before.
    pub list_price: Stars,
    /// What one payment pays for.
    pub term: Term,
    /// Where it stands.
    pub state: SubscriptionState,
    /// Who stopped its renewal.
    pub stopped_by: Option<StoppedBy>,
    /// The end of the last period that is paid and not given back.
    pub paid_until: UnixSeconds,
    /// Seconds on top: what was left of the plan before.
    pub credit: i64,
    /// The end of which its buyer was reminded.
    pub reminded_of: Option<UnixSeconds>,
}

impl Subscription {
    /// When the rights end if nobody pays.
    pub fn ends_at(&self) -> UnixSeconds {
        self.paid_until.plus(self.credit).plus(self.grace())
    }

    /// Whether Telegram will charge for one more period.
    pub fn will_renew(&self) -> bool {
        self.term.renews() && self.state == SubscriptionState::Active
    }

    /// Whether Telegram is to be told that it must not charge again.
    pub fn is_stopped_by_shop(&self) -> bool {
        match self.state {
            SubscriptionState::Changed | SubscriptionState::Refunded => true,
            _ => matches!(self.stopped_by, Some(StoppedBy::Buyer | StoppedBy::Seller)),
        }
    }

    /// Seconds that the rights go on while a renewal is awaited: Telegram may try again, and its
    /// word may come late.
    fn grace(&self) -> i64 {
        match self.state {
            SubscriptionState::Active | SubscriptionState::Failed if self.term.renews() => {
                self.part()
            }
            _ => 0,
        }
    }

    /// The end that its buyer is reminded of: of the paid period where Telegram will charge again,
    /// else of the rights.
    pub fn next_end(&self) -> UnixSeconds {
        if self.will_renew() {
            self.paid_until
        } else {
            self.paid_until.plus(self.credit)
        }
    }

    /// Whether its buyer is still to be reminded of the next end. A failed renewal was told already.
    pub fn is_reminder_due(&self) -> bool {
        self.state != SubscriptionState::Failed && self.reminded_of != Some(self.next_end())
    }

    /// When something is to be done about it by itself: the reminder, then its end.
    pub fn due_at(&self) -> Option<UnixSeconds> {
        if !self.state.is_running() {
            return None;
        }
        Some(if self.is_reminder_due() {
            self.next_end().plus(-self.part())
        } else {
            self.ends_at()
        })
    }

    fn part(&self) -> i64 {
        self.term.seconds().unwrap_or_default() / GRACE_PARTS
    }

    /// Seconds of another plan that are worth what is left of this one: whole ones, rounded down.
    /// Nothing is lost by a change of plan, and nothing won. What is left of the paid time is worth what
    /// was paid for it; what was taken over from a plan before, what it was taken over at.
    pub fn credit_for(&self, list_price: Stars, term: Term, now: UnixSeconds) -> i64 {
        let (Some(own), Some(other)) = (self.term.seconds(), term.seconds()) else {
            return 0;
        };
        let left = self.paid_until.plus(self.credit).0 - now.0;
        if left <= 0 || list_price.0 == 0 || own <= 0 {
            return 0;
        }
        let paid = (self.paid_until.0 - now.0).max(0);
        let worth = |seconds: i64, price: Stars| i128::from(seconds) * i128::from(price.0);
        let worth = worth(paid, self.price) + worth(left - paid, self.list_price);
        let credit = worth * i128::from(other) / (i128::from(own) * i128::from(list_price.0));
        i64::try_from(credit).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests;
