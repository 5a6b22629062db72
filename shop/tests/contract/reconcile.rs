//! Our books are made what Telegram's ledger says, whatever was missed.

use serde_json::json;
use shop::{
    domain::*,
    limits,
    steps::{RowEnd, TelegramBalance},
};

use crate::support::{BOT, NOW, TestShop, after, balance, each_database, payment, query, refund};

/// Telegram's ledger, oldest row first.
#[derive(Default)]
pub(crate) struct Ledger(pub(crate) Vec<StarRow>);

const STAR: i128 = 1_000_000_000;

impl Ledger {
    pub(crate) fn row(
        &mut self,
        id: &str,
        direction: Direction,
        amount: Amount,
        kind: StarRowKind,
    ) {
        let (id, at) = (id.to_owned(), NOW);
        let raw = json!({"id": id, "place": self.0.len()});
        self.0.push(StarRow {
            id,
            direction,
            amount,
            at,
            kind,
            raw,
        });
    }

    pub(crate) fn sale(&mut self, order: &Order, charge: &str, direction: Direction) {
        self.sale_of(
            order.buyer.0,
            &order.id.to_string(),
            charge,
            direction,
            50 * STAR,
            None,
        );
    }

    fn sale_of(
        &mut self,
        buyer: i64,
        payload: &str,
        charge: &str,
        direction: Direction,
        amount: i128,
        cut: Option<i128>,
    ) {
        let kind = StarRowKind::Sale {
            buyer: UserId(buyer),
            payload: payload.to_owned(),
            commission: cut.and_then(Amount::from_nanostars),
            recurring: false,
        };
        self.row(
            charge,
            direction,
            Amount::from_nanostars(amount).unwrap(),
            kind,
        );
    }

    /// What Telegram says that the bot has.
    fn balance(&self) -> TelegramBalance {
        let signed = |row: &StarRow| match row.direction {
            Direction::In => row.amount.in_nanostars(),
            Direction::Out => -row.amount.in_nanostars(),
            Direction::Unclear => 0,
        };
        let nanostars = self.0.iter().map(signed).sum();
        TelegramBalance {
            balance: Balance { nanostars },
            rows: self.0.len() as u64,
        }
    }

    /// One whole look, as the worker takes it, with pages of 3 rows and an overlap of 2.
    pub(crate) async fn look(&self, t: &TestShop, now: UnixSeconds) -> Vec<RowEnd> {
        let mut offset = t
            .shop
            .star_rows_read(BOT, now)
            .await
            .unwrap()
            .saturating_sub(2);
        loop {
            let from = usize::try_from(offset).unwrap();
            let page: Vec<StarRow> = self.0.iter().skip(from).take(3).cloned().collect();
            t.shop.keep_star_rows(offset, &page, now).await.unwrap();
            offset += page.len() as u64;
            if page.len() < 3 {
                break;
            }
        }
        let mut all = Vec::new();
        loop {
            let ends = t.shop.work_star_rows(now).await.unwrap();
            if ends.is_empty() {
                break;
            }
            all.extend(ends);
        }
        t.shop.compare(Some(self.balance()), now).await.unwrap();
        all
    }
}

pub(crate) async fn codes(t: &TestShop) -> Vec<DifferenceCode> {
    let open = t.shop.differences().await.unwrap();
    open.into_iter()
        .map(|difference| difference.finding.code)
        .collect()
}

async fn telegrams(t: &TestShop) -> i128 {
    let books = t.shop.balances().await.unwrap();
    books
        .iter()
        .find(|(a, _)| *a == Account::Telegram)
        .unwrap()
        .1
        .nanostars
}

each_database! {
    /// All updates of two days were lost: the ledger alone rebuilds every sale, once.
    async fn an_outage_of_two_days_is_rebuilt(t: TestShop) {
        let mut ledger = Ledger::default();
        let mut orders = Vec::new();
        for buyer in 1..=8 {
            let product = if buyer > 6 { "print" } else { "book" };
            let order = t.open_order(buyer, product).await;
            assert_eq!(t.shop.precheck(&query(&order), NOW).await.unwrap(), Ok(()));
            ledger.sale(&order, &format!("c{buyer}"), Direction::In);
            orders.push(order);
        }
        // The first one was told before the outage.
        t.shop.settle(&payment(&orders[0], "c1"), NOW).await.unwrap();
        let late = after(48 * 3600);
        t.shop.expire_orders(late).await.unwrap();
        let ends = ledger.look(&t, late).await;
        let granted = ends.iter().filter(|end| matches!(end, RowEnd::Settled(Settled::Granted(_))));
        assert_eq!(granted.count(), 7);
        for order in &orders {
            assert_eq!(t.shop.order_state(order.id).await.unwrap(), Some(OrderState::Paid));
        }
        assert_eq!(telegrams(&t).await, ledger.balance().balance.nanostars);
        assert_eq!(codes(&t).await, []);
        t.assert_sound().await;
        // Another look changes nothing, and so do the updates, should they come after all.
        let before = t.dump().await;
        assert_eq!(ledger.look(&t, late).await, []);
        for (order, n) in orders.iter().zip(1..) {
            let again = t.shop.settle(&payment(order, &format!("c{n}")), late).await.unwrap();
            assert_eq!(again, Settled::AlreadyBooked);
        }
        assert_eq!(t.dump().await, before);
    }

    async fn what_cannot_be_granted_goes_back(t: TestShop) {
        let mut ledger = Ledger::default();
        let order = t.buy(1, "book", "c1").await;
        ledger.sale(&order, "c1", Direction::In);
        ledger.sale(&order, "c2", Direction::In);
        ledger.sale_of(3, "no order of ours", "c3", Direction::In, 9 * STAR, None);
        let refunding = |reason| RowEnd::Settled(Settled::Refunding(reason));
        let refusal = Refusal::UnknownOrder;
        assert_eq!(ledger.look(&t, NOW).await, [
            RowEnd::Known,
            refunding(RefundReason::PaidTwice),
            refunding(RefundReason::Refused { refusal }),
        ]);
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox WHERE fact LIKE 'refund:%'").await, 2);
        t.assert_sound().await;
    }

    /// A shop that begins with a bot that sold before must not send all of that money back.
    async fn sales_of_another_shop_before_us_are_let_be(t: TestShop) {
        let mut ledger = Ledger::default();
        ledger.sale_of(3, "old", "old-1", Direction::In, 70 * STAR, None);
        ledger.sale_of(3, "old", "old-2", Direction::In, 30 * STAR, None);
        ledger.sale_of(3, "old", "old-2", Direction::Out, 30 * STAR, None);
        let first_look = after(60);
        assert_eq!(ledger.look(&t, first_look).await, [RowEnd::Recorded, RowEnd::Recorded, RowEnd::Recorded]);
        assert_eq!(t.count("SELECT COUNT(*) FROM charge").await, 0);
        assert_eq!(balance(&t, Account::Elsewhere).await, -70);
        assert_eq!(telegrams(&t).await, ledger.balance().balance.nanostars);
        assert_eq!(codes(&t).await, []);

        // The update of it comes late: it is booked, as what it is.
        let order = t.buy(4, "book", "c1").await;
        let late = Payment { payload: "old".into(), ..payment(&order, "old-1") };
        assert_eq!(t.shop.settle(&late, after(61)).await.unwrap(), Settled::AlreadyBooked);
        assert_eq!(balance(&t, Account::Elsewhere).await, -70);
        // So is its refund, whoever tells of it first.
        t.shop.book_refund(&refund(&order, "old-1"), after(62)).await.unwrap();
        ledger.sale_of(3, "old", "old-1", Direction::Out, 70 * STAR, None);
        assert_eq!(ledger.look(&t, after(63)).await, [RowEnd::Recorded]);
        assert_eq!(balance(&t, Account::Elsewhere).await, 0);
        assert_eq!(t.count("SELECT COUNT(*) FROM charge").await, 1);
    }

    async fn refunds_made_elsewhere_take_the_goods_back(t: TestShop) {
        let mut ledger = Ledger::default();
        t.owned_by(vec![UserId(900), UserId(901)]);
        let order = t.buy(1, "key", "c1").await;
        ledger.sale(&order, "c1", Direction::In);
        ledger.look(&t, NOW).await;
        ledger.sale(&order, "c1", Direction::Out);
        assert_eq!(ledger.look(&t, NOW).await, [RowEnd::Refunded(Some(order.id))]);
        assert_eq!(t.shop.order_state(order.id).await.unwrap(), Some(OrderState::Refunded));
        let entry = t.shop.order(order.id, UserId(1)).await.unwrap().unwrap();
        assert!(entry.goods.is_empty());
        // The buyer and both owners are told.
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox WHERE fact = 'tell:refunded:c1'").await, 1);
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox WHERE fact LIKE 'warn:chargeback:c1:%'").await, 2);
        assert_eq!(telegrams(&t).await, 0);
        assert_eq!(codes(&t).await, []);
        t.assert_sound().await;
    }

    /// Paid and given back while nobody listened: no goods go out for money that is gone.
    async fn a_payment_that_already_went_back_grants_nothing(t: TestShop) {
        let mut ledger = Ledger::default();
        let order = t.open_order(1, "key").await;
        ledger.sale(&order, "c1", Direction::In);
        ledger.sale(&order, "c1", Direction::Out);
        let ends = ledger.look(&t, after(99)).await;
        assert_eq!(ends, [RowEnd::Refunded(None), RowEnd::Known]);
        assert_eq!(t.count("SELECT COUNT(*) FROM entitlement").await, 0);
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox").await, 0);
        let settled = t.shop.settle(&payment(&order, "c1"), after(99)).await.unwrap();
        assert_eq!(settled, Settled::AlreadyBooked);
        assert_eq!((telegrams(&t).await, codes(&t).await), (0, vec![]));
        t.assert_sound().await;
    }

    async fn an_affiliates_cut_is_booked_and_comes_back(t: TestShop) {
        let mut ledger = Ledger::default();
        let told = t.buy(1, "book", "c1").await;
        let missed = t.open_order(2, "book").await;
        let (net, cut) = (44 * STAR + STAR / 2, 5 * STAR + STAR / 2);
        for (order, charge) in [(&told, "c1"), (&missed, "c2")] {
            let payload = order.id.to_string();
            ledger.sale_of(order.buyer.0, &payload, charge, Direction::In, net, Some(cut));
        }
        let ends = ledger.look(&t, NOW).await;
        assert_eq!(ends, [RowEnd::Known, RowEnd::Settled(Settled::Granted(missed.id))]);
        assert_eq!(telegrams(&t).await, 2 * net);
        assert_eq!((balance(&t, Account::Affiliates).await, balance(&t, Account::Sales).await), (11, -100));
        t.shop.book_refund(&refund(&told, "c1"), NOW).await.unwrap();
        ledger.sale_of(1, &told.id.to_string(), "c1", Direction::Out, net, Some(cut));
        ledger.look(&t, NOW).await;
        assert_eq!(telegrams(&t).await, net);
        assert_eq!(codes(&t).await, []);
        t.assert_sound().await;
    }

    /// A withdrawal takes its Stars once, however it ends; where it fails, another row brings them back.
    async fn withdrawals_are_followed_to_their_end(t: TestShop) {
        let mut ledger = Ledger::default();
        let order = t.buy(1, "book", "c1").await;
        ledger.sale(&order, "c1", Direction::In);
        let withdrawal = |state| StarRowKind::Withdrawal { state };
        let (forty, ten) = (Amount::whole(Stars(40)), Amount::whole(Stars(10)));
        ledger.row("w1", Direction::Out, forty, withdrawal(WithdrawalState::Pending));
        let name = "telegram_ads".to_owned();
        ledger.row("ads", Direction::Out, ten, StarRowKind::Other { name });
        ledger.look(&t, NOW).await;
        assert_eq!(t.shop.unfinished_star_rows(0).await.unwrap(), [1]);
        assert_eq!((balance(&t, Account::Withdrawn).await, balance(&t, Account::Elsewhere).await), (40, 10));
        assert_eq!(telegrams(&t).await, 0);
        // It fails days later, in its old place, and the Stars come back in a new one.
        ledger.0[1].kind = withdrawal(WithdrawalState::Failed);
        t.shop.keep_star_rows(1, &ledger.0[1..2], after(9)).await.unwrap();
        assert_eq!(t.shop.star_rows_read(BOT, after(9)).await.unwrap(), 3, "a look back moves no mark back");
        assert_eq!(t.shop.work_star_rows(after(9)).await.unwrap(), [RowEnd::Recorded]);
        assert_eq!(telegrams(&t).await, 0);
        assert_eq!(t.shop.unfinished_star_rows(0).await.unwrap(), Vec::<u64>::new());
        let name = "fragment".to_owned();
        ledger.row("w1", Direction::In, forty, StarRowKind::Other { name });
        ledger.look(&t, after(9)).await;
        assert_eq!((telegrams(&t).await, codes(&t).await), (40 * STAR, vec![]));
        // One that had failed before it was seen comes to the same, and one that succeeds stays gone.
        ledger.row("w2", Direction::Out, ten, withdrawal(WithdrawalState::Failed));
        let name = "fragment".to_owned();
        ledger.row("w2", Direction::In, ten, StarRowKind::Other { name });
        ledger.row("w3", Direction::Out, ten, withdrawal(WithdrawalState::Succeeded));
        ledger.look(&t, after(9)).await;
        assert_eq!((telegrams(&t).await, codes(&t).await), (30 * STAR, vec![]));
    }

    async fn many_withdrawals_hide_no_later_one(t: TestShop) {
        let mut ledger = Ledger::default();
        let most = usize::try_from(limits::WITHDRAWALS_MOST).unwrap();
        for number in 0..=most {
            let state = WithdrawalState::Pending;
            let kind = StarRowKind::Withdrawal { state };
            ledger.row(&format!("w{number}"), Direction::Out, Amount::whole(Stars(1)), kind);
        }
        ledger.look(&t, NOW).await;
        let places = t.shop.unfinished_star_rows(0).await.unwrap();
        assert_eq!(places.len(), most);
        let behind = places.last().unwrap() + 1;
        assert_eq!(t.shop.unfinished_star_rows(behind).await.unwrap(), [behind]);
    }

    async fn what_nobody_can_explain_is_an_alarm_with_both_sides(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        let mut ledger = Ledger::default();
        let order = t.buy(1, "book", "c1").await;
        let strange = t.buy(2, "book", "c2").await;
        ledger.sale_of(1, &order.id.to_string(), "c1", Direction::In, 49 * STAR, None);
        ledger.sale_of(7, &strange.id.to_string(), "c2", Direction::In, 50 * STAR, None);
        ledger.row("odd", Direction::Unclear, Amount::default(), StarRowKind::Unreadable);
        let ends = ledger.look(&t, NOW).await;
        let puzzles = [DifferenceCode::AmountDiffers, DifferenceCode::BuyerDiffers, DifferenceCode::RowNotUnderstood];
        // Rows of several buyers are worked side by side.
        assert_eq!(ends.len(), puzzles.len());
        assert!(puzzles.iter().all(|code| ends.contains(&RowEnd::Puzzling(*code))), "{ends:?}");
        // Our books say 100, Telegram 99.
        let open = t.shop.differences().await.unwrap();
        let of = |code| &open.iter().find(|difference| difference.finding.code == code).unwrap().finding;
        assert_eq!(of(DifferenceCode::BuyerDiffers).theirs["id"], "c2");
        assert_eq!(of(DifferenceCode::RowNotUnderstood).theirs["id"], "odd");
        assert_eq!(of(DifferenceCode::AmountDiffers).ours["amount"], 50);
        assert_eq!(of(DifferenceCode::AmountDiffers).theirs["id"], "c1");
        assert_eq!(of(DifferenceCode::BalanceDiffers).ours["expected"], "100");
        assert_eq!(of(DifferenceCode::BalanceDiffers).theirs["balance"], "99");
        assert_eq!(open.len(), 4);
        let told = "SELECT COUNT(*) FROM outbox WHERE fact LIKE 'warn:differ:%'";
        assert_eq!(t.count(told).await, 4);

        // The same is not found twice, nor when a person has accepted it.
        ledger.look(&t, NOW).await;
        for difference in &open {
            assert!(t.shop.accept_difference(difference.id, NOW).await.unwrap());
            assert!(!t.shop.accept_difference(difference.id, NOW).await.unwrap());
        }
        ledger.look(&t, after(60)).await;
        assert_eq!((codes(&t).await, t.count(told).await), (vec![], 4));
    }

    async fn what_telegram_lacks_is_an_alarm_until_it_shows(t: TestShop) {
        let mut ledger = Ledger::default();
        let order = t.buy(1, "book", "c1").await;
        let gone = t.buy(2, "book", "c2").await;
        t.shop.book_refund(&refund(&gone, "c2"), NOW).await.unwrap();
        ledger.sale(&gone, "c2", Direction::In);
        // A moment later nobody worries: the rows may be on their way.
        ledger.look(&t, NOW).await;
        assert_eq!(codes(&t).await, [DifferenceCode::BalanceDiffers][..0]);
        let late = after(limits::LEDGER_GRACE_SECONDS + 1);
        ledger.look(&t, late).await;
        let missing = [DifferenceCode::ChargeNotInTelegram, DifferenceCode::RefundNotInTelegram];
        assert_eq!(codes(&t).await, missing);
        ledger.sale(&order, "c1", Direction::In);
        ledger.sale(&gone, "c2", Direction::Out);
        ledger.look(&t, late).await;
        assert_eq!(codes(&t).await, []);
        assert_eq!(t.count("SELECT COUNT(*) FROM difference WHERE state = 'gone'").await, 2);
    }

    async fn a_shorter_ledger_is_read_anew(t: TestShop) {
        let mut ledger = Ledger::default();
        let order = t.buy(1, "book", "c1").await;
        ledger.sale(&order, "c1", Direction::In);
        ledger.look(&t, NOW).await;
        assert_eq!(t.shop.star_rows_read(BOT, NOW).await.unwrap(), 1);
        t.shop.read_stars_anew(NOW).await.unwrap();
        assert_eq!(t.shop.star_rows_read(BOT, NOW).await.unwrap(), 0);
        assert_eq!(ledger.look(&t, NOW).await, []);
    }

    async fn owners_are_told_once_a_day_that_the_balance_is_too_low(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        let order = t.buy(1, "book", "c1").await;
        assert!(t.shop.queue_refund(order.id, NOW).await.unwrap());
        assert_eq!(t.shop.refunds_owed().await.unwrap(), (1, Stars(50)));
        for _ in 0..3 {
            t.shop.warn_of_low_balance(NOW).await.unwrap();
        }
        let told = "SELECT COUNT(*) FROM outbox WHERE fact LIKE 'warn:balance:%'";
        assert_eq!(t.count(told).await, 1);
        t.shop.warn_of_low_balance(after(limits::WARNING_SECONDS)).await.unwrap();
        assert_eq!(t.count(told).await, 2);
    }
}
