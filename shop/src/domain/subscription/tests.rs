use proptest::prelude::*;

use super::*;
use crate::domain::Period;

const MONTH: i64 = 2_592_000;

fn subscription(price: u64, seconds: i64, paid_until: i64) -> Subscription {
    Subscription {
        order: OrderId::from_bytes([7; 16]),
        buyer: UserId(1),
        product: "club".parse().unwrap(),
        title: "Club".into(),
        price: Stars(price),
        list_price: Stars(price),
        term: Term::Subscription { seconds },
        state: SubscriptionState::Active,
        stopped_by: None,
        paid_until: UnixSeconds(paid_until),
        credit: 0,
        reminded_of: None,
    }
}

proptest! {
    /// A change of plan is fair: what is credited is worth what was left, to the last second of
    /// the new plan, and going there and back again wins nothing.
    #[test]
    fn credit_is_fair(
        left in 0..40 * MONTH,
        price in 1..10_000_u64,
        other in 1..10_000_u64,
        days in 1..400_i64,
        cheaper in 1..10_000_u64,
    ) {
        let old = subscription(price, MONTH, left);
        let term = Term::Pass { seconds: days * 86_400 };
        let credit = old.credit_for(Stars(other), term, UnixSeconds(0));
        let worth = |seconds: i64, price: u64, period: i64| {
            i128::from(seconds) * i128::from(price) * i128::from(MONTH * days * 86_400) / i128::from(period)
        };
        let (had, got) = (worth(left, price, MONTH), worth(credit, other, days * 86_400));
        let second = worth(1, other, days * 86_400);
        prop_assert!(got <= had + 1, "won: {had} became {got}");
        prop_assert!(had - got <= second + 1, "lost: {had} became {got}");

        let (price_now, list_price) = (Stars(cheaper.min(other)), Stars(other));
        let new = Subscription { term, price: price_now, list_price, credit, ..subscription(price, MONTH, 0) };
        let back = new.credit_for(Stars(price), Term::Subscription { seconds: MONTH }, UnixSeconds(0));
        prop_assert!(back <= left);
        // Whatever a promo code took off the plan in between.
        let second = worth(1, price, MONTH) + worth(1, other, days * 86_400);
        prop_assert!(worth(left - back, price, MONTH) <= second + 2);
    }

    /// Whatever happens to it: goods are the buyer's only while it runs, and once its money went
    /// back, or another plan took it over, no renewal brings it back.
    #[test]
    fn what_is_over_stays_over(steps in prop::collection::vec(0..SubscriptionChange::ALL.len(), 0..40)) {
        let (mut state, mut over) = (SubscriptionState::Active, false);
        for change in steps.into_iter().map(|index| SubscriptionChange::ALL[index]) {
            let Some(next) = state.after(change) else { continue };
            prop_assert!(!over || next == SubscriptionState::Refunded);
            over |= matches!(change, SubscriptionChange::Change | SubscriptionChange::Refund);
            prop_assert_eq!(next.is_running(), !over && change != SubscriptionChange::Lapse);
            state = next;
        }
    }

    /// A renewal gives the time that it pays for. Credit that was had while it was awaited is gone,
    /// and none is made.
    #[test]
    fn no_time_is_given_twice(wait in -MONTH..2 * MONTH, credit in 0..MONTH) {
        let was = Subscription { credit, ..subscription(50, MONTH, MONTH) };
        let starts_at = UnixSeconds(MONTH + wait);
        let paid = Period { starts_at, ends_at: starts_at.plus(MONTH) };
        let next = was.with_period(paid).unwrap();
        prop_assert_eq!(next.paid_until, paid.ends_at.max(was.paid_until));
        prop_assert_eq!(next.credit, credit - wait.clamp(0, credit));
    }

    /// Something is due as long as it runs, and never after its end.
    #[test]
    fn something_is_due_while_it_runs(
        index in 0..SubscriptionState::ALL.len(),
        credit in 0..MONTH,
        reminded in any::<bool>(),
    ) {
        let state = SubscriptionState::ALL[index];
        let mut one = Subscription { state, credit, ..subscription(50, MONTH, MONTH) };
        one.reminded_of = reminded.then(|| one.next_end());
        let due = one.due_at();
        prop_assert_eq!(due.is_some(), state.is_running());
        prop_assert!(due.is_none_or(|due| due <= one.ends_at()));
    }
}

/// The table in the module's head says what the machine does.
#[test]
fn the_table_is_true() {
    let head = include_str!("../subscription.rs");
    let told: Vec<&str> = head.lines().filter(|l| l.starts_with("//! | ")).collect();
    let mut made =
        vec!["//! | | renew | cancel | resume | fail | lapse | change | refund |".to_owned()];
    for state in SubscriptionState::ALL {
        let after = |change| state.after(change).map_or("–", SubscriptionState::as_str);
        let cells = SubscriptionChange::ALL.map(after).join(" | ");
        made.push(format!("//! | {} | {cells} |", state.as_str()));
    }
    assert_eq!(told, made);
}

#[test]
fn a_renewal_is_awaited_for_a_tenth_of_its_period() {
    let active = subscription(50, MONTH, 1_000_000);
    assert_eq!(active.ends_at(), UnixSeconds(1_000_000 + 259_200));
    assert_eq!(active.due_at(), Some(UnixSeconds(1_000_000 - 259_200)));
    let reminded_of = Some(active.next_end());
    let reminded = Subscription {
        reminded_of,
        ..active.clone()
    };
    assert_eq!(reminded.due_at(), Some(active.ends_at()));
    let state = SubscriptionState::Canceled;
    let canceled = Subscription {
        state,
        credit: 60,
        ..active
    };
    assert_eq!(canceled.ends_at(), UnixSeconds(1_000_060));
    assert_eq!(subscription(50, 60, 0).ends_at(), UnixSeconds(6));
}

#[test]
fn a_month_paid_twice_is_not_two_months() {
    let term = Term::Subscription { seconds: MONTH };
    let paid = |at, until| Period::paid(term, UnixSeconds(at), until).unwrap();
    let first = paid(0, None);
    assert_eq!(first.ends_at, UnixSeconds(MONTH));
    assert!(first.is_same_time(paid(3600, None)));
    assert!(first.is_same_time(paid(-3600, None)));
    assert!(first.is_same_time(paid(16 * 86_400, None)));
    assert!(first.is_same_time(paid(MONTH - 86_401, None)));
    assert!(!first.is_same_time(paid(MONTH - 86_400, None)));
    assert!(!first.is_same_time(paid(MONTH, None)));
    assert!(!first.is_same_time(paid(MONTH - 3600, Some(UnixSeconds(2 * MONTH)))));
    assert!(!paid(MONTH, None).is_same_time(first));
    let minute =
        |at| Period::paid(Term::Subscription { seconds: 60 }, UnixSeconds(at), None).unwrap();
    for at in [0, 1_800_000_000] {
        assert!(minute(at).is_same_time(minute(at + 53)));
        assert!(!minute(at).is_same_time(minute(at + 54)));
    }
    assert_eq!(Period::paid(Term::Forever, UnixSeconds(0), None), None);
}

#[test]
fn nothing_is_credited_for_what_is_over_or_free() {
    let plan = subscription(50, MONTH, 5_000);
    let credit =
        |of: &Subscription, price, now| of.credit_for(Stars(price), of.term, UnixSeconds(now));
    assert_eq!(credit(&plan, 50, 2_000), 3_000);
    assert_eq!(credit(&plan, 100, 2_000), 1_500);
    assert_eq!(credit(&plan, 50, 5_001), 0);
    assert_eq!(credit(&plan, 0, 2_000), 0);
    assert_eq!(credit(&subscription(50, 0, 5_000), 50, 2_000), 0);
    let forever = plan.credit_for(Stars(50), Term::Forever, UnixSeconds(2_000));
    assert_eq!(forever, 0);
}

/// A buyer is reminded of the next charge, or else of the end of all that was paid and credited.
#[test]
fn credit_comes_after_the_charges() {
    let active = Subscription {
        credit: 60,
        ..subscription(50, MONTH, MONTH)
    };
    assert!(active.will_renew());
    assert_eq!(active.next_end(), UnixSeconds(MONTH));
    let state = SubscriptionState::Canceled;
    let canceled = Subscription {
        state,
        ..active.clone()
    };
    let term = Term::Pass { seconds: MONTH };
    let pass = Subscription { term, ..active };
    for last in [canceled, pass] {
        assert!(!last.will_renew());
        assert_eq!(last.next_end(), UnixSeconds(MONTH + 60));
        // Nothing is awaited: no grace.
        assert_eq!(last.ends_at(), last.next_end());
    }
}
