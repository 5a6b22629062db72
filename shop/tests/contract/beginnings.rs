//! Telegram knows a subscription by the charge that began it, and the shop may hear of that one last,
//! or not as what it is.

use serde_json::Value;
use shop::{RefusedSwitch, domain::*, limits, steps::RowEnd};

use crate::{
    renewals::{meant, refused, switches},
    subscriptions::{DAY, MONTH, begun, found, join, owed, paid, sound},
    support::{BOT, NOW, TestShop, after, each_database, payment, refund, wish},
};

/// A payment of a subscription, or its refund, as Telegram's ledger has it.
fn row(payment: &Payment, direction: Direction) -> StarRow {
    StarRow {
        id: payment.charge.to_string(),
        direction,
        amount: Amount::whole(Stars(u64::try_from(payment.amount).unwrap())),
        at: payment.paid_at,
        kind: StarRowKind::Sale {
            buyer: payment.buyer,
            payload: payment.payload.clone(),
            commission: None,
            recurring: true,
        },
        raw: Value::Null,
    }
}

/// The shop reads Telegram's ledger, which goes on with these rows.
async fn read(t: &TestShop, rows: &[StarRow], now: UnixSeconds) -> Vec<RowEnd> {
    let from = t.shop.star_rows_read(BOT, now).await.unwrap();
    t.shop.keep_star_rows(from, rows, now).await.unwrap();
    t.shop.work_star_rows(now).await.unwrap()
}

async fn wished(t: &TestShop, buyer: i64) -> Order {
    let offer = "month".parse().unwrap();
    let wish = NewOrder {
        offer,
        ..wish(buyer, "club")
    };
    t.shop.open_order(&wish, NOW).await.unwrap()
}

each_database! {
    /// A shop that goes on with another bot lets be what that one sold until then, and asks no more for
    /// what was under way in the other's ledger; whoever pays an order of the shop from then on is served.
    async fn another_bots_sales_until_now_are_its_own(t: TestShop) {
        let mut pending = row(&found(&wished(&t, 1).await, "w1", NOW), Direction::Out);
        let state = WithdrawalState::Pending;
        pending.kind = StarRowKind::Withdrawal { state };
        read(&t, &[pending], NOW).await;
        assert_eq!(t.shop.unfinished_star_rows(0).await.unwrap(), [0]);

        let (other, later) = (UserId(BOT.0 + 1), after(MONTH));
        assert_eq!(t.shop.star_rows_read(other, later).await.unwrap(), 0);
        assert_eq!(t.shop.unfinished_star_rows(0).await.unwrap(), Vec::<u64>::new());
        let order = wished(&t, 2).await;
        let elsewhere = Payment { payload: "theirs".into(), ..found(&order, "c1", after(DAY)) };
        let rows = [row(&elsewhere, Direction::In), row(&found(&order, "c2", later), Direction::In)];
        t.shop.keep_star_rows(0, &rows, later).await.unwrap();
        let ends = t.shop.work_star_rows(later).await.unwrap();
        assert_eq!(ends, [RowEnd::Recorded, RowEnd::Settled(Settled::Granted(order.id))]);
        assert_eq!(owed(&t, "refund").await, 0);
        // Nor does the update of such a sale give it back, whether it or the ledger's row comes first.
        let unread = Payment { payload: "theirs".into(), ..found(&order, "c3", after(DAY)) };
        for told in [&elsewhere, &unread] {
            assert_eq!(t.shop.settle(told, later).await.unwrap(), Settled::AlreadyBooked);
        }
        assert_eq!((owed(&t, "refund").await, t.count("SELECT COUNT(*) FROM charge").await), (0, 1));
        // A look far behind the end of a ledger reads nothing.
        t.shop.keep_star_rows(4_000, &[], later).await.unwrap();
        assert_eq!(t.shop.star_rows_read(other, later).await.unwrap(), 2);

        // A version that did not ask whose ledger it is is told of another by its rows alone.
        t.run("UPDATE star_mark SET bot = NULL").await;
        let later = later.plus(DAY);
        assert_eq!(t.shop.star_rows_read(BOT, later).await.unwrap(), 2);
        t.shop.read_stars_anew(later).await.unwrap();
        t.shop.keep_star_rows(0, &[row(&unread, Direction::In)], later).await.unwrap();
        assert_eq!(t.shop.work_star_rows(later).await.unwrap(), [RowEnd::Recorded]);
    }

    /// Paid and given back before the shop heard of either: Telegram goes on charging, unless it is
    /// told not to; whoever tells the shop what was paid, and however often.
    async fn what_went_back_before_it_was_heard_of_is_stopped(t: TestShop) {
        let order = wished(&t, 1).await;
        let lost = found(&order, "c1", NOW);
        let rows = [row(&lost, Direction::In), row(&lost, Direction::Out)];
        assert_eq!(read(&t, &rows, NOW).await, [RowEnd::Refunded(None), RowEnd::Known]);
        assert_eq!((switches(&t, "c1").await, meant(&t, 1, "c1").await), (1, vec!["c1".to_owned()]));

        let order = wished(&t, 2).await;
        t.shop.book_refund(&refund(&order, "c2"), NOW).await.unwrap();
        assert_eq!(switches(&t, "c2").await, 0, "a refund does not say what was paid for");
        let rows = [&found(&order, "c2", NOW)].map(|paid| row(paid, Direction::In));
        assert_eq!(read(&t, &rows, NOW).await, [RowEnd::Known]);
        assert_eq!(switches(&t, "c2").await, 1);

        let order = wished(&t, 3).await;
        t.shop.book_refund(&refund(&order, "c3"), NOW).await.unwrap();
        for _ in 0..2 {
            let settled = t.shop.settle(&begun(&order, "c3", NOW), NOW).await.unwrap();
            assert_eq!((settled, switches(&t, "c3").await), (Settled::AlreadyBooked, 1));
        }

        // What is paid once stays as it is.
        let order = t.open_order(4, "book").await;
        t.shop.book_refund(&refund(&order, "c4"), NOW).await.unwrap();
        t.shop.settle(&payment(&order, "c4"), NOW).await.unwrap();
        assert_eq!(owed(&t, "switch_renewal").await, 3);
        sound(&t).await;
    }

    /// The bot sold subscriptions before this shop did. Only Telegram's ledger has their beginning,
    /// and among others' payments.
    async fn what_another_shop_began_is_stopped(t: TestShop) {
        let order = wished(&t, 1).await;
        let foreign = |charge, at| Payment { payload: "pro \"plan\" 100%".into(), ..found(&order, charge, at) };
        let by_another = Payment { buyer: UserId(11), ..foreign("x1", after(-MONTH)) };
        let of_another = Payment { payload: "pro".into(), ..foreign("x2", after(-MONTH)) };
        let [first, second] = [foreign("f1", after(-MONTH)), foreign("f2", after(-MONTH + DAY))];
        let rows = [by_another, of_another, first, second].map(|paid| row(&paid, Direction::In));
        assert_eq!(read(&t, &rows, NOW).await, vec![RowEnd::Recorded; 4]);
        let renewals = [foreign("f3", NOW), foreign("f4", after(DAY))].map(|paid| row(&paid, Direction::In));
        let unknown = RowEnd::Settled(refused(Refusal::UnknownOrder));
        assert_eq!(read(&t, &renewals, after(DAY)).await, [unknown.clone(), unknown]);
        assert_eq!((switches(&t, "f3").await, switches(&t, "f4").await), (1, 1));
        assert_eq!(meant(&t, 1, "f4").await, ["f4", "f1", "f2", "f3"]);
        // The webhook says that it is none of the first ones.
        let renewal = Payment { recurring: paid(&order, "f4", NOW).recurring, ..foreign("f4", after(DAY)) };
        t.shop.settle(&renewal, after(DAY)).await.unwrap();
        assert_eq!(meant(&t, 1, "f4").await, ["f1", "f2", "f3"]);
        sound(&t).await;
    }

    /// Other payments of the same buyer, however many, hide none.
    async fn a_beginning_is_found_among_many_payments(t: TestShop) {
        let order = wished(&t, 1).await;
        let foreign = |payload: &str, charge: &str, at| {
            row(&Payment { payload: payload.into(), ..found(&order, charge, at) }, Direction::In)
        };
        let mut rows: Vec<StarRow> = (0..limits::SUBSCRIPTIONS_ASKED + 1)
            .map(|n| foreign("pro 1000", &format!("x{n}"), after(-MONTH)))
            .collect();
        rows.push(foreign("pro 100%", "f1", after(-MONTH)));
        rows.extend([foreign("pro 100%", "f2", NOW), foreign("pro 1000", "x", NOW)]);
        read(&t, &rows, NOW).await;
        assert_eq!(meant(&t, 1, "f2").await, ["f2", "f1"]);
        // Of what came before the shop Telegram is asked about so many.
        let asked = usize::try_from(limits::SUBSCRIPTIONS_ASKED).unwrap();
        assert_eq!(meant(&t, 1, "x").await.len(), asked + 1);
    }

    /// An old link of an order that is given back is paid again, and the ledger alone tells of it.
    async fn what_an_old_link_began_is_stopped(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        t.shop.book_refund(&refund(&order, "c1"), after(DAY)).await.unwrap();
        let again = row(&found(&order, "c2", after(2 * DAY)), Direction::In);
        let ended = RowEnd::Settled(refused(Refusal::SubscriptionEnded));
        assert_eq!(read(&t, &[again], after(2 * DAY)).await, [ended]);
        assert_eq!((switches(&t, "c2").await, meant(&t, 1, "c2").await), (1, vec!["c2".to_owned(), "c1".to_owned()]));
        sound(&t).await;
    }

    /// What goes on is let be, and Telegram's no is no trouble where a charge may belong to that.
    async fn what_the_buyer_has_goes_on(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let twice = t.shop.settle(&paid(&order, "c2", after(9 * DAY)), after(9 * DAY)).await.unwrap();
        assert_eq!(twice, Settled::Refunding(RefundReason::PaidTwice));
        let switch = async |charge: &str, order| {
            t.shop.switch(&charge.parse().unwrap(), UserId(1), order).await.unwrap()
        };
        let of_the_second = switch("c2", None).await;
        assert_eq!((of_the_second.charges, of_the_second.may_go_on), (vec!["c2".parse().unwrap()], true));
        let stop = RenewalChange::Stop(StoppedBy::Seller);
        assert!(t.shop.change_renewal(order.id, None, stop, after(9 * DAY)).await.unwrap());
        let of_the_second = switch("c2", None).await;
        assert_eq!((of_the_second.charges, of_the_second.may_go_on), (vec!["c1".parse().unwrap()], false));
        // Allowed again by the charge that began it.
        let allow = RenewalChange::Allow(StoppedBy::Seller);
        assert!(t.shop.change_renewal(order.id, None, allow, after(9 * DAY)).await.unwrap());
        let of_the_order = switch("c1", Some(order.id)).await;
        assert_eq!((of_the_order.stopped, of_the_order.charges), (false, vec!["c1".parse().unwrap()]));
    }

    /// Where Telegram knows none of them, the owners are told whom to ask.
    async fn an_unknown_subscription_is_told_to_the_owners(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        let order = wished(&t, 1).await;
        let foreign = Payment { payload: "pro".into(), ..paid(&order, "f1", NOW) };
        t.shop.settle(&foreign, NOW).await.unwrap();
        assert_eq!(meant(&t, 1, "f1").await, ["f1"]);
        let leased = t.shop.lease_effects(NOW, 20).await.unwrap();
        let item = leased.iter().find(|item| matches!(item.effect, Effect::SwitchRenewal { .. })).unwrap();
        let charge = "f1".parse().unwrap();
        let refused = RefusedSwitch { row: item.id, charge: &charge, buyer: UserId(1), order: None, why: None };
        for _ in 0..2 {
            t.shop.warn_of_refused_switch(&refused, NOW).await.unwrap();
        }
        assert_eq!(owed(&t, "switch_refused").await, 1);
    }
}
