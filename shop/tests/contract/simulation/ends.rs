//! What must be true, as the model says: of rights at any moment, of charges and orders in the end.

use std::collections::{BTreeMap, BTreeSet};

use shop::domain::*;

use super::{model, month::Month, renewals, telegram::STAR};
use crate::support::Engine;

impl Month {
    /// Who has what, now.
    pub(super) async fn check_rights(&self) {
        let has = "SELECT DISTINCT order_id FROM entitlement WHERE revoked_at IS NULL";
        let has: BTreeSet<String> = self.names(has).await.into_iter().collect();
        let orders = self.model.orders.values();
        let should = orders.filter(|opened| self.model.has_goods(opened));
        let should: BTreeSet<String> = should.map(|opened| opened.order.id.to_string()).collect();
        assert_eq!(has, should, "who has goods");
        let rights = self.shop_says(
            "SELECT order_id || ' ' || state || ' ' || COALESCE(stopped_by, '') || ' '
                    || CAST(credit AS TEXT) FROM subscription",
        );
        let model = self.model.plans.values().map(|plan| {
            let by = plan.stopped_by.map_or("", StoppedBy::as_str);
            format!(
                "{} {} {by} {}",
                plan.order.id,
                plan.state().as_str(),
                plan.credit
            )
        });
        let (shop, model) = (rights.await, model.collect::<BTreeSet<String>>());
        let [says, should] = [shop.difference(&model), model.difference(&shop)];
        let (says, should): (Vec<&String>, Vec<&String>) = (says.collect(), should.collect());
        assert_eq!(says, should, "rights for a time: {:?}", self.model.plans);
    }

    async fn shop_says(&self, query: &str) -> BTreeSet<String> {
        self.names(query).await.into_iter().collect()
    }

    /// All that is still on its way arrives, and all that is owed is done: nobody lends a hand.
    pub(super) async fn come_to_rest(&mut self) {
        self.telegram.end_withdrawals();
        for _ in 0..4 {
            self.now = self.now.plus(100_000);
            for update in self.telegram.arrived(self.now) {
                self.hear(update).await;
            }
            self.look(false).await;
            self.turn().await;
            self.work(false).await;
        }
        self.shop.expire_orders(self.now).await.unwrap();
        self.look(false).await;
    }

    pub(super) async fn check_ends(&mut self) {
        self.check_rights().await;
        self.t.assert_sound().await;
        let wrong = self.shop.broken_rules().await.unwrap();
        assert_eq!(wrong, []);
        let open = self.shop.differences().await.unwrap();
        assert!(open.is_empty(), "{open:?}");
        let books = self.shop.balances().await.unwrap();
        let ours = books
            .iter()
            .find(|(account, _)| *account == Account::Telegram);
        let has = self.telegram.balance();
        assert_eq!(ours.unwrap().1, has, "our books are Telegram's");
        let unsent =
            "SELECT COUNT(*) FROM entitlement WHERE sent_at IS NULL AND revoked_at IS NULL";
        assert_eq!(self.t.count(unsent).await, 0, "all goods were sent");
        let dead = "SELECT COUNT(*) FROM outbox WHERE state = 'dead'";
        assert_eq!(self.t.count(dead).await, 0);
        self.check_charges().await;
        self.check_orders().await;
        self.check_uses().await;
        self.check_renewals();
        assert!(self.telegram.charges.len() > 5, "the month was too quiet");
    }

    /// Two ends only: granted as the model says, or back.
    async fn check_charges(&mut self) {
        let said = self
            .shop_says("SELECT id || ' ' || state FROM charge")
            .await;
        let mut should = BTreeSet::new();
        for (id, charge) in &self.telegram.charges {
            let state = match self.model.charges[id] {
                model::Standing::Granted => "granted",
                model::Standing::Promised => "refunding",
                model::Standing::Back => "refunded",
            };
            assert_eq!(charge.back, state == "refunded", "{id} at Telegram");
            if state == "refunding" {
                let wants = i128::from(charge.payment.amount) * STAR;
                let waits = self.telegram.balance().nanostars < wants;
                assert!(waits, "{id} waits although the bot has enough");
            }
            self.tally.note(match state {
                "granted" => "charge granted in the end",
                _ if charge.payment.recurring.is_some() => "charge of a period returned in the end",
                _ => "charge returned in the end",
            });
            should.insert(format!("{id} {state}"));
        }
        assert_eq!(said, should, "the ends of charges");
    }

    async fn check_orders(&mut self) {
        for opened in self.model.orders.values() {
            let state = self
                .shop
                .order_state(opened.order.id)
                .await
                .unwrap()
                .unwrap();
            let should = match &opened.charge {
                None => [OrderState::Expired; 2],
                Some(_) if opened.refunded => [OrderState::Refunded; 2],
                Some(_) => [OrderState::Paid, OrderState::Delivered],
            };
            assert!(should.contains(&state), "{opened:?} is {state}");
            self.tally.note(match state {
                OrderState::Expired => "order expired in the end",
                OrderState::Refunded => "order refunded in the end",
                _ => "order delivered in the end",
            });
        }
        for plan in self.model.plans.values() {
            let refunded = plan.end == Some(model::End::Refunded);
            self.tally
                .note_if("subscription refunded in the end", refunded);
        }
        if self.t.engine != Engine::Postgres {
            let some = self.model.orders.keys().next().copied();
            let story = self.shop.order_story(some.unwrap()).await.unwrap();
            assert!(story.is_sorted_by_key(|event| event.at) && !story.is_empty());
        }
    }

    /// A code is spent by the orders that were paid, and held by none: all others are over.
    async fn check_uses(&self) {
        let said = "SELECT order_id || ' ' || promo || ' ' || CAST(buyer AS TEXT) FROM promo_use";
        let (said, spent) = (self.shop_says(said).await, self.model.uses.all_spent());
        assert_eq!(said, spent, "uses of promo codes");
    }

    /// Nobody is charged again for what the shop stopped, nor twice for the same, nor for
    /// what is no order of ours. One thing cannot be known: the ledger does not say that an old link
    /// was paid again, on the last day of a period or after its end, and the shop takes that for the
    /// renewal. Nor does anything say to which of two a payment belongs that the buyer makes after
    /// one of them had failed, be it stopped. Which of the two goes on is settled when the other one
    /// is charged.
    fn check_renewals(&mut self) {
        let mut goes_on: BTreeMap<&str, u64> = BTreeMap::new();
        for (first, renewing) in &self.telegram.renewing {
            if renewing.standing != renewals::Standing::Active {
                continue;
            }
            self.tally.note("renewal that goes on checked");
            let payload = renewing.payment.payload.as_str();
            let opened = self.model.order(payload);
            let plan = opened.and_then(|opened| self.model.plans.get(&opened.order.id));
            let plan = plan.unwrap_or_else(|| panic!("{first} renews what was never had"));
            let buyer = plan.order.buyer;
            assert_eq!(buyer, renewing.payment.buyer, "{first} renews another's");
            let stopped = plan.is_stopped_by_shop();
            assert!(!stopped, "{first} renews what is stopped: {plan:?}");
            if self.told.contains(first) {
                *goes_on.entry(payload).or_default() += 1;
            }
        }
        for (payload, times) in goes_on {
            assert_eq!(times, 1, "{payload} is charged {times} times a period");
        }
    }
}
