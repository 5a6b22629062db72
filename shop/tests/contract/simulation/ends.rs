//! What must be true at the end of a month, said by a model that knows Telegram's side alone.

use shop::domain::*;

use super::{Month, telegram::Charge};
use crate::support::Engine;

impl Month {
    /// All that is still on its way arrives, and all that is owed is done: nobody lends a hand.
    pub(super) async fn come_to_rest(&mut self) {
        self.telegram.end_withdrawals();
        for _ in 0..6 {
            self.now = self.now.plus(100_000);
            for update in self.telegram.arrived(self.now) {
                self.hear(update).await;
            }
            self.look(false).await;
            self.work(false).await;
        }
        self.shop.expire_orders(self.now).await.unwrap();
        self.look(false).await;
    }

    pub(super) async fn check(&self) {
        self.t.assert_sound().await;
        let wrong = self.shop.broken_rules().await.unwrap();
        assert_eq!(wrong, []);
        let open = self.shop.differences().await.unwrap();
        assert!(open.is_empty(), "{open:?}");
        let books = self.shop.balances().await.unwrap();
        let ours = books
            .iter()
            .find(|(account, _)| *account == Account::Telegram);
        assert_eq!(
            ours.unwrap().1,
            self.telegram.balance(),
            "our books are Telegram's"
        );
        for (id, charge) in &self.telegram.charges {
            self.check_charge(id, charge).await;
        }
        for order in &self.orders {
            self.check_order(order).await;
        }
        let unsent =
            "SELECT COUNT(*) FROM entitlement WHERE sent_at IS NULL AND revoked_at IS NULL";
        assert_eq!(self.t.count(unsent).await, 0, "all goods were sent");
        let dead = "SELECT COUNT(*) FROM outbox WHERE state = 'dead'";
        assert_eq!(self.t.count(dead).await, 0);
        assert!(self.telegram.charges.len() > 10, "the month was too quiet");
    }

    /// Two ends only: granted to the right buyer for the right money, or back.
    async fn check_charge(&self, id: &str, charge: &Charge) {
        let state = |state: &str| {
            format!("SELECT COUNT(*) FROM charge WHERE id = '{id}' AND state = '{state}'")
        };
        let waits = self.t.count(&state("refunding")).await == 1;
        if waits {
            let has = self.telegram.balance().nanostars;
            let wants = i128::from(charge.payment.amount) * super::STAR;
            assert!(has < wants, "{id} waits although the bot has enough");
            return;
        }
        if charge.back {
            assert_eq!(self.t.count(&state("refunded")).await, 1, "{id} went back");
            return;
        }
        assert_eq!(self.t.count(&state("granted")).await, 1, "{id} was granted");
        let order = self
            .orders
            .iter()
            .find(|o| o.id.to_string() == charge.payment.payload);
        let order = order.unwrap_or_else(|| panic!("{id} was granted for no order"));
        assert!(
            is_right(charge, order),
            "{id} was granted for the wrong money"
        );
        let entry = self
            .shop
            .order(order.id, order.buyer)
            .await
            .unwrap()
            .unwrap();
        assert!(!entry.goods.is_empty(), "{id} brought its goods");
    }

    /// An order that was rightly paid gives its goods, once, however often it was paid. Only where
    /// stock never ends can a model this simple tell that there was no reason to give back.
    async fn check_order(&self, order: &Order) {
        let payload = order.id.to_string();
        let right = self.telegram.charges.values();
        let right: Vec<&Charge> = right
            .filter(|charge| charge.payment.payload == payload && is_right(charge, order))
            .collect();
        let mut kept = 0;
        for charge in right.iter().filter(|charge| !charge.back) {
            let id = &charge.payment.charge;
            let granted =
                format!("SELECT COUNT(*) FROM charge WHERE id = '{id}' AND state = 'granted'");
            kept += self.t.count(&granted).await;
        }
        assert!(kept <= 1, "{payload} was sold {kept} times");
        let nobody_wanted_it = right.iter().all(|charge| !charge.wanted_back);
        if order.product.as_str() == "book" && !right.is_empty() && nobody_wanted_it {
            assert_eq!(kept, 1, "{payload} was paid and not granted");
        }
        let state = self.shop.order_state(order.id).await.unwrap().unwrap();
        assert!(!state.is_open(), "{payload} is {state}");
        if self.t.engine != Engine::Postgres {
            let story = self.shop.order_story(order.id).await.unwrap();
            assert!(story.is_sorted_by_key(|event| event.at) && !story.is_empty());
        }
    }
}

fn is_right(charge: &Charge, order: &Order) -> bool {
    charge.payment.buyer == order.buyer && u64::try_from(charge.payment.amount) == Ok(order.price.0)
}
