//! What must hold when all has come to rest: the sandbox's ledger is the judge.

use std::collections::{BTreeMap, BTreeSet};

use shop::domain::Account;

use super::world::World;
use crate::support::GOODS_OF;

/// A charge in the sandbox's ledger.
#[derive(Debug, Default, Clone, Copy)]
struct Taken {
    /// How often it stands there as a payment.
    paid: u32,
    /// How often it stands there as a refund.
    back: u32,
}

impl World {
    /// Whether nothing is under way any more: each update and effect has its end, and every row of
    /// Telegram's ledger is known and worked.
    pub async fn is_at_rest(&self) -> bool {
        const OPEN: &str = "SELECT (SELECT COUNT(*) FROM star_row WHERE state = 'new')
             + (SELECT COUNT(*) FROM difference WHERE state = 'open')";
        let rows = self.sandbox.ledger().await["transactions"]
            .as_array()
            .unwrap()
            .len();
        let read = self.count("SELECT COUNT(*) FROM star_row").await;
        self.waiting().await + self.count(OPEN).await == 0 && usize::try_from(read) == Ok(rows)
    }

    /// Updates and effects that are to be worked.
    pub async fn waiting(&self) -> i64 {
        const WAITING: &str = "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'waiting')
             + (SELECT COUNT(*) FROM outbox WHERE state = 'waiting')";
        self.count(WAITING).await
    }

    /// Fails the test unless every charge has one of its two ends, once, and our books are
    /// Telegram's. Gives how many charges ended granted and how many went back.
    pub async fn check_books(&self) -> (usize, usize) {
        let ledger = self.sandbox.ledger().await;
        let shop = self.shop().await;
        assert_eq!(shop.broken_rules().await.unwrap(), [], "rules of the books");
        assert_eq!(shop.differences().await.unwrap(), [], "differences");
        let books = shop.balances().await.unwrap();
        assert_eq!(books.iter().map(|(_, has)| has.nanostars).sum::<i128>(), 0);
        let ours = books
            .iter()
            .find(|(account, _)| *account == Account::Telegram);
        let theirs = i128::from(ledger["balance"].as_i64().unwrap());
        assert_eq!(ours.unwrap().1.nanostars, theirs * 1_000_000_000);
        const DEAD: &str = "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'dead')
             + (SELECT COUNT(*) FROM outbox WHERE state = 'dead')";
        assert_eq!(self.count(DEAD).await, 0, "rows that need a person");

        let mut taken: BTreeMap<String, Taken> = BTreeMap::new();
        for row in ledger["transactions"].as_array().unwrap() {
            let charge = taken
                .entry(row["id"].as_str().unwrap().to_owned())
                .or_default();
            let side = if row["source"].is_null() {
                &mut charge.back
            } else {
                &mut charge.paid
            };
            *side += 1;
        }
        let booked = self.rows("SELECT id, state FROM charge").await;
        let ids: BTreeSet<&String> = booked.iter().map(|row| &row[0]).collect();
        assert_eq!(ids, taken.keys().collect(), "the same charges");
        for row in &booked {
            let Taken { paid, back } = taken[&row[0]];
            assert!(
                paid == 1 && back <= 1,
                "{row:?}: taken {paid} and given back {back} times"
            );
            let end = if back == 1 { "refunded" } else { "granted" };
            assert_eq!(row[1], end, "the end of {}", row[0]);
        }
        let granted = booked.iter().filter(|row| row[1] == "granted").count();
        shop.close().await;
        self.check_goods(granted).await;
        (granted, booked.len() - granted)
    }

    /// Each order is sold once, and a subscription once a month, with its goods, once each, and all
    /// were sent.
    async fn check_goods(&self, granted: usize) {
        const SOLD: &str = "SELECT DISTINCT o.id, o.product, o.term FROM charge c
             JOIN orders o ON o.id = c.order_id WHERE c.state = 'granted'";
        const RENEWED: &str = "SELECT c.id FROM charge c JOIN orders o ON o.id = c.order_id
             WHERE c.state = 'granted' AND o.charge <> c.id AND o.term = 'subscription'";
        const RIGHTS: &str = "SELECT order_id, benefit FROM entitlement WHERE revoked_at IS NULL";
        let sold = self.rows(SOLD).await;
        let renewed = self.rows(RENEWED).await.len();
        assert_eq!(sold.len() + renewed, granted, "an order is sold once");
        let rights = self.rows(RIGHTS).await;
        assert_eq!(
            rights.iter().collect::<BTreeSet<_>>().len(),
            rights.len(),
            "a right is one"
        );
        for order in &sold {
            let (_, goods) = GOODS_OF.iter().find(|(code, _)| *code == order[1]).unwrap();
            let has = rights.iter().filter(|right| right[0] == order[0]).count();
            assert_eq!(has, *goods, "the goods of {order:?}");
        }
        const CODES: &str = "SELECT COUNT(DISTINCT value) FROM code WHERE entitlement IS NOT NULL";
        const CODE_RIGHTS: &str = "SELECT COUNT(*) FROM entitlement e
             JOIN benefit b ON b.id = e.benefit WHERE b.kind = 'code'";
        assert_eq!(
            self.count(CODES).await,
            self.count(CODE_RIGHTS).await,
            "a code each"
        );
        const UNSENT: &str =
            "SELECT COUNT(*) FROM entitlement WHERE sent_at IS NULL AND revoked_at IS NULL";
        assert_eq!(self.count(UNSENT).await, 0, "all goods were sent");
    }
}
