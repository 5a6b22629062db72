//! Rows of Telegram's ledger that no version understood yet.

use shop::{
    domain::*,
    limits,
    steps::{RowEnd, TelegramBalance},
};

use crate::{
    reconcile::{Ledger, codes},
    support::{NOW, after, each_database},
};

each_database! {
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
}
