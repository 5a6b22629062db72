//! Rights for a time: subscriptions that Telegram renews, and passes.

use shop::domain::*;

use crate::{
    renewals::{meant, switches},
    support::{NOW, TestShop, after, each_database, payment, query, refund, wish},
};

pub(crate) const DAY: i64 = 86_400;
pub(crate) const MONTH: i64 = 30 * DAY;

/// Opens and pays an offer of the club at a time. Telegram says until when a subscription is paid.
pub(crate) async fn join(
    t: &TestShop,
    buyer: i64,
    offer: &str,
    charge: &str,
    at: UnixSeconds,
) -> Order {
    let price = if offer == "month" { 50 } else { 20 };
    let wish = NewOrder {
        offer: offer.parse().unwrap(),
        seen_price: Stars(price),
        ..wish(buyer, "club")
    };
    let order = t.shop.open_order(&wish, at).await.unwrap();
    assert_eq!(t.shop.precheck(&query(&order), at).await.unwrap(), Ok(()));
    let settled = t.shop.settle(&begun(&order, charge, at), at).await.unwrap();
    assert_eq!(settled, Settled::Granted(order.id));
    order
}

/// A renewal as the webhook tells it.
pub(crate) fn paid(order: &Order, charge: &str, at: UnixSeconds) -> Payment {
    let (until, first) = (Some(at.plus(MONTH)), Some(false));
    Payment {
        paid_at: at,
        recurring: order.term.renews().then_some(Recurring { until, first }),
        ..payment(order, charge)
    }
}

/// A first payment as the webhook tells it.
pub(crate) fn begun(order: &Order, charge: &str, at: UnixSeconds) -> Payment {
    let mut payment = paid(order, charge, at);
    if let Some(recurring) = &mut payment.recurring {
        recurring.first = Some(true);
    }
    payment
}

/// A payment as the ledger tells it: neither until when nor whether it is the first.
pub(crate) fn found(order: &Order, charge: &str, at: UnixSeconds) -> Payment {
    Payment {
        paid_at: at,
        recurring: Some(Recurring::default()),
        ..payment(order, charge)
    }
}

pub(crate) async fn standing(t: &TestShop, order: &Order) -> Subscription {
    t.shop.subscription(order.id).await.unwrap().unwrap()
}

pub(crate) async fn state(t: &TestShop, order: &Order) -> SubscriptionState {
    standing(t, order).await.state
}

/// How many goods of the order are the buyer's.
pub(crate) async fn goods(t: &TestShop, order: &Order) -> usize {
    let entry = t.shop.order(order.id, order.buyer).await.unwrap().unwrap();
    entry.goods.len()
}

/// What holds at any moment, also in the words of the operators' audit.
pub(crate) async fn sound(t: &TestShop) {
    t.assert_sound().await;
    assert_eq!(t.shop.broken_rules().await.unwrap(), []);
}

pub(crate) async fn turn(t: &TestShop, at: UnixSeconds) {
    while t.shop.turn_subscriptions(at).await.unwrap() > 0 {}
}

/// What the outbox holds of a kind of effect or note, in order.
pub(crate) async fn owed(t: &TestShop, what: &str) -> i64 {
    t.count(&format!(
        "SELECT COUNT(*) FROM outbox WHERE body LIKE '%\"{what}\"%'"
    ))
    .await
}

each_database! {
    /// Paid, renewed, reminded, failed, in grace, over, and back again; one charge at each step.
    async fn the_life_of_a_subscription(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        assert_eq!(standing(&t, &order).await.paid_until, after(MONTH));
        assert_eq!((goods(&t, &order).await, owed(&t, "deliver").await), (1, 1));

        // Three days before the end the buyer is told, once.
        turn(&t, after(MONTH - 3 * DAY - 1)).await;
        assert_eq!(owed(&t, "renews_soon").await, 0);
        turn(&t, after(MONTH - 3 * DAY)).await;
        turn(&t, after(MONTH - 2 * DAY)).await;
        assert_eq!(owed(&t, "renews_soon").await, 1);

        // Telegram asks, charges, and tells twice.
        let next = after(MONTH);
        assert_eq!(t.shop.precheck(&query(&order), next).await.unwrap(), Ok(()));
        let renewal = paid(&order, "c2", next);
        assert_eq!(t.shop.settle(&renewal, next).await.unwrap(), Settled::Renewed(order.id));
        assert_eq!(t.shop.settle(&renewal, next).await.unwrap(), Settled::AlreadyBooked);
        assert_eq!(standing(&t, &order).await.paid_until, after(2 * MONTH));
        assert_eq!((goods(&t, &order).await, owed(&t, "deliver").await), (1, 1));

        // The next one fails: three days of grace, then it is over, and others can have the place.
        let fail = RenewalChange::Fail;
        let late = after(2 * MONTH);
        assert!(t.shop.change_renewal(order.id, Some(UserId(1)), fail, late).await.unwrap());
        assert!(!t.shop.change_renewal(order.id, Some(UserId(1)), fail, late).await.unwrap());
        assert_eq!(owed(&t, "renewal_failed").await, 1);
        turn(&t, after(2 * MONTH + 3 * DAY - 1)).await;
        assert_eq!((state(&t, &order).await, goods(&t, &order).await), (SubscriptionState::Failed, 1));
        turn(&t, after(2 * MONTH + 3 * DAY)).await;
        assert_eq!((state(&t, &order).await, goods(&t, &order).await), (SubscriptionState::Lapsed, 0));
        assert_eq!((owed(&t, "lapsed").await, t.count("SELECT COUNT(*) FROM hold").await), (1, 0));
        sound(&t).await;

        // Days later the buyer tops up and Telegram charges after all.
        let back = after(2 * MONTH + 9 * DAY);
        let returned = paid(&order, "c3", back);
        assert_eq!(t.shop.settle(&returned, back).await.unwrap(), Settled::Renewed(order.id));
        assert_eq!((state(&t, &order).await, goods(&t, &order).await), (SubscriptionState::Active, 1));
        assert_eq!(standing(&t, &order).await.paid_until, back.plus(MONTH));
        assert_eq!(owed(&t, "came_back").await, 1);
        sound(&t).await;
        assert_eq!(t.count("SELECT SUM(stars) FROM ledger WHERE kind = 'payment'").await, 150);
    }

    /// The same invoice paid twice begins a second subscription at Telegram: its money goes back
    /// and it is stopped there. While it renews, the same is not sold again.
    async fn a_subscription_is_not_paid_twice(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        assert_eq!(t.shop.precheck(&query(&order), after(60)).await.unwrap(), Err(Refusal::AlreadyPaid));
        let twice = begun(&order, "c2", after(60));
        let settled = t.shop.settle(&twice, after(60)).await.unwrap();
        assert_eq!(settled, Settled::Refunding(RefundReason::PaidTwice));
        let stops = "SELECT COUNT(*) FROM outbox WHERE body LIKE '%switch_renewal%' AND body LIKE '%\"c2\"%'";
        assert_eq!(t.count(stops).await, 1);
        let again = NewOrder { offer: "month".parse().unwrap(), ..wish(1, "club") };
        let refused = t.shop.open_order(&again, after(60)).await.unwrap_err();
        assert_eq!(refused.code(), "already_subscribed");
        // Somebody else's renewal of it is none.
        let stranger = Payment { buyer: UserId(2), ..paid(&order, "c3", after(MONTH)) };
        let refusal = Refusal::AnotherBuyer;
        assert_eq!(
            t.shop.settle(&stranger, after(MONTH)).await.unwrap(),
            Settled::Refunding(RefundReason::Refused { refusal })
        );
        sound(&t).await;
    }

    /// The buyer in Telegram, the buyer here and the seller stop it, and take that back. Telegram
    /// is told of the latter two only; the paid time goes on to its end, without grace.
    async fn renewal_is_stopped_and_allowed(t: TestShop) {
        use RenewalChange::{Allow, Stop};
        use StoppedBy::{Buyer, Seller, Telegram};
        let order = join(&t, 1, "month", "c1", NOW).await;
        let change = async |change, buyer| {
            let buyer = Some(UserId(buyer));
            t.shop.change_renewal(order.id, buyer, change, after(60)).await.unwrap()
        };
        assert!(!change(Stop(Buyer), 2).await, "not another's");
        assert!(change(Stop(Telegram), 1).await);
        assert!(change(Allow(Telegram), 1).await);
        assert_eq!((state(&t, &order).await, owed(&t, "switch_renewal").await), (SubscriptionState::Active, 0));

        assert!(change(Stop(Buyer), 1).await);
        assert_eq!((state(&t, &order).await, owed(&t, "switch_renewal").await), (SubscriptionState::Canceled, 1));
        assert!(!change(Allow(Seller), 1).await, "the buyer stopped it");
        assert!(change(Allow(Buyer), 1).await);
        let allowed = standing(&t, &order).await;
        assert_eq!((allowed.stopped_by, allowed.is_stopped_by_shop()), (Some(Telegram), false));
        assert_eq!(owed(&t, "switch_renewal").await, 2);
        assert!(change(Allow(Telegram), 1).await, "the buyer takes it up in Telegram");
        assert!(change(Stop(Seller), 1).await);
        assert!(!change(Allow(Buyer), 1).await, "the seller stopped it");

        turn(&t, after(MONTH - DAY)).await;
        assert_eq!((owed(&t, "ends_soon").await, owed(&t, "renews_soon").await), (1, 0));
        turn(&t, after(MONTH)).await;
        assert_eq!((state(&t, &order).await, goods(&t, &order).await), (SubscriptionState::Lapsed, 0));
        sound(&t).await;
    }

    /// A period's money back ends that period and the renewal; the order is given back with the
    /// last of them.
    async fn money_back_takes_the_time_back(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let next = after(MONTH);
        t.shop.settle(&paid(&order, "c2", next), next).await.unwrap();
        // The seller gives back the last period, a day into it; saying it twice is no more.
        assert!(t.shop.queue_refund(order.id, next.plus(DAY)).await.unwrap());
        assert!(!t.shop.queue_refund(order.id, next.plus(DAY)).await.unwrap());
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox WHERE fact = 'refund:c2'").await, 1);
        t.shop.book_refund(&refund(&order, "c2"), next.plus(DAY)).await.unwrap();
        t.shop.book_refund(&refund(&order, "c2"), next.plus(DAY)).await.unwrap();
        assert_eq!((state(&t, &order).await, goods(&t, &order).await), (SubscriptionState::Lapsed, 0));
        assert_eq!(owed(&t, "switch_renewal").await, 1);
        let entry = t.shop.order(order.id, UserId(1)).await.unwrap().unwrap();
        assert!(entry.order.state.is_granted(), "the first month was had");
        sound(&t).await;

        // A store takes the first one back as well, and nothing brings it back any more.
        t.shop.book_refund(&refund(&order, "c1"), after(2 * MONTH)).await.unwrap();
        let entry = t.shop.order(order.id, UserId(1)).await.unwrap().unwrap();
        assert_eq!(entry.order.state, OrderState::Refunded);
        assert_eq!(state(&t, &order).await, SubscriptionState::Refunded);
        let late = paid(&order, "c3", after(2 * MONTH));
        let refusal = Refusal::SubscriptionEnded;
        assert_eq!(
            t.shop.settle(&late, after(2 * MONTH)).await.unwrap(),
            Settled::Refunding(RefundReason::Refused { refusal })
        );
        sound(&t).await;
    }

    /// From the month to the week and on: what was left is worth days of the new plan, and the old
    /// one is stopped. One a person, and still it can be changed.
    async fn a_change_of_plan_credits_what_was_left(t: TestShop) {
        let month = join(&t, 1, "month", "c1", NOW).await;
        // Ten days in: 20 of 30 days at 50 Stars are worth 33.3 Stars, or 11.6 days at 20 a week.
        let day = after(10 * DAY);
        let week = join(&t, 1, "week", "c2", day).await;
        assert_eq!((state(&t, &month).await, goods(&t, &month).await), (SubscriptionState::Changed, 0));
        assert_eq!(owed(&t, "switch_renewal").await, 1);
        let pass = standing(&t, &week).await;
        assert_eq!(pass.credit, 20 * DAY * 50 * 7 / (30 * 20));
        assert_eq!(pass.paid_until, day.plus(7 * DAY));
        sound(&t).await;

        // A pass on top of a pass is more time.
        let more = join(&t, 1, "week", "c3", day.plus(DAY)).await;
        let longer = standing(&t, &more).await;
        assert_eq!(longer.credit, pass.credit + 6 * DAY);
        turn(&t, longer.ends_at().plus(-1)).await;
        assert_eq!((goods(&t, &more).await, owed(&t, "ends_soon").await), (1, 1));
        turn(&t, longer.ends_at()).await;
        assert_eq!(goods(&t, &more).await, 0);
        sound(&t).await;
    }

    /// Money back for a plan that was changed takes back what it was credited with.
    async fn credit_goes_back_with_its_money(t: TestShop) {
        let month = join(&t, 1, "month", "c1", NOW).await;
        let week = join(&t, 1, "week", "c2", after(DAY)).await;
        assert!(standing(&t, &week).await.credit > 0);
        t.shop.book_refund(&refund(&month, "c1"), after(2 * DAY)).await.unwrap();
        assert_eq!(standing(&t, &week).await.credit, 0);
        assert_eq!(goods(&t, &week).await, 1);
        turn(&t, after(8 * DAY)).await;
        assert_eq!(goods(&t, &week).await, 0);
        sound(&t).await;
    }

    /// In bulk, what was paid within the time goes back: of a subscription its periods then.
    async fn periods_go_back_in_bulk(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let next = after(MONTH);
        t.shop.settle(&paid(&order, "c2", next), next).await.unwrap();
        let rule = RefundRule { product: "club".parse().unwrap(), since: next, until: next.plus(1) };
        let meant = t.shop.refundable(&rule).await.unwrap();
        assert_eq!((meant.len(), meant[0].charge.as_str()), (1, "c2"));
        assert_eq!(t.shop.queue_refunds(&rule, next).await.unwrap(), 1);
        let rule = RefundRule { since: NOW, ..rule };
        assert_eq!(t.shop.queue_refunds(&rule, next).await.unwrap(), 1, "the first month");
        assert_eq!(t.shop.queue_refunds(&rule, next).await.unwrap(), 0);
        sound(&t).await;
    }

    /// Who comes back when the edition is sold out is not served, not charged again, and gets the
    /// money back.
    async fn a_return_needs_a_place(t: TestShop) {
        let first = join(&t, 1, "month", "c1", NOW).await;
        turn(&t, after(MONTH + 3 * DAY)).await;
        turn(&t, after(MONTH + 3 * DAY)).await;
        assert_eq!(state(&t, &first).await, SubscriptionState::Lapsed);
        let later = after(MONTH + 4 * DAY);
        for buyer in 2..5 {
            join(&t, buyer, "month", &format!("d{buyer}"), later).await;
        }
        let refusal = Refusal::SoldOut;
        assert_eq!(
            t.shop.settle(&paid(&first, "c2", later), later).await.unwrap(),
            Settled::Refunding(RefundReason::Refused { refusal })
        );
        assert_eq!((switches(&t, "c2").await, meant(&t, 1, "c2").await), (1, vec!["c1".to_owned()]));
        sound(&t).await;
    }

    /// Subscribers get what the product gives since their last period, at the next.
    async fn a_renewal_brings_what_is_new(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let mut manifest = t.shop.manifest().await.unwrap();
        let club = manifest.products.iter_mut().find(|p| p.code.as_str() == "club").unwrap();
        let second = manifest::ManifestContent::Text("Second issue".into());
        club.benefits.push(crate::support::benefit("Issue 2", second));
        t.shop.set_manifest(&manifest).await.unwrap();
        assert_eq!(goods(&t, &order).await, 1);
        let next = after(MONTH);
        t.shop.settle(&paid(&order, "c2", next), next).await.unwrap();
        assert_eq!((goods(&t, &order).await, owed(&t, "deliver").await), (2, 2));
    }

    /// Codes that a seller adds for subscribers and that run out end nobody's subscription: who got
    /// none gets one with a later period.
    async fn added_codes_that_run_out_end_no_subscription(t: TestShop) {
        let orders = [join(&t, 1, "month", "a1", NOW).await, join(&t, 2, "month", "b1", NOW).await];
        let add = async |codes: &[&str]| {
            let mut manifest = t.shop.manifest().await.unwrap();
            let club = manifest.products.iter_mut().find(|p| p.code.as_str() == "club").unwrap();
            let codes = codes.iter().map(|code| (*code).to_owned()).collect();
            club.benefits.retain(|benefit| benefit.title != "Key");
            club.benefits.push(crate::support::benefit("Key", manifest::ManifestContent::Codes(codes)));
            t.shop.set_manifest(&manifest).await.unwrap();
        };
        add(&["ONE"]).await;
        for (month, keys) in [(1, [2, 1]), (2, [2, 1])] {
            let at = after(month * MONTH);
            for (order, name) in orders.iter().zip(["a", "b"]) {
                let renewal = paid(order, &format!("{name}{}", month + 1), at);
                assert_eq!(t.shop.settle(&renewal, at).await.unwrap(), Settled::Renewed(order.id));
                assert_eq!(standing(&t, order).await.paid_until, at.plus(MONTH));
            }
            assert_eq!([goods(&t, &orders[0]).await, goods(&t, &orders[1]).await], keys);
        }
        add(&["ONE", "TWO"]).await;
        let at = after(3 * MONTH);
        t.shop.settle(&paid(&orders[1], "b4", at), at).await.unwrap();
        assert_eq!(goods(&t, &orders[1]).await, 2);
        sound(&t).await;
    }

    /// Lost updates are made good from the ledger, which says neither until when nor which is the
    /// first: both months are booked, in whichever order they are found.
    async fn the_ledger_alone_rebuilds_a_subscription(t: TestShop) {
        let wish = NewOrder { offer: "month".parse().unwrap(), ..wish(1, "club") };
        let order = t.shop.open_order(&wish, NOW).await.unwrap();
        let late = after(MONTH + 60);
        t.shop.expire_orders(late).await.unwrap();
        assert_eq!(t.shop.settle(&found(&order, "c2", after(MONTH)), late).await.unwrap(), Settled::Granted(order.id));
        assert_eq!(t.shop.settle(&found(&order, "c1", NOW), late).await.unwrap(), Settled::Renewed(order.id));
        assert_eq!(standing(&t, &order).await.paid_until, after(2 * MONTH));
        sound(&t).await;
    }
}
