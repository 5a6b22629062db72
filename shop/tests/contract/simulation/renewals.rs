//! Subscriptions as Telegram has them: it knows one by its first charge, charges at each end of a
//! period, and lets the buyer stop that unless the shop did.

use shop::domain::*;

use super::telegram::{Fate, Telegram, Update};

/// Whether a subscription goes on at the end of its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Active,
    /// The buyer stopped it, and can take it up again.
    Canceled,
    /// The shop stopped it: only the shop allows it again.
    StoppedByShop,
    /// A renewal could not be charged; the buyer may still pay.
    Failed,
    Over,
}

/// A subscription of a buyer to an invoice.
#[derive(Debug, Clone)]
pub(super) struct Renewing {
    /// The last payment.
    pub(super) payment: Payment,
    pub(super) until: UnixSeconds,
    pub(super) standing: Standing,
}

/// A period's payment, and until when it pays.
fn recurring(payment: Payment, until: UnixSeconds, first: bool) -> Payment {
    let (until, first) = (Some(until), Some(first));
    Payment {
        recurring: Some(Recurring { until, first }),
        ..payment
    }
}

impl Telegram {
    /// A buyer pays an invoice that renews every so many seconds. Gives the charge.
    pub(super) fn subscribe(
        &mut self,
        payment: Payment,
        seconds: i64,
        cut: Option<Amount>,
        fate: Fate,
        now: UnixSeconds,
    ) -> String {
        let until = now.plus(seconds);
        let first = self.charge(recurring(payment, until, true), cut, fate, now);
        let renewing = Renewing {
            payment: self.charges[&first].payment.clone(),
            until,
            standing: Standing::Active,
        };
        self.renewing.insert(first.clone(), renewing);
        first
    }

    /// What ended a period by now and would be charged again; all else that ended is over.
    pub(super) fn due(&mut self, now: UnixSeconds) -> Vec<String> {
        let mut due = Vec::new();
        for (first, renewing) in &mut self.renewing {
            match renewing.standing {
                _ if renewing.until > now => {}
                Standing::Active => due.push(first.clone()),
                Standing::Canceled | Standing::StoppedByShop => renewing.standing = Standing::Over,
                Standing::Failed | Standing::Over => {}
            }
        }
        due
    }

    /// Takes the money for one more period, on time or from now on.
    pub(super) fn renew(&mut self, first: &str, seconds: i64, fate: Fate, now: UnixSeconds) {
        let renewing = &self.renewing[first];
        let from = match renewing.standing {
            Standing::Failed => now,
            _ => renewing.until,
        };
        let until = from.plus(seconds);
        let payment = recurring(renewing.payment.clone(), until, false);
        self.charge(payment, None, fate, from);
        let renewing = self.renewing.get_mut(first).unwrap();
        (renewing.until, renewing.standing) = (until, Standing::Active);
    }

    /// The buyer had too few Stars.
    pub(super) fn fail(&mut self, first: &str, fate: Fate, now: UnixSeconds) {
        self.stand(
            first,
            Standing::Failed,
            Some((RenewalChange::Fail, fate)),
            now,
        );
    }

    /// The buyer stops what renews, or takes it up again where Telegram lets them. Whether that
    /// changed something.
    pub(super) fn buyer_switches(&mut self, first: &str, fate: Fate, now: UnixSeconds) -> bool {
        let by = StoppedBy::Telegram;
        let (standing, change) = match self.renewing[first].standing {
            Standing::Active => (Standing::Canceled, RenewalChange::Stop(by)),
            Standing::Canceled => (Standing::Active, RenewalChange::Allow(by)),
            _ => return false,
        };
        self.stand(first, standing, Some((change, fate)), now);
        true
    }

    /// The shop stops a renewal or allows it again (`editUserStarSubscription`). False when this
    /// charge began no subscription of this buyer.
    pub(super) fn shop_switches(&mut self, first: &str, buyer: UserId, stopped: bool) -> bool {
        let Some(renewing) = self.renewing.get(first) else {
            return false;
        };
        if renewing.payment.buyer != buyer {
            return false;
        }
        let standing = match (stopped, renewing.standing) {
            (true, Standing::Active | Standing::Canceled) => Standing::StoppedByShop,
            (false, Standing::StoppedByShop) => Standing::Canceled,
            (_, standing) => standing,
        };
        self.stand(first, standing, None, UnixSeconds(0));
        true
    }

    fn stand(
        &mut self,
        first: &str,
        standing: Standing,
        told: Option<(RenewalChange, Fate)>,
        now: UnixSeconds,
    ) {
        let renewing = self.renewing.get_mut(first).unwrap();
        renewing.standing = standing;
        let (payload, buyer) = (renewing.payment.payload.clone(), renewing.payment.buyer);
        if let Some((change, fate)) = told {
            let update = Update::Renewal {
                payload,
                buyer,
                change,
            };
            self.tell(update, fate, now);
        }
    }
}
