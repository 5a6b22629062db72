//! What buyers read in each state.

use shop::domain::{OrderId, Stars, Term, UserId};
use words::{Lang, words};

use super::*;

/// 22 December 2026, 14:05 UTC.
const END: UnixSeconds = UnixSeconds(1_797_948_300);
const DAY: i64 = 86_400;

fn subscription(state: SubscriptionState, stopped_by: Option<StoppedBy>) -> Subscription {
    Subscription {
        order: OrderId::from_bytes([3; 16]),
        buyer: UserId(7),
        product: "club".parse().unwrap(),
        title: "Club".to_owned(),
        price: Stars(250),
        list_price: Stars(250),
        term: Term::Subscription { seconds: 30 * DAY },
        state,
        stopped_by,
        paid_until: END,
        credit: 0,
        reminded_of: None,
    }
}

/// Days before the end of the paid time.
fn told(of: &Subscription, days_left: i64) -> Told {
    tell(words(Lang::En), of, END.plus(-days_left * DAY))
}

#[test]
fn each_state_has_its_line() {
    use SubscriptionState::{Active, Canceled, Changed, Failed, Lapsed, Refunded};
    let table = [
        (Active, 9, "Renews on 22 December 2026 for 250 Stars"),
        (Active, -1, "Being renewed; yours until 25 December 2026"),
        (Canceled, 9, "Ends on 22 December 2026, not renewed"),
        (Failed, -1, "Payment failed; yours until 25 December 2026"),
        (Lapsed, -9, "Ended; it was paid until 22 December 2026"),
        (Changed, 9, "Changed to another plan"),
        (Refunded, 9, "Refunded; the Stars went back"),
    ];
    for (state, days_left, line) in table {
        let of = subscription(state, None);
        let says = told(&of, days_left).says.replace('\u{a0}', " ");
        assert_eq!(says, line, "{state:?}");
    }
}

#[test]
fn what_can_be_done_depends_on_who_stopped_it() {
    let stopped = |by| told(&subscription(SubscriptionState::Canceled, Some(by)), 9);
    let by_buyer = stopped(StoppedBy::Buyer);
    assert_eq!((by_buyer.step, by_buyer.notes), (Some(Step::Allow), vec![]));
    let in_telegram = stopped(StoppedBy::Telegram);
    assert_eq!(in_telegram.step, None);
    assert!(in_telegram.notes[0].contains("Settings → Your Stars"));
    let by_seller = stopped(StoppedBy::Seller);
    assert_eq!(by_seller.step, None);
    assert!(by_seller.notes[0].contains("seller"));
}

#[test]
fn stopping_says_what_it_ends() {
    let active = subscription(SubscriptionState::Active, None);
    assert_eq!(told(&active, 1).step, Some(Step::Stop));
    assert_eq!(told(&active, 0).step, Some(Step::StopNow));
    let failed = subscription(SubscriptionState::Failed, None);
    let without = told(&failed, -1);
    assert_eq!(without.step, Some(Step::StopNow));
    assert!(without.notes[0].contains("Top up"));
    let credit = 5 * DAY;
    let with = told(&Subscription { credit, ..failed }, -1);
    assert_eq!((with.step, with.notes.len()), (Some(Step::Stop), 2));
}

#[test]
fn a_pass_ends_with_its_credit() {
    let pass = Subscription {
        term: Term::Pass { seconds: 7 * DAY },
        credit: 3 * DAY + 5,
        ..subscription(SubscriptionState::Active, None)
    };
    let told = told(&pass, 2);
    assert_eq!(told.says, "Ends on 25\u{a0}December 2026");
    assert_eq!(
        told.notes,
        ["With 3\u{a0}days carried over from your plan before."]
    );
    assert_eq!(told.step, None);
}

#[test]
fn periods_of_the_test_environment_have_their_time() {
    let short = Subscription {
        term: Term::Subscription { seconds: 60 },
        ..subscription(SubscriptionState::Active, None)
    };
    let says = told(&short, 1).says;
    assert!(says.contains("14:05 UTC"), "{says}");
}
