//! Buyers who come back after the end of what they paid, money on its way back, and what Telegram says
//! of either too late.

use shop::domain::*;

use crate::{
    renewals::{meant, refused, switches},
    subscriptions::{
        DAY, MONTH, begun, found, goods, join, owed, paid, sound, standing, state, turn,
    },
    support::{NOW, TestShop, after, each_database, query, refund, wish},
};

async fn fail(t: &TestShop, order: &Order, at: UnixSeconds) -> bool {
    let change = RenewalChange::Fail;
    let changed = t
        .shop
        .change_renewal(order.id, Some(order.buyer), change, at);
    changed.await.unwrap()
}

each_database! {
    /// Who tops up after the end and subscribes anew by the old link, before the shop gave up waiting,
    /// keeps what they had; the subscription before is charged no more.
    async fn who_subscribes_anew_in_the_grace_goes_on(t: TestShop) {
        let told = [true, false];
        for (buyer, is_told) in (1..).zip(told) {
            let [first, second, late] = [1, 2, 3].map(|n| format!("c{buyer}{n}"));
            let order = join(&t, buyer, "month", &first, NOW).await;
            let end = after(MONTH);
            if is_told {
                assert!(fail(&t, &order, end).await);
            }
            let back = end.plus(DAY);
            assert_eq!(t.shop.precheck(&query(&order), back).await.unwrap(), Ok(()));
            let settled = t.shop.settle(&begun(&order, &second, back), back).await.unwrap();
            assert_eq!(settled, Settled::Renewed(order.id));
            assert_eq!((state(&t, &order).await, goods(&t, &order).await), (SubscriptionState::Active, 1));
            assert_eq!(standing(&t, &order).await.paid_until, back.plus(MONTH));
            assert_eq!((switches(&t, &first).await, meant(&t, buyer, &first).await), (1, vec![first.clone()]));
            // What Telegram still charges for the one before goes back.
            let again = paid(&order, &late, back.plus(60));
            let twice = Settled::Refunding(RefundReason::PaidTwice);
            assert_eq!(t.shop.settle(&again, back.plus(60)).await.unwrap(), twice);
        }
        sound(&t).await;
    }

    /// A refund may wait for Stars for weeks. Its buyer is not charged again meanwhile, nor told that
    /// they will be.
    async fn a_refund_that_waits_stops_the_renewal(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        assert!(t.shop.queue_refund(order.id, after(DAY)).await.unwrap());
        assert_eq!((state(&t, &order).await, goods(&t, &order).await), (SubscriptionState::Canceled, 1));
        assert_eq!(switches(&t, "c1").await, 1);
        turn(&t, after(MONTH - DAY)).await;
        assert_eq!(owed(&t, "renews_soon").await, 0);
        let next = after(MONTH);
        let stopped = Refusal::SubscriptionStopped;
        assert_eq!(t.shop.precheck(&query(&order), next).await.unwrap(), Err(stopped.clone()));
        let renewal = paid(&order, "c2", next);
        assert_eq!(t.shop.settle(&renewal, next).await.unwrap(), refused(stopped));
        t.shop.book_refund(&refund(&order, "c1"), next).await.unwrap();
        assert_eq!((state(&t, &order).await, switches(&t, "c1").await), (SubscriptionState::Refunded, 1));
        let told = "SELECT COUNT(*) FROM event WHERE detail LIKE '%stopped_by_refund%'";
        assert_eq!(t.count(told).await, 1);
        sound(&t).await;
    }

    /// Telegram charged after all, the ledger told of it, and the update that it could not comes behind:
    /// nothing has failed.
    async fn word_of_a_failure_that_was_made_good_changes_nothing(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let next = after(MONTH);
        let by_ledger = Payment { heard_by: HeardBy::Ledger, ..found(&order, "c2", next) };
        t.shop.settle(&by_ledger, next).await.unwrap();
        assert!(!fail(&t, &order, next.plus(60)).await);
        assert_eq!((state(&t, &order).await, owed(&t, "renewal_failed").await), (SubscriptionState::Active, 0));
        // Near the end it may be the next one.
        assert!(fail(&t, &order, next.plus(MONTH - DAY)).await);
        assert_eq!(state(&t, &order).await, SubscriptionState::Failed);
        // Updates come in order: behind one, it is the next one too, whatever the clock says.
        let third = after(2 * MONTH);
        t.shop.settle(&paid(&order, "c3", third), third).await.unwrap();
        assert!(fail(&t, &order, third.plus(60)).await);
    }

    /// Who gets one period back and has another is not told that all is gone; who has nothing left is.
    async fn a_period_that_came_back_is_told_as_one(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        let order = join(&t, 1, "month", "c1", NOW).await;
        let next = after(MONTH);
        t.shop.settle(&paid(&order, "c2", next), next).await.unwrap();
        let stays = "SELECT COUNT(*) FROM outbox WHERE body LIKE '%\"goods_stay\":true%'";
        t.shop.book_refund(&refund(&order, "c1"), next.plus(60)).await.unwrap();
        assert_eq!((goods(&t, &order).await, t.count(stays).await), (1, 2), "buyer and owner");
        t.shop.book_refund(&refund(&order, "c2"), next.plus(60)).await.unwrap();
        assert_eq!((goods(&t, &order).await, t.count(stays).await), (0, 2));
        assert_eq!(owed(&t, "refunded").await, 2);

        // A plan that took the place of another gives its goods on.
        let month = join(&t, 2, "month", "d1", NOW).await;
        let week = join(&t, 2, "week", "d2", after(DAY)).await;
        t.shop.book_refund(&refund(&month, "d1"), after(2 * DAY)).await.unwrap();
        assert_eq!((goods(&t, &week).await, t.count(stays).await), (1, 4));
    }

    /// One a person: a payment that comes after its order expired takes no second place beside an
    /// order that is being paid, though a plan that gives way to it had one.
    async fn a_late_payment_takes_no_second_place(t: TestShop) {
        join(&t, 1, "week", "c1", NOW).await;
        let wished = |offer: &str, price| NewOrder {
            offer: offer.parse().unwrap(),
            seen_price: Stars(price),
            ..wish(1, "club")
        };
        let late = t.shop.open_order(&wished("week", 20), after(1)).await.unwrap();
        let expired = late.expires_at.plus(1);
        t.shop.expire_orders(expired).await.unwrap();
        let other = t.shop.open_order(&wished("month", 50), expired).await.unwrap();
        let settled = t.shop.settle(&begun(&late, "c2", expired), expired).await.unwrap();
        assert_eq!(settled, refused(Refusal::BuyerLimit));
        let settled = t.shop.settle(&begun(&other, "c3", expired), expired).await.unwrap();
        assert_eq!(settled, Settled::Granted(other.id));
        sound(&t).await;
    }
}
