//! A right for a time as the model has it: what was paid, who stopped it, what it inherited.

use shop::domain::*;

/// What one charge paid for.
#[derive(Debug, Clone)]
pub(crate) struct Paid {
    pub(crate) charge: String,
    pub(crate) from: i64,
    pub(crate) until: i64,
    pub(crate) back: bool,
    /// The ledger told of it first.
    pub(crate) found: bool,
}

/// Who may not be charged again, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Lapsed,
    Changed,
    Refunded,
}

/// A subscription or a pass.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) order: Order,
    pub(crate) paid: Vec<Paid>,
    /// Why it is over.
    pub(crate) end: Option<End>,
    pub(crate) stopped_by: Option<StoppedBy>,
    /// Telegram could not charge.
    pub(crate) failed: bool,
    /// Seconds taken over from another plan, and not yet had.
    pub(crate) credit: i64,
    /// Where they came from, and when.
    pub(crate) heir_of: Option<(OrderId, i64)>,
    /// What another plan took over.
    pub(crate) carried: Carried,
}

/// Seconds of a plan that another took over: of those that were paid for, and of those that it had
/// itself taken over.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Carried {
    pub(crate) paid: i64,
    pub(crate) credit: i64,
}

impl Plan {
    pub(crate) fn seconds(&self) -> i64 {
        self.order.term.seconds().unwrap()
    }

    /// The end of what is paid.
    pub(crate) fn until(&self) -> i64 {
        let kept = self.paid.iter().filter(|paid| !paid.back);
        kept.map(|paid| paid.until).max().unwrap_or(0)
    }

    pub(crate) fn runs(&self) -> bool {
        self.end.is_none()
    }

    fn is_stopped(&self) -> bool {
        self.stopped_by.is_some()
    }

    /// When the goods go if nobody pays: a renewal is awaited for a tenth of the period.
    fn ends(&self) -> i64 {
        let is_awaited = self.order.term.renews() && !self.is_stopped();
        let grace = if is_awaited { self.seconds() / 10 } else { 0 };
        self.until() + self.credit + grace
    }

    /// Its time is over by then.
    pub(crate) fn is_over(&self, now: i64) -> bool {
        self.runs() && self.ends() <= now
    }

    /// The shop promised that nothing more is taken.
    pub(crate) fn is_stopped_by_shop(&self) -> bool {
        let by_shop = matches!(self.stopped_by, Some(StoppedBy::Buyer | StoppedBy::Seller));
        by_shop || matches!(self.end, Some(End::Changed | End::Refunded))
    }

    /// Whether one more period that begins then is the buyer's to pay. It pays for the same time as
    /// another when they share more than a renewal may be early; and Telegram may say that a second
    /// subscription begins with it, while the one before lives on.
    pub(crate) fn takes(&self, from: i64, is_first: bool) -> bool {
        let early = (self.seconds() / 10).min(86_400);
        let is_second = is_first && self.runs();
        let mut kept = self.paid.iter().filter(|paid| !paid.back);
        let is_paid = kept.any(|paid| {
            let shared = self.seconds() - (paid.from - from).abs();
            shared > early || (is_second && paid.from <= from && from < paid.until)
        });
        self.order.term.renews() && !self.is_stopped_by_shop() && !is_paid
    }

    /// One more period. Days of credit that were had while it was awaited are gone.
    pub(crate) fn renew(&mut self, charge: String, from: i64, found: bool) {
        let had = from - self.until();
        self.credit -= had.clamp(0, self.credit);
        let until = from + self.seconds();
        self.paid.push(Paid {
            charge,
            from,
            until,
            back: false,
            found,
        });
        (self.end, self.stopped_by, self.failed) = (None, None, false);
    }

    /// Another plan takes over what is left.
    pub(crate) fn carry_over(&mut self, now: i64) {
        if self.runs() {
            let left = (self.until() + self.credit - now).max(0);
            let paid = (self.until() - now).max(0);
            self.carried = Carried {
                paid,
                credit: left - paid,
            };
        }
        self.end = Some(End::Changed);
    }

    /// Seconds of another plan that what was carried over is worth: paid time what was paid for it,
    /// the rest what a plan costs without a promo code.
    pub(crate) fn worth(&self, other: &Order) -> i64 {
        let stars = |seconds: i64, price: Stars| i128::from(seconds) * i128::from(price.0);
        let ours = stars(self.carried.paid, self.order.price)
            + stars(self.carried.credit, self.order.asked());
        let theirs = stars(self.seconds(), other.asked());
        let seconds = i128::from(other.term.seconds().unwrap_or(0));
        i64::try_from(ours * seconds / theirs).unwrap()
    }

    /// Money for it is to go back: it is not renewed by surprise.
    pub(crate) fn stop_for_refund(&mut self) {
        let may_be_charged = self.runs() || self.end == Some(End::Lapsed);
        if may_be_charged && self.order.term.renews() {
            self.stopped_by = self.stopped_by.or(Some(StoppedBy::Seller));
            self.failed = false;
        }
    }

    /// Telegram has just charged, and its ledger told of that before any update did.
    fn is_made_good(&self, now: i64) -> bool {
        let kept = self.paid.iter().filter(|paid| !paid.back);
        let last = kept.max_by_key(|paid| paid.from);
        last.is_some_and(|paid| paid.found) && self.until() > now + self.seconds() / 2
    }

    /// Somebody changes the renewal. Whether that changed something.
    pub(crate) fn change(&mut self, change: RenewalChange, now: i64) -> bool {
        use StoppedBy::{Buyer, Seller, Telegram};
        let rank = |by| match by {
            None => 0,
            Some(Telegram) => 1,
            Some(Buyer) => 2,
            Some(Seller) => 3,
        };
        if !self.runs() || !self.order.term.renews() {
            return false;
        }
        match change {
            RenewalChange::Stop(by) if rank(Some(by)) > rank(self.stopped_by) => {
                (self.stopped_by, self.failed) = (Some(by), false);
            }
            // In Telegram, who takes it up again; in the shop, what may then be taken up there.
            RenewalChange::Allow(Telegram)
                if self.stopped_by == Some(Telegram) || (self.failed && !self.is_stopped()) =>
            {
                (self.stopped_by, self.failed) = (None, false);
            }
            RenewalChange::Allow(by) if by != Telegram && self.stopped_by == Some(by) => {
                self.stopped_by = Some(Telegram);
            }
            RenewalChange::Fail
                if !self.failed && !self.is_stopped() && !self.is_made_good(now) =>
            {
                self.failed = true;
            }
            _ => return false,
        }
        true
    }

    /// What the shop is to say of its state.
    pub(crate) fn state(&self) -> SubscriptionState {
        match self.end {
            Some(End::Lapsed) => SubscriptionState::Lapsed,
            Some(End::Changed) => SubscriptionState::Changed,
            Some(End::Refunded) => SubscriptionState::Refunded,
            None if self.is_stopped() => SubscriptionState::Canceled,
            None if self.failed => SubscriptionState::Failed,
            None => SubscriptionState::Active,
        }
    }
}
