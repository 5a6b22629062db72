//! What waits for a person: rows that were put aside, and differences. None hides another.

use shop::{domain::*, limits};

use crate::support::{NOW, TestShop, after, each_database, refund};

/// Rows as they would lie there, told apart by a number.
async fn lie_there(t: &TestShop, many: i64, start: i64, state: &str, tries: i64) {
    let effect = Effect::Refund {
        charge: "c".parse().unwrap(),
        buyer: UserId(7),
    };
    let body = serde_json::to_string(&effect).unwrap();
    let rows = (start..start + many).map(|n| {
        let ended = if state == "dead" { NOW.0.to_string() } else { "NULL".to_owned() };
        format!(
            "('{n:032x}', 'q{n}', 'refund:c{n}', '{body}', '{state}', {tries}, {}, {}, 'no_luck', {ended})",
            NOW.0, NOW.0 + n
        )
    });
    let rows: Vec<String> = rows.collect();
    t.run(&format!(
        "INSERT INTO outbox (id, queue, fact, body, state, tries, due_at, created_at, why, ended_at)
         VALUES {}",
        rows.join(", ")
    ))
    .await;
}

async fn dead(t: &TestShop) -> i64 {
    let outbox = "SELECT COUNT(*) FROM outbox WHERE state = 'dead'";
    let inbox = "SELECT COUNT(*) FROM inbox WHERE state = 'dead'";
    t.count(outbox).await + t.count(inbox).await
}

each_database! {
    /// However much waits that is older, what was put aside is listed, and all of it is tried again
    /// as if it were new.
    async fn nothing_hides_what_was_put_aside(t: TestShop) {
        let more = limits::OWED_SHOWN + 5;
        lie_there(&t, more, 0, "waiting", 3).await;
        lie_there(&t, more, 1_000, "dead", 60).await;
        let troubled = t.shop.troubled().await.unwrap();
        let shown = usize::try_from(limits::OWED_SHOWN).unwrap();
        assert_eq!((troubled.dead.len(), troubled.waiting.len()), (shown, shown));
        assert!(troubled.dead.iter().all(|row| row.dead && row.tries == 60 && row.next.is_none()));
        assert!(troubled.waiting.iter().all(|row| !row.dead && row.next.is_some()));
        let in_all = u64::try_from(more).unwrap();
        assert_eq!((troubled.dead_in_all, troubled.waiting_in_all), (in_all, in_all));
        let since = troubled.dead[0].since;
        assert_eq!(since, after(1_000), "the oldest first");

        assert_eq!(t.shop.revive_all(after(9)).await.unwrap(), in_all);
        assert_eq!(dead(&t).await, 0);
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox WHERE tries = 60").await, 0);
        assert_eq!(t.shop.revive_all(after(9)).await.unwrap(), 0);
    }

    /// One fact is owed once at a time, so of several rows that died for it the last is tried again.
    async fn what_died_twice_is_tried_again_once(t: TestShop) {
        lie_there(&t, 2, 0, "dead", 1).await;
        t.run("UPDATE outbox SET fact = 'deliver:x'").await;
        assert_eq!(t.shop.revive_all(NOW).await.unwrap(), 1);
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox WHERE state = 'waiting'").await, 1);
        let last = format!("{:032x}", 1);
        assert_eq!(t.count(&format!("SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND id = '{last}'")).await, 1);
        assert_eq!(t.shop.revive_all(NOW).await.unwrap(), 0);
    }

    /// One row by its name begins anew too.
    async fn a_row_that_is_tried_again_begins_anew(t: TestShop) {
        lie_there(&t, 1, 5, "dead", 60).await;
        let row = t.shop.troubled().await.unwrap().dead[0].id;
        assert!(t.shop.revive(row, after(1)).await.unwrap());
        let leased = t.shop.lease_effects(after(1), 10).await.unwrap();
        assert_eq!(leased.iter().map(|item| item.tries).collect::<Vec<_>>(), [0]);
    }

    /// A row says what it is about, and is shown whole.
    async fn a_row_says_what_it_is_about(t: TestShop) {
        let order = t.buy(1, "pass", "c1").await;
        t.run("UPDATE outbox SET state = 'dead', why = 'file_gone', ended_at = due_at").await;
        let paid = format!(
            "{{\"update_id\": 5, \"message\": {{\"from\": {{\"id\": 3}}, \"chat\": {{\"id\": 3}},
              \"successful_payment\": {{\"invoice_payload\": \"{}\"}}}}}}", order.id);
        t.shop.receive(5, &paid, NOW).await.unwrap();
        t.shop.receive(6, "no json", NOW).await.unwrap();
        t.run("UPDATE inbox SET state = 'dead', why = 'nonsense'").await;
        let troubled = t.shop.troubled().await.unwrap();
        let words: Vec<String> = troubled.dead.iter().map(|row| row.what.to_string()).collect();
        let goods = format!("sending “Text” to buyer 1 in the chat (order {})", order.id);
        for wanted in [&goods, "update successful_payment from 3", "an update that cannot be read"] {
            assert!(words.iter().any(|words| words == wanted), "{wanted} in {words:?}");
        }
        for row in &troubled.dead {
            let whole = t.shop.row(row.id).await.unwrap().unwrap();
            assert_eq!((&whole.what, whole.state.as_str()), (&row.what, "dead"));
            match row.what.to_string().as_str() {
                "an update that cannot be read" => assert_eq!(whole.raw, "no json"),
                _ => assert_eq!(whole.order, Some(order.id), "{whole:?}"),
            }
        }
        assert_eq!(t.shop.row(EffectId::from_bytes([9; 16])).await.unwrap(), None);
    }

    /// A message about a charge is about the order that it paid for.
    async fn a_word_about_a_charge_names_its_order(t: TestShop) {
        let order = t.buy(1, "book", "c1").await;
        t.shop.book_refund(&refund(&order, "c1"), NOW).await.unwrap();
        t.run("UPDATE outbox SET state = 'dead', ended_at = due_at WHERE fact LIKE 'tell:%'").await;
        let row = t.shop.troubled().await.unwrap().dead[0].id;
        let whole = t.shop.row(row).await.unwrap().unwrap();
        assert_eq!((whole.order, whole.what.buyer()), (Some(order.id), Some(UserId(1))));
        assert_eq!(whole.what.charge(), "c1".parse().ok());
    }

    /// Owners hear at once of what was put aside, and of what comes within the hour after it together.
    async fn owners_are_told_in_bulk(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        let told = "SELECT COUNT(*) FROM outbox WHERE fact LIKE 'warn:aside:%'";
        t.shop.warn_of_rows_put_aside(NOW).await.unwrap();
        assert_eq!(t.count(told).await, 0);
        lie_there(&t, 3, 0, "dead", 1).await;
        for second in 0..3 {
            t.shop.warn_of_rows_put_aside(after(second)).await.unwrap();
        }
        assert_eq!(t.count(told).await, 1);
        // What still lies there the next day is told no more; what dies then is.
        let day = after(limits::WARNING_SECONDS);
        t.shop.warn_of_rows_put_aside(day).await.unwrap();
        assert_eq!(t.count(told).await, 1);
        for (update, seconds, words) in [(6, 0, 2), (7, 60, 2), (8, 61, 2)] {
            let now = day.plus(seconds);
            t.shop.receive(update, "no json", now).await.unwrap();
            t.shop.warn_of_rows_put_aside(now).await.unwrap();
            assert_eq!(t.count(told).await, words);
        }
        for _ in 0..2 {
            t.shop.warn_of_rows_put_aside(day.plus(limits::PUT_ASIDE_SECONDS)).await.unwrap();
            assert_eq!(t.count(told).await, 3);
        }
        // A word that could not be said is no alarm.
        let quiet = t.count(told).await;
        t.run(&format!("UPDATE outbox SET state = 'dead', ended_at = {} WHERE fact LIKE 'warn:%'", day.0 + limits::WARNING_SECONDS)).await;
        t.shop.warn_of_rows_put_aside(day).await.unwrap();
        assert_eq!(t.count(told).await, quiet);
    }

    /// How much lies in the queues, and since when.
    async fn queues_say_how_much_lies_there(t: TestShop) {
        lie_there(&t, 2, 7, "waiting", 0).await;
        lie_there(&t, 3, 1_000, "dead", 1).await;
        t.shop.receive(6, "no json", NOW).await.unwrap();
        let loads = t.shop.queue_loads().await.unwrap();
        let load = |queue, dead, waiting, oldest| QueueLoad { queue, dead, waiting, oldest };
        assert_eq!(loads, [load("inbox", 1, 0, None), load("outbox", 3, 2, Some(after(7)))]);
    }

    /// As many as are found by one look hide no further one, be they open or accepted.
    async fn many_differences_hide_no_other(t: TestShop) {
        let many = limits::DIFFERENCES_MOST;
        for buyer in 1..=many + 3 {
            t.buy(buyer, "book", &format!("c{buyer}")).await;
        }
        let late = after(limits::LEDGER_GRACE_SECONDS + 1);
        let found = async || t.shop.compare(None, late).await.unwrap().found.len();
        let shown = usize::try_from(many).unwrap();
        assert_eq!(found().await, shown);
        assert_eq!(found().await, 3);
        assert_eq!(found().await, 0);
        let (open, all) = (t.shop.differences_open().await.unwrap(), u64::try_from(many + 3).unwrap());
        assert_eq!((t.shop.differences().await.unwrap().len(), open), (shown, all));
        for difference in t.shop.differences().await.unwrap() {
            t.shop.accept_difference(difference.id, late).await.unwrap();
        }
        t.buy(many + 9, "book", "new").await;
        let later = late.plus(limits::LEDGER_GRACE_SECONDS);
        let new = t.shop.compare(None, later).await.unwrap().found;
        assert_eq!(new.iter().map(|found| found.subject.as_str()).collect::<Vec<_>>(), ["new"]);
        // What Telegram shows after all goes away, however many there are.
        t.run("UPDATE charge SET seen_at = booked_at").await;
        assert_eq!(t.shop.compare(None, later).await.unwrap().gone, 4);
        assert_eq!(t.shop.differences_open().await.unwrap(), 0);
    }
}
