//! What people, Telegram and the clock do in a month.

use std::collections::BTreeSet;

use shop::{Shop, domain::*};

use super::{
    catalogue::{PERIOD, catalogue},
    model::Model,
    renewals,
    tally::Tally,
    telegram::{Fate, STAR, Telegram},
};
use crate::{
    support::{BOT, Engine, NOW, TestShop, payment, query},
    walk::Dice,
};

/// Things that happen in a month: some 30 days of them.
pub(super) const STEPS: u32 = 150;

pub(super) struct Month {
    pub(super) t: TestShop,
    pub(super) shop: Shop,
    pub(super) dice: Dice,
    pub(super) now: UnixSeconds,
    pub(super) telegram: Telegram,
    pub(super) model: Model,
    pub(super) tally: Tally,
    /// Charges that an update told the shop of, which says what began with them. What the buyer pays
    /// after it had failed says so no more.
    pub(super) told: BTreeSet<String>,
    pub(super) orders: Vec<Order>,
}

impl Month {
    pub(super) async fn begin(engine: Engine, seed: u64) -> Self {
        let t = TestShop::open_quickly(engine, &catalogue()).await.unwrap();
        t.shop.configure(shop::Settings {
            owners: vec![UserId(900)],
            subscription_seconds: PERIOD,
        });
        // The mark is made before anything is sold, as at the first start.
        t.shop.star_rows_read(BOT, NOW).await.unwrap();
        Self {
            shop: t.shop.clone(),
            t,
            dice: Dice(seed),
            now: NOW,
            telegram: Telegram::default(),
            model: Model::default(),
            tally: Tally::default(),
            told: BTreeSet::new(),
            orders: Vec::new(),
        }
    }

    pub(super) async fn step(&mut self) {
        match self.dice.roll(40) {
            0..=6 => self.open().await,
            7..=9 => self.precheck().await,
            10..=16 => self.pay(),
            17 => self.chargeback(),
            18 => self.refund_one().await,
            19 => self.refund_by_rule().await,
            20 => drop(self.shop.expire_orders(self.now).await.unwrap()),
            21..=23 => self.work(true).await,
            24 | 25 => self.look(true).await,
            26 => self.take_out(),
            27 | 28 => self.switch_in_telegram(),
            29 | 30 => self.switch_in_the_shop().await,
            31 => self.pay_what_failed(),
            32 => self.turn().await,
            33..=36 => self.now = self.now.plus(self.dice.roll(1_200) as i64),
            _ => {
                self.now = self.now.plus(self.dice.roll(4 * 86_400) as i64);
                self.renew().await;
                // Mostly the worker that ends what is over is not late.
                if self.dice.roll(4) > 0 {
                    self.turn().await;
                }
            }
        }
        for update in self.telegram.arrived(self.now) {
            self.hear(update).await;
        }
    }

    async fn precheck(&mut self) {
        let Some(order) = self.any_order() else {
            return;
        };
        let allowed = self.may_be_paid(&order).await;
        self.tally.note(if allowed {
            "pre-checkout allowed"
        } else {
            "pre-checkout refused"
        });
    }

    /// What the shop says beforehand. Of what was paid, the model knows it.
    async fn may_be_paid(&mut self, order: &Order) -> bool {
        let said = self.shop.precheck(&query(order), self.now).await.unwrap();
        if self.model.orders[&order.id].charge.is_some() {
            let plan = self.model.plans.get(&order.id);
            let takes = plan.is_some_and(|plan| plan.takes(self.now.0, false));
            assert_eq!(said.is_ok(), takes, "pre-checkout of {plan:?}: {said:?}");
        } else if said.is_ok() {
            self.model.promised(order.id, self.now);
        }
        said.is_ok()
    }

    /// Telegram takes money, mostly for an order as it should be.
    fn pay(&mut self) {
        let Some(order) = self.any_order() else {
            return;
        };
        let mut paid = payment(&order, "not-yet-known");
        let kind = match self.dice.roll(14) {
            0 => {
                paid.buyer = UserId(99);
                Some("payment by a stranger")
            }
            1 => {
                paid.amount -= 1;
                Some("payment of a wrong amount")
            }
            2 => {
                paid.payload = "of another shop".to_owned();
                Some("payment of an unknown payload")
            }
            _ => None,
        };
        let has_cut = self.dice.roll(5) == 0;
        let cut = has_cut.then(|| Amount::from_nanostars(4 * STAR + STAR / 8).unwrap());
        self.tally.note_if("affiliate took a cut", has_cut);
        if let Some(kind) = kind {
            self.tally.note(kind);
        }
        let fate = self.fate();
        if order.term.renews() {
            self.telegram.subscribe(paid, PERIOD, cut, fate, self.now);
        } else {
            self.telegram.charge(paid, cut, fate, self.now);
        }
    }

    /// Periods end: Telegram charges for the next, after asking the shop, or fails to.
    pub(super) async fn renew(&mut self) {
        for first in self.telegram.due(self.now) {
            let fate = self.fate();
            let payload = self.telegram.renewing[&first].payment.payload.clone();
            let order = self
                .model
                .order(&payload)
                .map(|opened| opened.order.clone());
            let is_refused = match order {
                Some(order) if self.dice.roll(2) == 0 => !self.may_be_paid(&order).await,
                _ => false,
            };
            self.tally
                .note_if("renewal refused at pre-checkout", is_refused);
            if is_refused || self.dice.roll(5) == 0 {
                self.tally.note("renewal failed");
                self.telegram.fail(&first, fate, self.now);
            } else {
                self.telegram.renew(&first, PERIOD, fate, self.now);
            }
        }
    }

    /// A buyer pays for a subscription that could not be charged.
    fn pay_what_failed(&mut self) {
        let failed = renewals::Standing::Failed;
        if let Some(first) = self.any_renewing(Some(failed)) {
            let fate = self.fate();
            self.telegram.renew(&first, PERIOD, fate, self.now);
            self.told.remove(&first);
            self.tally.note("subscription paid late");
        }
    }

    fn switch_in_telegram(&mut self) {
        if let Some(first) = self.any_renewing(None) {
            let fate = self.fate();
            let switched = self.telegram.buyer_switches(&first, fate, self.now);
            self.tally.note_if("renewal switched in Telegram", switched);
        }
    }

    async fn switch_in_the_shop(&mut self) {
        use RenewalChange::{Allow, Stop};
        use StoppedBy::{Buyer, Seller};
        // In the order of their opening: ids are not made from the seed.
        let orders = self.orders.iter();
        let plans = orders.filter(|order| self.model.plans.contains_key(&order.id));
        let plans: Vec<Order> = plans.cloned().collect();
        let Some(order) = self.one_of(&plans) else {
            return;
        };
        let (change, kind) = match self.dice.roll(4) {
            0 => (Stop(Buyer), "renewal stopped by the buyer in the shop"),
            1 => (Allow(Buyer), "renewal allowed by the buyer in the shop"),
            2 => (Stop(Seller), "renewal stopped by the seller"),
            _ => (Allow(Seller), "renewal allowed by the seller"),
        };
        let buyer = matches!(change, Stop(Buyer) | Allow(Buyer)).then_some(order.buyer);
        let changing = self.shop.change_renewal(order.id, buyer, change, self.now);
        let changed = changing.await.unwrap();
        let plan = self.model.plans.get_mut(&order.id).unwrap();
        assert_eq!(
            changed,
            plan.change(change, self.now.0),
            "{change:?} of {plan:?}"
        );
        self.tally.note_if(kind, changed);
    }

    /// A store takes money back.
    fn chargeback(&mut self) {
        let fate = self.fate();
        let here = self
            .telegram
            .charges
            .iter()
            .filter(|(_, charge)| !charge.back);
        let here: Vec<String> = here.map(|(id, _)| id.clone()).collect();
        if let Some(id) = self.one_of(&here) {
            let recurs = self.telegram.charges[&id].payment.recurring.is_some();
            self.tally.note(if recurs {
                "chargeback of a period"
            } else {
                "chargeback of another charge"
            });
            self.telegram.give_back(&id, fate, self.now);
        }
    }

    async fn refund_one(&mut self) {
        let Some(order) = self.any_order() else {
            return;
        };
        let expected = self.model.refundable(order.id);
        let queued = self.shop.queue_refund(order.id, self.now).await.unwrap();
        assert_eq!(queued, expected.is_some(), "refund of {order:?}");
        if let Some(charge) = expected {
            self.model.promise(&charge);
            let is_period = self.model.plans.contains_key(&order.id);
            self.tally.note(if is_period {
                "refund of a period queued"
            } else {
                "refund queued"
            });
        }
    }

    async fn refund_by_rule(&mut self) {
        if self.dice.roll(3) > 0 {
            return;
        }
        let product = ["pass", "club"][self.dice.roll(2) as usize];
        let rule = RefundRule {
            product: product.parse().unwrap(),
            since: self.now.plus(-3 * 86_400),
            until: self.now,
        };
        let meant = self.shop.refundable(&rule).await.unwrap();
        let queued = self.shop.queue_refunds(&rule, self.now).await.unwrap();
        assert_eq!(queued, meant.len() as u64);
        for meant in meant {
            self.model.promise(meant.charge.as_str());
            self.tally.note("refunds queued by a rule");
        }
    }

    fn take_out(&mut self) {
        let has = self.telegram.balance().nanostars / STAR;
        let has = u64::try_from(has).unwrap_or(0);
        if has > 0 {
            let stars = 1 + self.dice.roll(has);
            let withdrawal = self.dice.roll(2) == 0;
            self.telegram.take_out(stars, withdrawal, self.now);
            self.tally.note("withdrawal or advertisement");
        }
    }

    fn any_order(&mut self) -> Option<Order> {
        // Mostly a recent one: old orders are rarely paid.
        let count = self.orders.len();
        let recent = if self.dice.roll(3) == 0 {
            count
        } else {
            count.min(4)
        };
        let orders = self.orders[count - recent..].to_vec();
        self.one_of(&orders)
    }

    fn any_renewing(&mut self, standing: Option<renewals::Standing>) -> Option<String> {
        let renewing = self.telegram.renewing.iter();
        let fitting = renewing.filter(|(_, r)| standing.is_none_or(|s| s == r.standing));
        let fitting: Vec<String> = fitting.map(|(first, _)| first.clone()).collect();
        self.one_of(&fitting)
    }

    pub(super) fn one_of<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        let count = of.len() as u64;
        (count > 0).then(|| of[self.dice.roll(count) as usize].clone())
    }

    pub(super) fn fate(&mut self) -> Fate {
        let fate = match self.dice.roll(8) {
            0 | 1 => Fate::Lost,
            2 => Fate::Doubled,
            3 => Fate::Late(self.dice.roll(90_000) as i64),
            _ => Fate::Arrives,
        };
        self.tally
            .note_if("update doubled, late or lost", fate != Fate::Arrives);
        fate
    }
}
