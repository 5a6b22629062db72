//! One transaction: a step that fails, at whatever statement, leaves nothing half-written.
//!
//! Faults are injected in the database itself: a trigger refuses one kind of write to one table.
//! Going through all kinds and all tables meets every statement that a step writes with, without
//! the step knowing. A second test stops the step's future at every point where it waits.

use std::{
    collections::BTreeSet,
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

use shop::domain::*;
use tokio::task::JoinSet;

use crate::support::{
    Engine, ManifestContent, NOW, TABLES, TestShop, each_database, payment, query, refund, sample,
    wish,
};

/// A step, and what must have happened before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Story {
    Open,
    Precheck,
    Settle,
    SettleLate,
    GiveBack,
    Expire,
    QueueRefund,
    BookRefund,
    BookUnknownRefund,
    MarkSent,
    SendAgain,
    Receive,
    Import,
}

const STORIES: [Story; 13] = [
    Story::Open,
    Story::Precheck,
    Story::Settle,
    Story::SettleLate,
    Story::GiveBack,
    Story::Expire,
    Story::QueueRefund,
    Story::BookRefund,
    Story::BookUnknownRefund,
    Story::MarkSent,
    Story::SendAgain,
    Story::Receive,
    Story::Import,
];

/// One telling of a story, with names of its own.
struct Telling {
    story: Story,
    number: i64,
    order: Option<Order>,
    goods: Vec<Goods>,
}

/// Long after every order has expired.
const LATE: UnixSeconds = UnixSeconds(NOW.0 + 100_000);

impl Telling {
    /// Makes what the story needs.
    async fn prepare(t: &TestShop, story: Story, number: i64) -> Self {
        let (buyer, charge) = (number + 1, format!("c{number}"));
        let mut telling = Self {
            story,
            number,
            order: None,
            goods: Vec::new(),
        };
        match story {
            Story::Precheck | Story::Settle | Story::GiveBack | Story::Expire => {
                telling.order = Some(t.open_order(buyer, "key").await);
            }
            Story::SettleLate => {
                telling.order = Some(t.open_order(buyer, "key").await);
                assert!(t.shop.expire_orders(LATE).await.unwrap() > 0);
            }
            Story::QueueRefund | Story::BookRefund | Story::MarkSent | Story::SendAgain => {
                let order = t.buy(buyer, "key", &charge).await;
                telling.goods = t
                    .shop
                    .order(order.id, order.buyer)
                    .await
                    .unwrap()
                    .unwrap()
                    .goods;
                telling.order = Some(order);
                if story == Story::SendAgain {
                    // What the purchase owed is done, so that a new row is written.
                    t.run("UPDATE outbox SET state = 'done', ended_at = 0")
                        .await;
                }
            }
            Story::Open | Story::BookUnknownRefund | Story::Receive | Story::Import => {}
        }
        telling
    }

    fn order(&self) -> &Order {
        self.order.as_ref().unwrap()
    }

    /// Takes the step. The text tells its end.
    async fn act(&self, t: &TestShop) -> Result<String, String> {
        let (number, charge) = (self.number, format!("c{}", self.number));
        let shop = &t.shop;
        let end = match self.story {
            Story::Open => shop
                .open_order(&wish(number + 1, "key"), NOW)
                .await
                .map(|o| format!("{:?}", o.state))
                .map_err(|e| e.to_string()),
            Story::Precheck => said(shop.precheck(&query(self.order()), NOW).await),
            Story::Settle => said(shop.settle(&payment(self.order(), &charge), NOW).await),
            Story::SettleLate => said(shop.settle(&payment(self.order(), &charge), LATE).await),
            Story::GiveBack => {
                let wrong = Payment {
                    amount: 1,
                    ..payment(self.order(), &charge)
                };
                said(shop.settle(&wrong, NOW).await)
            }
            Story::Expire => said(shop.expire_orders(LATE).await),
            Story::QueueRefund => said(shop.queue_refund(self.order().id, NOW).await),
            Story::BookRefund => said(shop.book_refund(&refund(self.order(), &charge), NOW).await),
            Story::BookUnknownRefund => {
                let (charge, buyer) = (charge.parse().unwrap(), UserId(number));
                said(
                    shop.book_refund(
                        &Refund {
                            charge,
                            buyer,
                            amount: Stars(9),
                        },
                        NOW,
                    )
                    .await,
                )
            }
            Story::MarkSent => said(shop.mark_sent(self.goods[0].entitlement, None, NOW).await),
            Story::SendAgain => {
                let (right, buyer) = (self.goods[0].entitlement, self.order().buyer);
                said(shop.send_again(right, buyer, NOW).await)
            }
            Story::Receive => said(
                shop.receive(number, &format!("{{\"n\":{number}}}"), NOW)
                    .await,
            ),
            Story::Import => {
                let mut manifest = many_codes();
                manifest.products[0].text.title = Some(format!("Title {number}"));
                manifest.products[0].texts.clear();
                said(shop.set_manifest(&manifest).await)
            }
        };
        end.map(|end| format!("{:?}: {end}", self.story))
    }
}

fn said<T: std::fmt::Debug>(result: Result<T, shop::store::StoreError>) -> Result<String, String> {
    result
        .map(|end| format!("{end:?}"))
        .map_err(|error| error.to_string())
}

/// The sample with enough codes for every telling.
fn many_codes() -> Manifest {
    let mut manifest = sample();
    let codes = (0..50).map(|n| format!("CODE-{n:04}")).collect();
    manifest.products[2].benefits[0].content = ManifestContent::Codes(codes);
    manifest
}

/// Lets one kind of write to one table fail, or work again.
async fn set_fault(t: &TestShop, table: &str, write: &str, armed: bool) {
    let statement = match (t.engine, armed) {
        (Engine::Postgres, true) => format!(
            "CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql
                 AS $$ BEGIN RAISE EXCEPTION 'injected fault'; END $$;
             CREATE TRIGGER fault BEFORE {write} ON {table} FOR EACH ROW EXECUTE FUNCTION fault()"
        ),
        (Engine::Postgres, false) => format!("DROP TRIGGER fault ON {table}"),
        (_, true) => format!(
            "CREATE TRIGGER fault BEFORE {write} ON {table}
             BEGIN SELECT RAISE(ABORT, 'injected fault'); END"
        ),
        (_, false) => "DROP TRIGGER fault".to_owned(),
    };
    t.run(&statement).await;
}

each_database! {
    async fn one_transaction(t: TestShop) {
        let mut stories = JoinSet::new();
        for story in STORIES {
            stories.spawn(every_fault(t.engine, story));
        }
        let hits: BTreeSet<String> = stories.join_all().await.into_iter().flatten().collect();
        for expected in EXPECTED {
            assert!(hits.contains(expected), "{expected} was never met: {hits:?}");
        }
        assert!(hits.len() >= 40, "{} faults were met: {hits:?}", hits.len());
    }

    async fn stopping_anywhere_leaves_all_or_nothing(t: TestShop) {
        let mut number = 10_000;
        for story in STOPPED {
            let t = TestShop::empty(t.engine).await.unwrap();
            t.shop.set_manifest(&many_codes()).await.unwrap();
            for polls in 1..POLLS_MOST {
                number += 1;
                let telling = Telling::prepare(&t, story, number).await;
                let ended = poll_at_most(telling.act(&t), polls).await;
                // Dropped: its transaction is undone or, when it was already committing, done.
                // Either way the books are sound now, and the same step can be taken again.
                telling.act(&t).await.unwrap();
                t.assert_sound().await;
                if ended.is_some() {
                    break;
                }
                assert!(polls + 1 < POLLS_MOST, "{story:?} never ended");
            }
        }
    }
}

/// Tells a story once for each kind of write to each table, with that write failing. Gives the
/// writes that the story makes.
async fn every_fault(engine: Engine, story: Story) -> Vec<String> {
    let t = TestShop::empty(engine).await.unwrap();
    t.shop.set_manifest(&many_codes()).await.unwrap();
    // Only an import writes most of the catalogue's tables.
    let tables = TABLES
        .iter()
        .filter(|t| story == Story::Import || MOVING.contains(t));
    let (mut number, mut hits) = (0, Vec::new());
    for (table, write) in tables.flat_map(|t| WRITES.map(|write| (t, write))) {
        number += 1;
        let telling = Telling::prepare(&t, story, number).await;
        let before = t.dump().await;
        set_fault(&t, table, write, true).await;
        let end = telling.act(&t).await;
        set_fault(&t, table, write, false).await;
        if let Err(error) = end {
            assert!(
                error.contains("injected fault"),
                "{story:?} {table}: {error}"
            );
            assert_eq!(t.dump().await, before, "{story:?}, {write} {table}");
            hits.push(format!("{story:?} {write} {table}"));
            // Nothing is stuck: the same step goes through when tried again.
            telling.act(&t).await.unwrap();
        }
    }
    t.assert_sound().await;
    hits
}

/// Steps that are stopped midway.
const STOPPED: [Story; 6] = [
    Story::Open,
    Story::Precheck,
    Story::Settle,
    Story::SettleLate,
    Story::GiveBack,
    Story::BookRefund,
];

/// More than any step waits.
const POLLS_MOST: usize = 400;

/// The kinds of write.
const WRITES: [&str; 3] = ["INSERT", "UPDATE", "DELETE"];

/// The tables that buying moves.
const MOVING: [&str; 11] = [
    "allowance",
    "buyer",
    "charge",
    "code",
    "entitlement",
    "hold",
    "inbox",
    "ledger",
    "orders",
    "outbox",
    "pool",
];

/// Writes that certainly belong to these steps.
const EXPECTED: [&str; 19] = [
    "Open INSERT allowance",
    "Open INSERT hold",
    "Open INSERT orders",
    "Open UPDATE pool",
    "Precheck UPDATE orders",
    "Settle INSERT charge",
    "Settle INSERT entitlement",
    "Settle INSERT ledger",
    "Settle INSERT outbox",
    "Settle UPDATE code",
    "Settle UPDATE orders",
    "SettleLate INSERT hold",
    "SettleLate UPDATE allowance",
    "GiveBack INSERT ledger",
    "Expire DELETE hold",
    "QueueRefund INSERT ledger",
    "BookRefund UPDATE entitlement",
    "BookUnknownRefund INSERT charge",
    "Import UPDATE product",
];

/// Polls a future so many times, then drops it.
async fn poll_at_most<T>(future: impl Future<Output = T>, most: usize) -> Option<T> {
    let mut future = pin!(future);
    let mut polls = 0;
    poll_fn(|context| {
        if polls == most {
            return Poll::Ready(None);
        }
        polls += 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}
