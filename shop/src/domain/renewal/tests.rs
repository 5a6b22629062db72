use super::*;
use crate::domain::{OrderId, Stars, Term, UserId};

const DAY: i64 = 86_400;

/// A subscription paid until the thirtieth day.
fn subscription(state: SubscriptionState, stopped_by: Option<StoppedBy>) -> Subscription {
    Subscription {
        order: OrderId::from_bytes([7; 16]),
        buyer: UserId(1),
        product: "club".parse().unwrap(),
        title: "Club".into(),
        price: Stars(50),
        list_price: Stars(50),
        term: Term::Subscription { seconds: 30 * DAY },
        state,
        stopped_by,
        paid_until: UnixSeconds(30 * DAY),
        credit: 0,
        reminded_of: None,
    }
}

fn period(from_day: i64, to_day: i64) -> Period {
    Period {
        starts_at: UnixSeconds(from_day * DAY),
        ends_at: UnixSeconds(to_day * DAY),
    }
}

#[test]
fn the_stronger_word_counts() {
    use RenewalChange::{Allow, Fail, Stop};
    use StoppedBy::{Buyer, Seller, Telegram};
    use SubscriptionState::{Active, Canceled, Changed, Failed, Lapsed, Refunded};
    let table = [
        // Anybody stops what renews.
        (
            Active,
            None,
            Stop(Telegram),
            Some((Canceled, Some(Telegram))),
        ),
        (Active, None, Stop(Buyer), Some((Canceled, Some(Buyer)))),
        (Failed, None, Stop(Seller), Some((Canceled, Some(Seller)))),
        (Lapsed, None, Stop(Buyer), None),
        // The shop's word replaces Telegram's, the seller's the buyer's, and never the other way.
        (
            Canceled,
            Some(Telegram),
            Stop(Buyer),
            Some((Canceled, Some(Buyer))),
        ),
        (
            Canceled,
            Some(Buyer),
            Stop(Seller),
            Some((Canceled, Some(Seller))),
        ),
        (Canceled, Some(Buyer), Stop(Buyer), None),
        (Canceled, Some(Buyer), Stop(Telegram), None),
        (Canceled, Some(Seller), Stop(Buyer), None),
        // Telegram's own stop is taken back there; the shop's by who said it, and then in Telegram.
        (
            Canceled,
            Some(Telegram),
            Allow(Telegram),
            Some((Active, None)),
        ),
        (Canceled, Some(Buyer), Allow(Telegram), None),
        (Canceled, Some(Seller), Allow(Telegram), None),
        (
            Canceled,
            Some(Buyer),
            Allow(Buyer),
            Some((Canceled, Some(Telegram))),
        ),
        (
            Canceled,
            Some(Seller),
            Allow(Seller),
            Some((Canceled, Some(Telegram))),
        ),
        (Canceled, Some(Seller), Allow(Buyer), None),
        (Lapsed, Some(Buyer), Allow(Buyer), None),
        (Active, None, Allow(Buyer), None),
        // Telegram charges only for what is to be renewed.
        (Active, None, Fail, Some((Failed, None))),
        (Canceled, Some(Telegram), Fail, None),
        (Changed, None, Stop(Seller), None),
        (Refunded, None, Allow(Telegram), None),
    ];
    for (state, stopped_by, change, expected) in table {
        let was = subscription(state, stopped_by);
        let next = was.with_renewal(change);
        let told = next.as_ref().map(|next| (next.state, next.stopped_by));
        assert_eq!(told, expected, "{state:?} {stopped_by:?} {change:?}");
        // A renewal that is stopped or allowed takes nothing that is paid.
        assert!(next.is_none_or(|next| next.paid_until == was.paid_until));
    }
}

#[test]
fn what_ended_for_good_is_not_charged_again() {
    for state in [SubscriptionState::Changed, SubscriptionState::Refunded] {
        assert!(subscription(state, None).is_stopped_by_shop());
    }
    let active = subscription(SubscriptionState::Active, None);
    assert!(!active.is_stopped_by_shop());
}

/// Telegram charged: whatever was told before, it goes on.
#[test]
fn a_charge_brings_it_back() {
    let canceled = Some(StoppedBy::Telegram);
    for (state, stopped_by) in [
        (SubscriptionState::Failed, None),
        (SubscriptionState::Canceled, canceled),
        (SubscriptionState::Lapsed, canceled),
    ] {
        let next = subscription(state, stopped_by).with_period(period(30, 60));
        let next = next.map(|next| (next.state, next.stopped_by, next.paid_until));
        let until = UnixSeconds(60 * DAY);
        assert_eq!(next, Some((SubscriptionState::Active, None, until)));
    }
}

#[test]
fn time_that_was_given_back_is_taken_once() {
    let paid = subscription(SubscriptionState::Active, None);
    let left = |from_day: i64| {
        let left = paid.without(period(10, 30), UnixSeconds(from_day * DAY));
        left.paid_until.0 / DAY
    };
    // Before it began, in the midst of it, and after its end.
    assert_eq!([left(0), left(25), left(31)], [10, 25, 30]);
}

#[test]
fn credit_that_was_too_much_is_taken_back() {
    let plan = |credit_days| Subscription {
        credit: credit_days * DAY,
        ..subscription(SubscriptionState::Active, None)
    };
    let until = |day: i64| Subscription {
        paid_until: UnixSeconds(day * DAY),
        ..plan(0)
    };
    let left = |credit_days| {
        let then = UnixSeconds(20 * DAY);
        let next = plan(credit_days).with_less_credit(&until(30), &until(24), then);
        next.credit / DAY
    };
    // Ten days were credited and four were due; what is used up already cannot be taken.
    assert_eq!([left(10), left(3)], [4, 0]);
}
