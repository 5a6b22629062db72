//! What goes wrong around a renewal: stops that Telegram did not hear of, plans changed in between,
//! and time that must not be given twice.

use shop::domain::*;

use crate::{
    subscriptions::{
        DAY, MONTH, begun, found, goods, join, owed, paid, sound, standing, state, turn,
    },
    support::{NOW, TestShop, after, each_database, payment, query, refund, wish},
};

/// Changes the renewal on the buyer's behalf.
async fn change(t: &TestShop, order: &Order, change: RenewalChange, at: UnixSeconds) -> bool {
    let changed = t
        .shop
        .change_renewal(order.id, Some(order.buyer), change, at);
    changed.await.unwrap()
}

/// How often Telegram is to be told something of what this charge belongs to.
pub(crate) async fn switches(t: &TestShop, charge: &str) -> i64 {
    t.count(&format!(
        "SELECT COUNT(*) FROM outbox WHERE body LIKE '%switch_renewal%' AND body LIKE '%\"{charge}\"%'"
    ))
    .await
}

/// The charges that may have begun what this one belongs to and is to end.
pub(crate) async fn meant(t: &TestShop, buyer: i64, charge: &str) -> Vec<String> {
    let charge = charge.parse().unwrap();
    let switch = t.shop.switch(&charge, UserId(buyer), None).await.unwrap();
    assert!(switch.stopped);
    switch.charges.iter().map(ToString::to_string).collect()
}

pub(crate) fn refused(refusal: Refusal) -> Settled {
    Settled::Refunding(RefundReason::Refused { refusal })
}

each_database! {
    /// A subscription that cannot be read keeps no other from its end.
    async fn a_subscription_that_cannot_be_read_is_passed_over(t: TestShop) {
        let broken = join(&t, 1, "month", "c1", NOW).await;
        let other = join(&t, 2, "month", "c2", after(1)).await;
        t.run(&format!("UPDATE orders SET term_seconds = NULL WHERE id = '{}'", broken.id)).await;
        let over = after(2 * MONTH);
        assert!(t.shop.turn_subscriptions(over).await.unwrap() > 0);
        assert_eq!(state(&t, &other).await, SubscriptionState::Lapsed);
        let error = t.shop.turn_subscriptions(over).await.unwrap_err();
        assert_eq!(error.code(), "database_corrupt");
    }

    /// What is known is not told again: who was charged already is not told that it is about to be, a
    /// renewal that the ledger told of first stops nothing, nor does one that brings back what had
    /// lapsed, and a stop is one.
    async fn nothing_is_told_without_need(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        turn(&t, after(MONTH + 1)).await;
        assert_eq!(owed(&t, "renews_soon").await, 0);

        let second = after(MONTH);
        t.shop.settle(&found(&order, "c2", second), second).await.unwrap();
        let told = t.shop.settle(&paid(&order, "c2", second), second).await.unwrap();
        assert_eq!((told, switches(&t, "c2").await), (Settled::AlreadyBooked, 0));

        let third = after(4 * MONTH);
        turn(&t, third).await;
        assert_eq!(state(&t, &order).await, SubscriptionState::Lapsed);
        let settled = t.shop.settle(&paid(&order, "c3", third), third).await.unwrap();
        assert_eq!((settled, switches(&t, "c1").await), (Settled::Renewed(order.id), 0));

        assert!(change(&t, &order, RenewalChange::Stop(StoppedBy::Buyer), third).await);
        t.shop.book_refund(&refund(&order, "c3"), third).await.unwrap();
        assert_eq!(switches(&t, "c1").await, 1);
    }

    /// Who got the money of a period back is not charged again, though the subscription was over
    /// already: Telegram may still be trying.
    async fn money_back_after_a_lapse_stops_the_charges(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let second = after(MONTH);
        t.shop.settle(&paid(&order, "c2", second), second).await.unwrap();
        let over = after(3 * MONTH);
        turn(&t, over).await;
        assert_eq!(state(&t, &order).await, SubscriptionState::Lapsed);
        t.shop.book_refund(&refund(&order, "c2"), over).await.unwrap();
        assert_eq!((state(&t, &order).await, switches(&t, "c1").await), (SubscriptionState::Lapsed, 1));
        let settled = t.shop.settle(&paid(&order, "c3", over), over).await.unwrap();
        assert_eq!(settled, refused(Refusal::SubscriptionStopped));
        sound(&t).await;
    }

    /// "Nothing more is taken": a charge that Telegram makes after a stop in the shop goes back, the
    /// stop stays, and Telegram is told again. Where Telegram asks, the answer is no.
    async fn a_stop_in_the_shop_is_kept(t: TestShop) {
        for (buyer, by) in [(1, StoppedBy::Buyer), (2, StoppedBy::Seller)] {
            let [first, second, third] = [1, 2, 3].map(|n| format!("c{buyer}{n}"));
            let order = join(&t, buyer, "month", &first, NOW).await;
            assert!(change(&t, &order, RenewalChange::Stop(by), after(DAY)).await);
            assert_eq!(switches(&t, &first).await, 1);
            let next = after(MONTH);
            let stopped = Refusal::SubscriptionStopped;
            assert_eq!(t.shop.precheck(&query(&order), next).await.unwrap(), Err(stopped.clone()));
            let renewal = paid(&order, &second, next);
            assert_eq!(t.shop.settle(&renewal, next).await.unwrap(), refused(stopped.clone()));
            let now = standing(&t, &order).await;
            assert_eq!((now.state, now.stopped_by), (SubscriptionState::Canceled, Some(by)));
            assert_eq!((now.paid_until, switches(&t, &second).await), (next, 1));
            assert_eq!(meant(&t, buyer, &second).await, [first]);
            turn(&t, next).await;
            turn(&t, next).await;
            let late = after(MONTH + DAY);
            let renewal = paid(&order, &third, late);
            assert_eq!(t.shop.settle(&renewal, late).await.unwrap(), refused(stopped));
            assert_eq!((state(&t, &order).await, goods(&t, &order).await), (SubscriptionState::Lapsed, 0));
        }
        sound(&t).await;
    }

    /// What the buyer stopped in Telegram, the buyer takes up there again: a charge says as much.
    async fn a_stop_in_telegram_ends_with_the_next_charge(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        assert!(change(&t, &order, RenewalChange::Stop(StoppedBy::Telegram), after(DAY)).await);
        let next = after(MONTH);
        assert_eq!(t.shop.settle(&paid(&order, "c2", next), next).await.unwrap(), Settled::Renewed(order.id));
        let now = standing(&t, &order).await;
        assert_eq!((now.state, now.stopped_by), (SubscriptionState::Active, None));
        sound(&t).await;
    }

    /// Nobody but the shop takes back what the shop stopped, and the seller's word is the last.
    async fn the_stronger_word_stays(t: TestShop) {
        use RenewalChange::{Allow, Stop};
        use StoppedBy::{Buyer, Seller, Telegram};
        let order = join(&t, 1, "month", "c1", NOW).await;
        assert!(change(&t, &order, Stop(Buyer), after(60)).await);
        assert!(!change(&t, &order, Allow(Telegram), after(60)).await);
        assert_eq!(standing(&t, &order).await.stopped_by, Some(Buyer));
        assert!(change(&t, &order, Stop(Seller), after(60)).await);
        assert!(!change(&t, &order, Stop(Buyer), after(60)).await);
        assert!(!change(&t, &order, Stop(Telegram), after(60)).await);
        assert!(!change(&t, &order, Allow(Buyer), after(60)).await);
        assert!(!change(&t, &order, Allow(Telegram), after(60)).await);
        assert_eq!(standing(&t, &order).await.stopped_by, Some(Seller));
    }

    /// A subscription that is over here may live on at Telegram: who takes another plan is not
    /// charged for the old one as well.
    async fn another_plan_ends_what_had_lapsed(t: TestShop) {
        let month = join(&t, 1, "month", "c1", NOW).await;
        let late = after(MONTH + 4 * DAY);
        turn(&t, late).await;
        turn(&t, late).await;
        assert_eq!(state(&t, &month).await, SubscriptionState::Lapsed);
        let week = join(&t, 1, "week", "c2", late).await;
        assert_eq!((state(&t, &month).await, standing(&t, &week).await.credit), (SubscriptionState::Changed, 0));
        assert_eq!(switches(&t, "c1").await, 1);
        let renewal = paid(&month, "c3", late.plus(60));
        assert_eq!(t.shop.settle(&renewal, late.plus(60)).await.unwrap(), refused(Refusal::SubscriptionEnded));
        assert_eq!((goods(&t, &month).await, goods(&t, &week).await), (0, 1));
        sound(&t).await;
    }

    /// Only money for time that was carried over takes the credit back.
    async fn money_of_months_that_were_had_leaves_the_credit(t: TestShop) {
        let month = join(&t, 1, "month", "c1", NOW).await;
        let next = after(MONTH);
        t.shop.settle(&paid(&month, "c2", next), next).await.unwrap();
        let week = join(&t, 1, "week", "c3", next.plus(10 * DAY)).await;
        let credit = standing(&t, &week).await.credit;
        assert!(credit > 0);
        let now = next.plus(11 * DAY);
        t.shop.book_refund(&refund(&month, "c1"), now).await.unwrap();
        assert_eq!(standing(&t, &week).await.credit, credit);
        t.shop.book_refund(&refund(&month, "c2"), now).await.unwrap();
        assert_eq!((standing(&t, &week).await.credit, state(&t, &month).await), (0, SubscriptionState::Refunded));
        sound(&t).await;
    }

    /// Credit that went on to a third plan is taken back there, and no more than it.
    async fn credit_is_followed_to_the_plan_that_has_it(t: TestShop) {
        let month = join(&t, 1, "month", "c1", NOW).await;
        join(&t, 1, "week", "c2", after(10 * DAY)).await;
        let last = join(&t, 1, "week", "c3", after(11 * DAY)).await;
        assert!(standing(&t, &last).await.credit > 6 * DAY);
        t.shop.book_refund(&refund(&month, "c1"), after(12 * DAY)).await.unwrap();
        let left = standing(&t, &last).await;
        assert_eq!((left.state, left.credit), (SubscriptionState::Active, 6 * DAY));
        sound(&t).await;
    }

    /// Of what went over, each refund takes back what it paid for, whichever of the plans that was.
    async fn credit_is_taken_back_in_parts(t: TestShop) {
        let first = join(&t, 1, "week", "c1", NOW).await;
        let month = join(&t, 1, "month", "c2", after(DAY)).await;
        let next = after(DAY + MONTH);
        t.shop.settle(&paid(&month, "c3", next), next).await.unwrap();
        let last = join(&t, 1, "week", "c4", next.plus(10 * DAY)).await;
        let (all, now) = (standing(&t, &last).await.credit, next.plus(11 * DAY));
        t.shop.book_refund(&refund(&month, "c3"), now).await.unwrap();
        let left = standing(&t, &last).await.credit;
        assert!(0 < left && left < all, "{left} of {all}");
        t.shop.book_refund(&refund(&first, "c1"), now).await.unwrap();
        assert_eq!(standing(&t, &last).await.credit, 0);
        sound(&t).await;
    }

    /// Days of credit that were had while a renewal was awaited are gone.
    async fn credit_is_spent_once(t: TestShop) {
        join(&t, 1, "week", "c1", NOW).await;
        let month = join(&t, 1, "month", "c2", after(DAY)).await;
        let credit = standing(&t, &month).await.credit;
        assert!(credit > 10 * DAY);
        let [on_time, late] = [after(DAY + MONTH), after(DAY + 2 * MONTH + 5 * DAY)];
        t.shop.settle(&paid(&month, "c3", on_time), on_time).await.unwrap();
        assert_eq!(standing(&t, &month).await.credit, credit);
        t.shop.settle(&paid(&month, "c4", late), late).await.unwrap();
        assert_eq!(standing(&t, &month).await.credit, credit - 5 * DAY);
        // Over, and back again: nothing is left of it.
        let back = late.plus(MONTH + 20 * DAY);
        turn(&t, back).await;
        turn(&t, back).await;
        t.shop.settle(&paid(&month, "c5", back), back).await.unwrap();
        assert_eq!((state(&t, &month).await, standing(&t, &month).await.credit), (SubscriptionState::Active, 0));
        assert_eq!(owed(&t, "came_back").await, 1);
        sound(&t).await;
    }

    /// A pass whose payment is found a month later is had in full. The time of a subscription is
    /// Telegram's to say.
    async fn a_pass_begins_when_it_is_given(t: TestShop) {
        let wish = NewOrder { offer: "week".parse().unwrap(), seen_price: Stars(20), ..wish(1, "club") };
        let order = t.shop.open_order(&wish, NOW).await.unwrap();
        let late = after(MONTH);
        t.shop.expire_orders(late).await.unwrap();
        assert_eq!(t.shop.settle(&payment(&order, "c1"), late).await.unwrap(), Settled::Granted(order.id));
        turn(&t, late).await;
        assert_eq!((state(&t, &order).await, goods(&t, &order).await), (SubscriptionState::Active, 1));
        assert_eq!(standing(&t, &order).await.paid_until, late.plus(7 * DAY));
        sound(&t).await;
    }

    /// An old link can be paid at any time, which begins a second subscription at Telegram: its
    /// money goes back and it is stopped by its own charge, whoever paid. The first one is not
    /// touched.
    async fn a_second_subscription_of_an_order_is_ended(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let twice = Settled::Refunding(RefundReason::PaidTwice);
        for (charge, at) in [("c2", after(16 * DAY)), ("c3", after(MONTH - 600))] {
            assert_eq!(t.shop.settle(&begun(&order, charge, at), at).await.unwrap(), twice);
            assert_eq!((switches(&t, charge).await, standing(&t, &order).await.paid_until), (1, after(MONTH)));
        }
        let ask = async |at| t.shop.precheck(&query(&order), after(at)).await.unwrap();
        assert_eq!(ask(16 * DAY).await, Err(Refusal::AlreadyPaid));
        assert_eq!(ask(MONTH - 2 * DAY).await, Err(Refusal::AlreadyPaid));
        assert_eq!(ask(MONTH - 3600).await, Ok(()));

        let next = after(MONTH);
        assert_eq!(t.shop.settle(&paid(&order, "c4", next), next).await.unwrap(), Settled::Renewed(order.id));
        // Telegram renews the second one all the same: it is that one which is stopped again.
        let again = after(16 * DAY + MONTH);
        assert_eq!(t.shop.settle(&paid(&order, "c5", again), again).await.unwrap(), twice);
        assert_eq!((switches(&t, "c5").await, switches(&t, "c1").await), (1, 0));
        assert_eq!(meant(&t, 1, "c5").await, ["c2", "c3"]);
        assert_eq!(standing(&t, &order).await.paid_until, after(2 * MONTH));

        let by_stranger = |payment| Payment { buyer: UserId(2), ..payment };
        for payment in [begun(&order, "s1", again), paid(&order, "s2", again.plus(MONTH))] {
            let settled = t.shop.settle(&by_stranger(payment), again).await.unwrap();
            assert_eq!(settled, refused(Refusal::AnotherBuyer));
        }
        assert_eq!((switches(&t, "s1").await, switches(&t, "s2").await, switches(&t, "c1").await), (1, 1, 0));
        assert_eq!((meant(&t, 2, "s1").await, meant(&t, 2, "s2").await), (vec!["s1".to_owned()], vec!["s1".to_owned()]));
        sound(&t).await;
    }

    /// The ledger does not say which payment begins a subscription, and comes to the same end.
    async fn the_ledger_finds_a_second_subscription(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let late = after(MONTH + 60);
        let settle = async |charge, at| t.shop.settle(&found(&order, charge, at), late).await.unwrap();
        assert_eq!(settle("c2", after(16 * DAY)).await, Settled::Refunding(RefundReason::PaidTwice));
        assert_eq!((switches(&t, "c2").await, switches(&t, "c1").await), (1, 0));
        assert_eq!(settle("c3", after(MONTH)).await, Settled::Renewed(order.id));
        assert_eq!(standing(&t, &order).await.paid_until, after(2 * MONTH));
        // Telegram renews the second one all the same: it is that one which is stopped again.
        let again = after(16 * DAY + MONTH);
        let settled = t.shop.settle(&paid(&order, "c4", again), again).await.unwrap();
        assert_eq!(settled, Settled::Refunding(RefundReason::PaidTwice));
        assert_eq!((switches(&t, "c4").await, switches(&t, "c1").await), (1, 0));
        // What the ledger told of and took for a renewal may have begun one as well.
        assert_eq!(meant(&t, 1, "c4").await, ["c2", "c3"]);
        sound(&t).await;
    }

    /// On the last day the ledger's word is taken for the renewal. When the webhook says better, the
    /// subscription goes on by the new charge, and the old one is stopped.
    async fn the_webhook_says_more_than_the_ledger(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let [near, next] = [after(MONTH - 600), after(MONTH)];
        assert_eq!(t.shop.settle(&found(&order, "c2", near), near).await.unwrap(), Settled::Renewed(order.id));
        assert_eq!(t.shop.settle(&begun(&order, "c2", near), near).await.unwrap(), Settled::AlreadyBooked);
        assert_eq!((switches(&t, "c2").await, meant(&t, 1, "c2").await), (1, vec!["c1".to_owned()]));
        let settled = t.shop.settle(&paid(&order, "c3", next), next).await.unwrap();
        assert_eq!(settled, Settled::Refunding(RefundReason::PaidTwice));
        assert_eq!((switches(&t, "c3").await, meant(&t, 1, "c3").await), (1, vec!["c1".to_owned()]));
        assert!(change(&t, &order, RenewalChange::Stop(StoppedBy::Seller), next).await);
        assert_eq!((switches(&t, "c1").await, switches(&t, "c2").await), (0, 2));
        sound(&t).await;
    }

    /// Who subscribes again by the old link when all is over comes back: from then on Telegram
    /// knows the subscription by the new charge, and the old one is stopped for good.
    async fn an_old_link_brings_back_what_had_lapsed(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let back = after(MONTH + 9 * DAY);
        turn(&t, back).await;
        turn(&t, back).await;
        assert_eq!(state(&t, &order).await, SubscriptionState::Lapsed);
        assert_eq!(t.shop.precheck(&query(&order), back).await.unwrap(), Ok(()));
        assert_eq!(t.shop.settle(&begun(&order, "c2", back), back).await.unwrap(), Settled::Renewed(order.id));
        assert_eq!((state(&t, &order).await, goods(&t, &order).await), (SubscriptionState::Active, 1));
        assert_eq!((switches(&t, "c1").await, switches(&t, "c2").await), (1, 0));
        // The old one is charged before it is stopped.
        let late = paid(&order, "c3", back.plus(60));
        assert_eq!(t.shop.settle(&late, back.plus(60)).await.unwrap(), Settled::Refunding(RefundReason::PaidTwice));
        assert_eq!((switches(&t, "c3").await, meant(&t, 1, "c3").await), (1, vec!["c1".to_owned()]));
        assert!(change(&t, &order, RenewalChange::Stop(StoppedBy::Seller), back.plus(DAY)).await);
        assert_eq!((switches(&t, "c1").await, switches(&t, "c2").await), (1, 1));
        sound(&t).await;
    }

    /// Goods that did not reach the chat before the rights ended are owed to it upon a return.
    async fn a_return_sends_what_was_never_sent(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let over = after(MONTH + 4 * DAY);
        turn(&t, over).await;
        turn(&t, over).await;
        // The worker finds nothing to send any more.
        for item in t.shop.lease_effects(over, 20).await.unwrap() {
            t.shop.end_effect(item.lease, shop::Outcome::Done, over).await.unwrap();
        }
        let returned = paid(&order, "c2", over);
        assert_eq!(t.shop.settle(&returned, over).await.unwrap(), Settled::Renewed(order.id));
        let waits = "SELECT COUNT(*) FROM outbox WHERE body LIKE '%\"deliver\"%' AND state = 'waiting'";
        assert_eq!((goods(&t, &order).await, t.count(waits).await), (1, 1));
        sound(&t).await;
    }
}
