//! One transaction: a step that fails, at whatever statement, leaves nothing half-written.
//!
//! Faults are injected in the database itself: a trigger refuses one kind of write to one table.
//! Going through all kinds and all tables meets every statement that a step writes with, without
//! the step knowing. A second test stops the step's future at every point where it waits.

mod telling;

use std::{
    collections::BTreeSet,
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

use shop::domain::UserId;
use telling::{STORIES, Story, Telling, many_codes};
use tokio::task::JoinSet;

use crate::support::{BOT, Engine, NOW, TABLES, TestShop, each_database};

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
        assert!(hits.len() >= 50, "{} faults were met: {hits:?}", hits.len());
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
    t.owned_by(vec![UserId(900)]);
    t.shop.star_rows_read(BOT, NOW).await.unwrap();
    // Only an import writes most of the catalogue's tables, and only what is for a time those of
    // subscriptions.
    let tables = TABLES.iter().filter(|t| match story {
        Story::Import => true,
        _ if story.is_for_a_time() => MOVING.contains(t) || LASTING.contains(t),
        _ => MOVING.contains(t),
    });
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
const STOPPED: [Story; 12] = [
    Story::Open,
    Story::Precheck,
    Story::Settle,
    Story::SettleLate,
    Story::GiveBack,
    Story::BookRefund,
    Story::KeepRows,
    Story::WorkPaid,
    Story::WorkBack,
    Story::Compare,
    Story::ChangePlan,
    Story::TakeCredit,
];

/// More than any step waits.
const POLLS_MOST: usize = 400;

/// The kinds of write.
const WRITES: [&str; 3] = ["INSERT", "UPDATE", "DELETE"];

/// The tables that buying moves.
const MOVING: [&str; 14] = [
    "allowance",
    "buyer",
    "charge",
    "code",
    "difference",
    "entitlement",
    "hold",
    "inbox",
    "ledger",
    "orders",
    "outbox",
    "pool",
    "star_mark",
    "star_row",
];

/// Those that subscriptions and passes move besides.
const LASTING: [&str; 3] = ["event", "period", "subscription"];

/// Writes that certainly belong to these steps.
const EXPECTED: [&str; 37] = [
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
    "KeepRows INSERT star_row",
    "KeepRows UPDATE star_mark",
    "MatchUp INSERT ledger",
    "MatchUp UPDATE charge",
    "MatchUp UPDATE star_row",
    "Puzzle INSERT difference",
    "Puzzle INSERT outbox",
    "Withdraw INSERT ledger",
    "Compare INSERT difference",
    "Accept UPDATE difference",
    "Warn INSERT outbox",
    "ChangePlan INSERT event",
    "ChangePlan INSERT subscription",
    "ChangePlan UPDATE entitlement",
    "ComeBack INSERT period",
    "ComeBack UPDATE subscription",
    "TakeCredit UPDATE subscription",
    "PayTwice INSERT outbox",
];

/// Polls a future so many times, then drops it.
pub(crate) async fn poll_at_most<T>(future: impl Future<Output = T>, most: usize) -> Option<T> {
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
