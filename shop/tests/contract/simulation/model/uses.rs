//! Who has a use of a promo code: held while its order can be paid, spent for good when it was.

use std::collections::{BTreeMap, BTreeSet};

use shop::{domain::*, limits};

/// What an order has of a code.
#[derive(Debug)]
struct Use {
    code: PromoCode,
    buyer: UserId,
    /// Until then it is held.
    until: UnixSeconds,
    spent: bool,
}

impl Use {
    fn is_taken(&self, now: UnixSeconds) -> bool {
        self.spent || self.until > now
    }
}

/// The uses of all codes, by the order that was opened with one.
#[derive(Debug, Default)]
pub(crate) struct Uses(BTreeMap<OrderId, Use>);

impl Uses {
    /// An order was opened, and holds a use if it has a code.
    pub(super) fn opened(&mut self, order: &Order, now: UnixSeconds) {
        if let Some(code) = order.promo.clone() {
            let (buyer, spent) = (order.buyer, false);
            let until = now.plus(limits::ORDER_LIFE_SECONDS);
            let held = Use {
                code,
                buyer,
                until,
                spent,
            };
            self.0.entry(order.id).or_insert(held);
        }
    }

    /// The shop said that an order may be paid, and gives it time for that.
    pub(super) fn promised(&mut self, order: OrderId, now: UnixSeconds) {
        if let Some(held) = self.0.get_mut(&order) {
            held.until = held.until.max(now.plus(limits::PRECHECKED_LIFE_SECONDS));
        }
    }

    /// Its buyer opened another order instead.
    pub(super) fn replaced(&mut self, order: OrderId) {
        if let Some(held) = self.0.get_mut(&order) {
            held.until = UnixSeconds(0);
        }
    }

    /// The order is paid, in time or not.
    pub(super) fn spent(&mut self, order: OrderId) {
        if let Some(held) = self.0.get_mut(&order) {
            held.spent = true;
        }
    }

    /// Why a buyer gets no use of a code now, besides those that the buyer's own order frees.
    pub(crate) fn refusal(
        &self,
        promo: &Promo,
        buyer: UserId,
        now: UnixSeconds,
        is_replaced: impl Fn(&OrderId) -> bool,
    ) -> Option<Refusal> {
        let uses = self.0.iter().filter(|(id, _)| !is_replaced(id));
        let taken = uses.map(|(_, of)| of).filter(|of| of.is_taken(now));
        none_left(promo, buyer, taken)
    }

    /// Whether a payment that came too late may find no use left. Orders that nobody has ended yet
    /// hold theirs longer than they could be paid.
    pub(super) fn may_lack(&self, promo: &Promo, order: &Order) -> bool {
        let others = self.0.iter().filter(|(id, _)| **id != order.id);
        none_left(promo, order.buyer, others.map(|(_, of)| of)).is_some()
    }

    /// Whether a code was held as often as it is good for: what is had of it now was had before.
    pub(crate) fn were_all_held(&self, promo: &Promo) -> bool {
        let held = self.0.values().filter(|of| of.code == promo.code);
        promo.uses.is_some_and(|uses| held.count() as u64 >= uses)
    }

    /// The orders that spent one.
    pub(crate) fn all_spent(&self) -> BTreeSet<String> {
        let spent = self.0.iter().filter(|(_, of)| of.spent);
        spent
            .map(|(id, of)| format!("{id} {} {}", of.code, of.buyer))
            .collect()
    }
}

/// Why there is none left of a code for a buyer, if these are taken.
fn none_left<'a>(
    promo: &Promo,
    buyer: UserId,
    taken: impl Iterator<Item = &'a Use>,
) -> Option<Refusal> {
    let taken: Vec<&Use> = taken.filter(|of| of.code == promo.code).collect();
    let own = taken.iter().filter(|of| of.buyer == buyer).count() as u64;
    if promo.uses.is_some_and(|uses| taken.len() as u64 >= uses) {
        return Some(Refusal::PromoUsedUp);
    }
    let is_over = promo.per_buyer.is_some_and(|most| own >= u64::from(most));
    is_over.then_some(Refusal::PromoUsed)
}
