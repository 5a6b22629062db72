//! The shop in memory, as simple as can be: who paid what, and what that gives. It hears what the
//! shop hears, when the shop hears it, and says what must have come of it.

mod plan;
mod uses;

use std::collections::BTreeMap;

use shop::{domain::*, limits};

use super::catalogue::{is_limited, promos};
pub(crate) use plan::{Carried, End, Paid, Plan};
use uses::Uses;

/// Where a charge is that the shop has heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Granted,
    /// It is to go back.
    Promised,
    Back,
}

/// What a charge that was heard of for the first time came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    Granted,
    Renewed,
    Refused,
}

/// An order that was opened.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) order: Order,
    /// What paid for it first.
    pub(crate) charge: Option<String>,
    pub(crate) refunded: bool,
    /// When Telegram was last told that it may be paid.
    pub(crate) promised_at: Option<UnixSeconds>,
}

#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) orders: BTreeMap<OrderId, Opened>,
    pub(crate) charges: BTreeMap<String, Standing>,
    pub(crate) plans: BTreeMap<OrderId, Plan>,
    pub(crate) uses: Uses,
}

impl Opened {
    fn is_same(&self, wish: &NewOrder) -> bool {
        let order = &self.order;
        (order.buyer, &order.product, &order.offer) == (wish.buyer, &wish.product, &wish.offer)
    }

    /// Whether its payment is on its way, so that a wish for the same gets this one.
    pub(crate) fn is_being_paid(&self, wish: &NewOrder, now: UnixSeconds) -> bool {
        let promised = self.promised_at;
        let just_now = promised.is_some_and(|at| now < at.plus(limits::PAYING_SECONDS));
        self.is_same(wish) && self.charge.is_none() && just_now
    }

    /// Whether another order of the same takes the place of this one, which nobody has paid; or one
    /// of another offer that finds nothing left but what this one holds.
    pub(crate) fn may_be_replaced_by(&self, wish: &NewOrder) -> bool {
        let order = &self.order;
        let holds_it =
            order.product == wish.product || (wish.promo.is_some() && order.promo == wish.promo);
        let makes_room = order.buyer == wish.buyer && holds_it && self.promised_at.is_none();
        self.charge.is_none() && (self.is_same(wish) || makes_room)
    }
}

impl Model {
    /// An order was opened, and others of its buyer ended for it.
    pub(crate) fn opened(&mut self, order: &Order, ended: &[OrderId], now: UnixSeconds) {
        for replaced in ended {
            self.uses.replaced(*replaced);
        }
        self.uses.opened(order, now);
        let opened = Opened {
            order: order.clone(),
            charge: None,
            refunded: false,
            promised_at: None,
        };
        self.orders.entry(order.id).or_insert(opened);
    }

    /// The shop said that an order may be paid.
    pub(crate) fn promised(&mut self, order: OrderId, now: UnixSeconds) {
        self.uses.promised(order, now);
        if let Some(opened) = self.orders.get_mut(&order) {
            opened.promised_at = Some(now);
        }
    }

    pub(crate) fn order(&self, payload: &str) -> Option<&Opened> {
        self.orders.get(&payload.parse().ok()?)
    }

    /// What must become of a payment.
    fn verdict(&self, payment: &Payment) -> Came {
        let Some(opened) = self.order(&payment.payload) else {
            return Came::Refused;
        };
        let order = &opened.order;
        let is_right =
            order.buyer == payment.buyer && u64::try_from(payment.amount) == Ok(order.price.0);
        let plan = self.plans.get(&order.id);
        let is_first = payment.is_first() == Some(true);
        match &opened.charge {
            _ if !is_right => Came::Refused,
            None => Came::Granted,
            Some(_) if plan.is_some_and(|plan| plan.takes(begins(payment, order), is_first)) => {
                Came::Renewed
            }
            Some(_) => Came::Refused,
        }
    }

    /// The shop heard of a payment and says whether it is kept. Where there may be none left of a
    /// product or a code, nor a place for somebody who returns, a no is believed; `had_place` denies that.
    pub(crate) fn paid(
        &mut self,
        payment: &Payment,
        kept: bool,
        had_place: bool,
        now: UnixSeconds,
    ) -> Came {
        let (charge, verdict) = (payment.charge.to_string(), self.verdict(payment));
        let may_lack = self.order(&payment.payload).is_some_and(|opened| {
            let plan = self.plans.get(&opened.order.id);
            let of_code = promos()
                .into_iter()
                .find(|of| Some(&of.code) == opened.order.promo.as_ref());
            let is_limited = is_limited(&opened.order.product)
                || of_code.is_some_and(|of| self.uses.may_lack(&of, &opened.order));
            is_limited && !had_place && plan.is_none_or(|plan| plan.end == Some(End::Lapsed))
        });
        let came = match verdict {
            Came::Granted | Came::Renewed if !kept && may_lack => Came::Refused,
            verdict => verdict,
        };
        let standing = match came {
            Came::Refused => Standing::Promised,
            _ => Standing::Granted,
        };
        assert_eq!(kept, came != Came::Refused, "{payment:?} came to {came:?}");
        self.charges.insert(charge.clone(), standing);
        let Some(id) = payment.payload.parse().ok() else {
            return came;
        };
        match came {
            Came::Granted => self.grant(id, payment, now),
            Came::Renewed => {
                let from = begins(payment, &self.orders[&id].order);
                let found = is_found(payment);
                self.plans.get_mut(&id).unwrap().renew(charge, from, found);
            }
            Came::Refused => {}
        }
        came
    }

    /// The first payment of an order. It takes the place of what the buyer had of the product.
    fn grant(&mut self, id: OrderId, payment: &Payment, now: UnixSeconds) {
        let opened = self.orders.get_mut(&id).unwrap();
        opened.charge = Some(payment.charge.to_string());
        let order = opened.order.clone();
        self.uses.spent(id);
        let Some(seconds) = order.term.seconds() else {
            return;
        };
        let (mut credit, mut heir_of) = (0, None);
        for plan in self.plans.values_mut() {
            let is_other = plan.order.buyer == order.buyer && plan.order.product == order.product;
            // What renews may come back after its end, and be charged for.
            let is_alive =
                plan.runs() || (plan.end == Some(End::Lapsed) && plan.order.term.renews());
            if !is_other || !is_alive {
                continue;
            }
            if plan.runs() {
                heir_of = Some((plan.order.id, now.0));
            }
            plan.carry_over(now.0);
            credit += plan.worth(&order);
        }
        // A pass begins when it is given, a subscription when Telegram says.
        let from = match order.term {
            Term::Pass { .. } => payment.paid_at.0.max(now.0),
            _ => begins(payment, &order),
        };
        let paid = Paid {
            charge: payment.charge.to_string(),
            from,
            until: from + seconds,
            back: false,
            found: is_found(payment),
        };
        let plan = Plan {
            order,
            paid: vec![paid],
            end: None,
            stopped_by: None,
            failed: false,
            credit,
            heir_of,
            carried: Carried::default(),
        };
        self.plans.insert(id, plan);
    }

    /// The shop heard that money is back.
    pub(crate) fn refunded(&mut self, charge: &str, now: UnixSeconds) {
        let was = self.charges.insert(charge.to_owned(), Standing::Back);
        if matches!(was, None | Some(Standing::Back)) {
            return;
        }
        let mut plans = self.plans.values();
        let of = plans.find(|plan| plan.paid.iter().any(|paid| paid.charge == charge));
        let Some(id) = of.map(|plan| plan.order.id) else {
            let mut orders = self.orders.values_mut();
            if let Some(of) = orders.find(|opened| opened.charge.as_deref() == Some(charge)) {
                of.refunded = true;
            }
            return;
        };
        let plan = self.plans.get_mut(&id).unwrap();
        let mut paid = plan.paid.iter_mut();
        let returned = paid.find(|paid| paid.charge == charge).unwrap();
        returned.back = true;
        let returned = returned.clone();
        plan.stop_for_refund();
        if plan.paid.iter().all(|paid| paid.back) {
            plan.end = Some(End::Refunded);
            self.orders.get_mut(&id).unwrap().refunded = true;
        } else if plan.is_over(now.0) {
            plan.end = Some(End::Lapsed);
        }
        // Time that was had before the change went nowhere.
        let heir = self
            .plans
            .values()
            .find(|heir| heir.heir_of.is_some_and(|(of, _)| of == id));
        if let Some((_, then)) = heir.and_then(|heir| heir.heir_of) {
            let paid = (returned.until - returned.from.max(then)).max(0);
            self.lessen(id, Carried { paid, credit: 0 });
        }
    }

    /// What another plan took over is less by so much, since money for it is back.
    fn lessen(&mut self, id: OrderId, lost: Carried) {
        let Some(plan) = self.plans.get_mut(&id) else {
            return;
        };
        let before = plan.clone();
        plan.carried.paid = (plan.carried.paid - lost.paid).max(0);
        plan.carried.credit = (plan.carried.credit - lost.credit).max(0);
        let after = plan.clone();
        let mut plans = self.plans.values_mut();
        if let Some(heir) = plans.find(|heir| heir.heir_of.is_some_and(|(of, _)| of == id)) {
            let had = heir.credit;
            let lost = before.worth(&heir.order) - after.worth(&heir.order);
            heir.credit = (had - lost).max(0);
            let (heir, credit) = (heir.order.id, had - heir.credit);
            if credit > 0 {
                self.lessen(heir, Carried { paid: 0, credit });
            }
        }
    }

    /// The charge that the seller gives back when asked for an order: the last that is kept.
    pub(crate) fn refundable(&self, order: OrderId) -> Option<String> {
        let opened = &self.orders[&order];
        let plan = self.plans.get(&order);
        let kept = plan.and_then(|plan| {
            let kept = plan.paid.iter().filter(|paid| !paid.back);
            kept.max_by_key(|paid| paid.from)
        });
        let charge = kept.map(|paid| &paid.charge).or(opened.charge.as_ref());
        let charge = charge.filter(|_| !opened.refunded)?;
        (self.charges[charge] == Standing::Granted).then(|| charge.clone())
    }

    /// The seller gives a charge back.
    pub(crate) fn promise(&mut self, charge: &str) {
        let was = self.charges.insert(charge.to_owned(), Standing::Promised);
        assert_eq!(was, Some(Standing::Granted), "the refund of {charge}");
        let mut plans = self.plans.values_mut();
        if let Some(of) = plans.find(|plan| plan.paid.iter().any(|paid| paid.charge == charge)) {
            of.stop_for_refund();
        }
    }

    /// Time passes. Gives how many rights ended.
    pub(crate) fn turn(&mut self, now: UnixSeconds) -> usize {
        let over = self.plans.values_mut().filter(|plan| plan.is_over(now.0));
        over.map(|plan| plan.end = Some(End::Lapsed)).count()
    }

    /// Whether a buyer has the goods of an order.
    pub(crate) fn has_goods(&self, opened: &Opened) -> bool {
        let plan = self.plans.get(&opened.order.id);
        opened.charge.is_some() && !opened.refunded && plan.is_none_or(Plan::runs)
    }

    /// Whether the buyer has this very subscription, and it renews.
    pub(crate) fn is_subscribed(&self, new: &NewOrder) -> bool {
        self.plans.values().any(|plan| {
            let order = &plan.order;
            (order.buyer, &order.product, &order.offer) == (new.buyer, &new.product, &new.offer)
                && order.term.renews()
                && plan.state() == SubscriptionState::Active
        })
    }
}

/// Whether the ledger tells of it: that says neither until when nor whether it is the first.
fn is_found(payment: &Payment) -> bool {
    payment
        .recurring
        .is_some_and(|recurring| recurring.first.is_none())
}

/// When what a payment pays for begins.
fn begins(payment: &Payment, order: &Order) -> i64 {
    let until = payment.recurring.and_then(|recurring| recurring.until);
    let seconds = order.term.seconds().unwrap_or(0);
    until.map_or(payment.paid_at.0, |until| until.0 - seconds)
}
