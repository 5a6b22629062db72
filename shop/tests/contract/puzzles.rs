//! Rows of Telegram's ledger that no version understood yet.

use std::time::Duration;

use shop::{
    domain::*,
    limits,
    steps::{RowEnd, TelegramBalance},
};
use sqlx::Connection;

use crate::{
    reconcile::{Ledger, codes},
    support::{BOT, Engine, NOW, TestShop, after, balance, each_database},
};

/// Waits until somebody waits for a row of Telegram's ledger.
async fn waits_for_a_row(t: &TestShop) {
    let waits = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'
         AND datname = current_database() AND query LIKE 'UPDATE star_row SET state%'";
    while t.count(waits).await == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

each_database! {
    /// A row that this version cannot work is told, and keeps no other from being worked.
    async fn one_row_in_trouble_stops_no_other(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        let mut ledger = Ledger::default();
        let mut orders = Vec::new();
        for buyer in 1..=3 {
            let order = t.open_order(buyer, "book").await;
            ledger.sale(&order, &format!("c{buyer}"), Direction::In);
            orders.push(order);
        }
        t.shop.star_rows_read(BOT, NOW).await.unwrap();
        t.shop.keep_star_rows(0, &ledger.0, NOW).await.unwrap();
        t.run(&format!("UPDATE orders SET term = 'pass' WHERE id = '{}'", orders[0].id)).await;

        let settled = |order: &Order| RowEnd::Settled(Settled::Granted(order.id));
        let ends = t.shop.work_star_rows(NOW).await.unwrap();
        assert_eq!(ends, [settled(&orders[1]), settled(&orders[2])]);
        let trouble = t.shop.work_star_rows(NOW).await.unwrap_err();
        assert_eq!(trouble.code(), "database_corrupt");
        t.shop.compare(None, NOW).await.unwrap();
        assert_eq!(codes(&t).await, [DifferenceCode::RowNotWorked]);
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox WHERE fact LIKE 'warn:differ:%'").await, 1);

        t.run(&format!("UPDATE orders SET term = 'forever' WHERE id = '{}'", orders[0].id)).await;
        assert_eq!(t.shop.work_star_rows(NOW).await.unwrap(), [settled(&orders[0])]);
        assert_eq!(t.shop.work_star_rows(NOW).await.unwrap(), []);
        t.shop.compare(None, NOW).await.unwrap();
        assert_eq!(codes(&t).await, []);
        t.assert_sound().await;
    }

    /// However many there are of one kind.
    async fn an_alarm_rings_once_a_day(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        let mut ledger = Ledger::default();
        let told = "SELECT COUNT(*) FROM outbox WHERE fact LIKE 'warn:differ:row_not_understood:%'";
        for (seconds, rung) in [(0, 1), (60, 1), (limits::WARNING_SECONDS, 2)] {
            let id = format!("odd{seconds}");
            ledger.row(&id, Direction::Unclear, Amount::default(), StarRowKind::Unreadable);
            ledger.look(&t, after(seconds)).await;
            assert_eq!(t.count(told).await, rung, "after {seconds} s");
        }
    }

    /// What comes after the day's word, and what goes on, is told the next day.
    async fn an_alarm_rings_until_somebody_looks(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        let mut ledger = Ledger::default();
        let told = "SELECT COUNT(*) FROM outbox WHERE fact LIKE 'warn:differ:%'";
        let day = limits::WARNING_SECONDS;
        for (id, seconds, rung) in [("odd1", 0, 1), ("odd2", 60, 1), ("", day, 2), ("", 2 * day, 3)] {
            if !id.is_empty() {
                ledger.row(id, Direction::Unclear, Amount::default(), StarRowKind::Unreadable);
            }
            ledger.look(&t, after(seconds)).await;
            assert_eq!(t.count(told).await, rung, "after {seconds} s");
        }
        for difference in t.shop.differences().await.unwrap() {
            assert!(t.shop.accept_difference(difference.id, after(2 * day)).await.unwrap());
        }
        ledger.look(&t, after(3 * day)).await;
        assert_eq!(t.count(told).await, 3);
    }

    /// A gap that was accepted is over when the balance is right; one of the same size is another.
    async fn an_accepted_gap_hides_no_later_one(t: TestShop) {
        let compare = async |stars| {
            let balance = Balance::new(stars, 0);
            t.shop.compare(Some(TelegramBalance { balance, rows: 0 }), NOW).await.unwrap();
            t.shop.differences().await.unwrap()
        };
        let gap = compare(-50).await;
        assert!(t.shop.accept_difference(gap[0].id, NOW).await.unwrap());
        assert_eq!(compare(-50).await, []);
        assert_eq!(compare(0).await, []);
        assert_eq!(compare(-50).await.len(), 1);
    }

    /// A row that no version understood is read again by each that starts, as often as it takes, and
    /// its alarm goes when it is understood.
    async fn a_puzzling_row_waits_for_a_version_that_reads_it(t: TestShop) {
        let mut ledger = Ledger::default();
        let order = t.open_order(1, "book").await;
        ledger.sale(&order, "c1", Direction::In);
        let meant = ledger.0.pop().unwrap();
        ledger.row("odd", Direction::Unclear, Amount::default(), StarRowKind::Unreadable);
        let odd = ledger.0[0].clone();
        let puzzle = RowEnd::Puzzling(DifferenceCode::RowNotUnderstood);
        assert_eq!(ledger.look(&t, NOW).await, [puzzle]);
        assert_eq!(codes(&t).await, [DifferenceCode::RowNotUnderstood]);

        // The same version starts again: nothing new, and no second alarm.
        let same = |raw| StarRow { raw, ..odd.clone() };
        assert_eq!(t.shop.read_puzzling_star_rows(same, NOW).await.unwrap(), 1);
        assert_eq!(ledger.look(&t, NOW).await, [RowEnd::Known]);
        assert_eq!(codes(&t).await, [DifferenceCode::RowNotUnderstood]);
        assert_eq!(t.count("SELECT COUNT(*) FROM difference").await, 1);

        // Far behind what is read of the ledger by now, a version reads it.
        let newer = |raw| {
            assert_eq!(raw, odd.raw);
            StarRow { raw, ..meant.clone() }
        };
        assert_eq!(t.shop.read_puzzling_star_rows(newer, NOW).await.unwrap(), 1);
        let ends = t.shop.work_star_rows(NOW).await.unwrap();
        assert_eq!(ends, [RowEnd::Settled(Settled::Granted(order.id))]);
        let has = TelegramBalance { balance: Balance::new(50, 0), rows: 1 };
        t.shop.compare(Some(has), NOW).await.unwrap();
        assert_eq!(codes(&t).await, []);
        assert_eq!(t.shop.read_puzzling_star_rows(same, NOW).await.unwrap(), 0);
        t.assert_sound().await;
    }
    /// A row that another version stored in its own words stops no other, and is a puzzle until a
    /// version reads it.
    async fn words_of_another_version_stop_no_row(t: TestShop) {
        let mut ledger = Ledger::default();
        let orders = [t.open_order(1, "book").await, t.open_order(2, "book").await];
        ledger.sale(&orders[0], "c1", Direction::In);
        ledger.sale(&orders[1], "c2", Direction::In);
        t.shop.star_rows_read(BOT, NOW).await.unwrap();
        t.shop.keep_star_rows(0, &ledger.0, NOW).await.unwrap();
        t.run("UPDATE star_row SET body = '{\"kind\":\"of tomorrow\"}' WHERE id = 'c1'").await;
        let settled = |order: &Order| RowEnd::Settled(Settled::Granted(order.id));
        let puzzle = RowEnd::Puzzling(DifferenceCode::RowNotUnderstood);
        let ends = t.shop.work_star_rows(NOW).await.unwrap();
        assert_eq!(ends.len(), 2);
        assert!(ends.contains(&puzzle) && ends.contains(&settled(&orders[1])), "{ends:?}");
        assert_eq!(codes(&t).await, [DifferenceCode::RowNotUnderstood]);

        let meant = ledger.0[0].clone();
        let read = |raw| StarRow { raw, ..meant.clone() };
        assert_eq!(t.shop.read_puzzling_star_rows(read, NOW).await.unwrap(), 1);
        assert_eq!(t.shop.work_star_rows(NOW).await.unwrap(), [settled(&orders[0])]);
        t.assert_sound().await;
    }

    /// Another process reads how a withdrawal ended while this one works its row: the row is worked
    /// once more, as what it says now, and its Stars are taken once.
    async fn a_new_word_of_a_row_at_work_is_not_lost(t: TestShop) {
        if t.engine != Engine::Postgres {
            return;
        }
        let mut ledger = Ledger::default();
        let (state, whole) = (WithdrawalState::Pending, Amount::whole(Stars(40)));
        ledger.row("w1", Direction::Out, whole, StarRowKind::Withdrawal { state });
        t.shop.star_rows_read(BOT, NOW).await.unwrap();
        t.shop.keep_star_rows(0, &ledger.0, NOW).await.unwrap();

        let mut other = sqlx::AnyConnection::connect(&t.url).await.unwrap();
        let learns = "BEGIN; UPDATE star_row SET body = REPLACE(body, 'pending', 'failed')";
        sqlx::raw_sql(learns).execute(&mut other).await.unwrap();
        let shop = t.shop.clone();
        let working = tokio::spawn(async move { shop.work_star_rows(NOW).await.unwrap() });
        waits_for_a_row(&t).await;
        sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
        working.await.unwrap();
        while !t.shop.work_star_rows(NOW).await.unwrap().is_empty() {}
        assert_eq!(t.count("SELECT COUNT(*) FROM star_row WHERE state = 'worked'").await, 1);
        assert_eq!(balance(&t, Account::Telegram).await, -40);
        t.assert_sound().await;
    }
}
