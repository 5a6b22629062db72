//! Random walks: buyers, sellers, Telegram and the clock do what they like, in any order. A walk is
//! made from its seed alone, so that one that fails can be walked again.

use std::collections::BTreeMap;

use shop::{Outcome, domain::*};

use crate::support::{Engine, NOW, TestShop, balance, each_database, payment, query, refund, wish};

const PRODUCTS: [&str; 4] = ["book", "print", "key", "pass"];

/// A small generator of numbers (SplitMix64): the walk must not depend on a library's version.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

/// Telegram's own books, as simple as can be: what it took and has not given back.
#[derive(Default)]
struct Model {
    charges: BTreeMap<String, (Order, bool)>,
}

impl Model {
    fn held(&self) -> i128 {
        let kept = self.charges.values().filter(|(_, back)| !back);
        kept.map(|(order, _)| i128::from(order.price.0)).sum()
    }
}

struct Walk<'a> {
    t: &'a TestShop,
    dice: Dice,
    now: UnixSeconds,
    orders: Vec<Order>,
    model: Model,
}

impl Walk<'_> {
    async fn step(&mut self) {
        let shop = &self.t.shop;
        match self.dice.roll(12) {
            0..=3 => {
                let product = PRODUCTS[self.dice.roll(4) as usize];
                let buyer = 1 + self.dice.roll(4) as i64;
                if let Ok(order) = shop.open_order(&wish(buyer, product), self.now).await {
                    self.orders.push(order);
                }
            }
            4 => {
                if let Some(order) = self.any_order() {
                    let _ = shop.precheck(&query(&order), self.now).await.unwrap();
                }
            }
            5..=7 => self.pay().await,
            8 => self.telegram_gives_back().await,
            9 => {
                if let Some(order) = self.any_order() {
                    shop.queue_refund(order.id, self.now).await.unwrap();
                }
            }
            10 => drop(shop.expire_orders(self.now).await.unwrap()),
            _ => self.now = self.now.plus(self.dice.roll(1_200) as i64),
        }
    }

    fn any_order(&mut self) -> Option<Order> {
        let count = self.orders.len() as u64;
        (count > 0).then(|| self.orders[self.dice.roll(count) as usize].clone())
    }

    /// Telegram takes money for an order, whatever became of it, and reports it once or twice.
    async fn pay(&mut self) {
        let Some(order) = self.any_order() else {
            return;
        };
        let charge = format!("c{}", self.model.charges.len());
        let mut paid = payment(&order, &charge);
        if self.dice.roll(8) == 0 {
            paid.buyer = UserId(99);
        }
        for _ in 0..=self.dice.roll(2) {
            self.t.shop.settle(&paid, self.now).await.unwrap();
        }
        let order = Order {
            buyer: paid.buyer,
            ..order
        };
        self.model.charges.insert(charge, (order, false));
    }

    /// A chargeback from outside.
    async fn telegram_gives_back(&mut self) {
        let count = self.model.charges.len() as u64;
        if count == 0 {
            return;
        }
        let index = self.dice.roll(count) as usize;
        let (charge, (order, back)) = self.model.charges.iter_mut().nth(index).unwrap();
        *back = true;
        let report = refund(order, charge);
        self.t.shop.book_refund(&report, self.now).await.unwrap();
    }

    /// The worker does what is owed.
    async fn work(&mut self) {
        loop {
            let leased = self.t.shop.lease_effects(self.now, 50).await.unwrap();
            if leased.is_empty() {
                return;
            }
            for item in leased {
                match item.effect {
                    Effect::Deliver { entitlement } => {
                        if self.t.shop.delivery(entitlement).await.unwrap().is_some() {
                            self.t
                                .shop
                                .mark_sent(entitlement, None, self.now)
                                .await
                                .unwrap();
                        }
                    }
                    Effect::Refund { charge, buyer } => {
                        let (order, back) = self.model.charges.get_mut(charge.as_str()).unwrap();
                        assert_eq!(order.buyer, buyer);
                        *back = true;
                        let report = refund(order, charge.as_str());
                        self.t.shop.book_refund(&report, self.now).await.unwrap();
                    }
                    Effect::Tell { .. } | Effect::SwitchRenewal { .. } | Effect::Warn { .. } => {}
                }
                self.t
                    .shop
                    .end_effect(item.lease, Outcome::Done, self.now)
                    .await
                    .unwrap();
            }
        }
    }
}

each_database! {
    async fn books_balance(t: TestShop) {
        let seeds = if t.engine == Engine::Postgres { 3 } else { 6 };
        for seed in 0..seeds {
            let t = TestShop::open(t.engine).await.unwrap();
            let (dice, model) = (Dice(seed), Model::default());
            let mut walk = Walk { t: &t, dice, now: NOW, orders: Vec::new(), model };
            for step in 0..240 {
                walk.step().await;
                if step % 40 == 39 {
                    eprintln!("seed {seed}, step {step}");
                    t.assert_sound().await;
                    assert_eq!(balance(&t, Account::Telegram).await, walk.model.held());
                    walk.work().await;
                }
            }
            walk.work().await;
            t.assert_sound().await;
            assert_eq!(balance(&t, Account::Telegram).await, walk.model.held());
            assert_eq!(balance(&t, Account::Owed).await, 0, "all that was owed is back");
            assert_eq!(t.count("SELECT COUNT(*) FROM charge WHERE state = 'refunding'").await, 0);
            assert!(walk.model.charges.len() > 20, "the walk went somewhere");
        }
    }
}
