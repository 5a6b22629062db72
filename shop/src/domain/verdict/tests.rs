use proptest::prelude::*;

use super::*;
use crate::domain::{
    ChargeId, HeardBy, Recurring, StoppedBy, Subscription, SubscriptionState, Term, UserId,
};

fn order(state: OrderState) -> Order {
    let paid = state.is_granted() || state == OrderState::Refunded;
    Order {
        id: OrderId::from_bytes([7; 16]),
        buyer: UserId(1),
        product: "book".parse().unwrap(),
        offer: "default".parse().unwrap(),
        title: "Book".into(),
        price: Stars(50),
        promo: None,
        list_price: None,
        term: Term::Forever,
        state,
        opened_at: UnixSeconds(1_000),
        expires_at: UnixSeconds(2_000),
        paid_at: paid.then_some(UnixSeconds(1_500)),
        charge: paid.then(|| "c0".parse().unwrap()),
        invoice_link: None,
    }
}

fn payment(buyer: i64, currency: &str, amount: i64) -> Payment {
    Payment {
        charge: "c1".parse::<ChargeId>().unwrap(),
        buyer: UserId(buyer),
        payload: OrderId::from_bytes([7; 16]).to_string(),
        currency: currency.into(),
        amount,
        paid_at: UnixSeconds(1_600),
        recurring: None,
        heard_by: HeardBy::Update,
    }
}

fn query(buyer: i64, currency: &str, amount: i64) -> Precheck {
    Precheck {
        buyer: UserId(buyer),
        payload: OrderId::from_bytes([7; 16]).to_string(),
        currency: currency.into(),
        amount,
    }
}

const OPEN: Selling = Selling {
    paused: false,
    live: true,
    price: Stars(50),
    subscribed: false,
};

fn states() -> impl Strategy<Value = OrderState> {
    (0..OrderState::ALL.len()).prop_map(|index| OrderState::ALL[index])
}

proptest! {
    /// Invariant "two ends only": a grant is always a transition that the order can make, and
    /// nothing but the right money from the right buyer is granted.
    #[test]
    fn two_ends_only(
        state in states(),
        buyer in 1..3_i64,
        amount in 49..52_i64,
        stars in any::<bool>(),
        live in any::<bool>(),
    ) {
        let order = order(state);
        let payment = payment(buyer, if stars { "XTR" } else { "USD" }, amount);
        match claim(&payment, Some(&order), live, None) {
            Claim::Grant(transition) => {
                prop_assert_eq!(state.after(transition), Ok(OrderState::Paid));
                prop_assert!(stars && amount == 50 && buyer == 1);
            }
            Claim::Renew(_) => prop_assert!(false, "nothing here renews"),
            Claim::GiveBack(_) => prop_assert!(
                !stars || amount != 50 || buyer != 1 || !state.is_open()
            ),
        }
    }

    /// What pre-checkout lets through can be granted, as long as the order stays as it was.
    #[test]
    fn a_promise_can_be_kept(
        state in states(),
        buyer in 1..3_i64,
        amount in 49..52_i64,
        now in 900..2_100_i64,
    ) {
        let order = order(state);
        if may_pay(&query(buyer, "XTR", amount), Some(&order), Some(&OPEN), None, UnixSeconds(now)).is_ok() {
            let claim = claim(&payment(buyer, "XTR", amount), Some(&order), true, None);
            prop_assert_eq!(claim, Claim::Grant(Transition::Pay));
        }
    }
}

#[test]
fn each_refusal_has_its_reason() {
    let ask = |query: &Precheck, order: Option<&Order>, selling: Option<&Selling>, now| {
        may_pay(query, order, selling, None, UnixSeconds(now)).unwrap_err()
    };
    let (good, open) = (query(1, "XTR", 50), order(OrderState::Opened));
    assert_eq!(ask(&good, None, Some(&OPEN), 1_500), Refusal::UnknownOrder);
    assert_eq!(
        ask(&query(2, "XTR", 50), Some(&open), Some(&OPEN), 1_500),
        Refusal::AnotherBuyer
    );
    assert_eq!(
        ask(&query(1, "XTR", -50), Some(&open), Some(&OPEN), 1_500),
        Refusal::WrongAmount
    );
    assert_eq!(
        ask(&query(1, "USD", 50), Some(&open), Some(&OPEN), 1_500),
        Refusal::WrongAmount
    );
    assert_eq!(
        ask(&good, Some(&open), Some(&OPEN), 2_000),
        Refusal::OrderExpired
    );
    assert_eq!(
        ask(
            &good,
            Some(&order(OrderState::Delivered)),
            Some(&OPEN),
            1_500
        ),
        Refusal::AlreadyPaid
    );
    assert_eq!(ask(&good, Some(&open), None, 1_500), Refusal::NotForSale);
    let paused = Selling {
        paused: true,
        ..OPEN
    };
    assert_eq!(
        ask(&good, Some(&open), Some(&paused), 1_500),
        Refusal::ShopPaused
    );
    let dearer = Selling {
        price: Stars(60),
        ..OPEN
    };
    assert_eq!(
        ask(&good, Some(&open), Some(&dearer), 1_500),
        Refusal::PriceChanged { now: Stars(60) }
    );
}

#[test]
fn a_late_payment_needs_a_product_that_is_still_sold() {
    let late = order(OrderState::Expired);
    let paid = payment(1, "XTR", 50);
    assert_eq!(
        claim(&paid, Some(&late), true, None),
        Claim::Grant(Transition::PayLate)
    );
    let refusal = Refusal::NotForSale;
    assert_eq!(
        claim(&paid, Some(&late), false, None),
        Claim::GiveBack(RefundReason::Refused { refusal })
    );
}

#[test]
fn only_an_id_names_an_order() {
    assert!(order_named("07070707070707070707070707070707").is_some());
    for other in [
        "",
        "book",
        "{\"order\":7}",
        "0707070707070707070707070707070A",
    ] {
        assert_eq!(order_named(other), None, "{other}");
    }
}

const MONTH: i64 = 2_592_000;

/// A subscription paid at 1 000 for a month.
fn subscribed(state: SubscriptionState) -> (Order, Standing) {
    let term = Term::Subscription { seconds: MONTH };
    let order = Order {
        term,
        ..order(OrderState::Delivered)
    };
    let paid = Period::paid(term, UnixSeconds(1_000), None).unwrap();
    let subscription = Subscription {
        order: order.id,
        buyer: order.buyer,
        product: order.product.clone(),
        title: order.title.clone(),
        price: order.price,
        list_price: order.price,
        term,
        state,
        stopped_by: None,
        paid_until: paid.ends_at,
        credit: 0,
        reminded_of: None,
    };
    let periods = vec![paid];
    (
        order,
        Standing {
            subscription,
            periods,
        },
    )
}

#[test]
fn a_renewal_is_taken_when_a_period_is_due() {
    let (order, standing) = subscribed(SubscriptionState::Active);
    let ask = |now| {
        let query = query(1, "XTR", 50);
        let now = UnixSeconds(now);
        may_pay(&query, Some(&order), None, Some(&standing), now)
    };
    assert_eq!(ask(1_000 + MONTH), Ok(()));
    assert_eq!(ask(2_000), Err(Refusal::AlreadyPaid));

    let renewal = |paid_at, until: Option<i64>| Payment {
        paid_at: UnixSeconds(paid_at),
        recurring: Some(Recurring {
            until: until.map(UnixSeconds),
            first: Some(false),
        }),
        ..payment(1, "XTR", 50)
    };
    let decide = |payment: &Payment| claim(payment, Some(&order), false, Some(&standing));
    // On time, days late, and a little before the end: Telegram's word about the end counts.
    for (paid_at, until) in [
        (1_000 + MONTH, None),
        (1_000 + MONTH + 260_000, None),
        (MONTH - 600, Some(1_000 + 2 * MONTH)),
    ] {
        let end = UnixSeconds(until.unwrap_or(paid_at + MONTH));
        let Claim::Renew(period) = decide(&renewal(paid_at, until)) else {
            panic!("not renewed at {paid_at}");
        };
        assert_eq!(period.ends_at, end);
    }
    // The same invoice paid once more on the same day.
    let twice = renewal(4_600, Some(4_600 + MONTH));
    assert_eq!(decide(&twice), Claim::GiveBack(RefundReason::PaidTwice));
    // The price of a period does not change, and only its buyer pays it.
    let wrong = Payment {
        amount: 60,
        ..renewal(1_000 + MONTH, None)
    };
    let refusal = Refusal::WrongAmount;
    assert_eq!(
        decide(&wrong),
        Claim::GiveBack(RefundReason::Refused { refusal })
    );
}

#[test]
fn nothing_renews_what_was_given_back_or_changed() {
    for state in [SubscriptionState::Changed, SubscriptionState::Refunded] {
        let (order, standing) = subscribed(state);
        let late = Payment {
            paid_at: UnixSeconds(1_000 + MONTH),
            ..payment(1, "XTR", 50)
        };
        let refusal = Refusal::SubscriptionEnded;
        assert_eq!(
            claim(&late, Some(&order), true, Some(&standing)),
            Claim::GiveBack(RefundReason::Refused { refusal })
        );
    }
}

#[test]
fn a_first_payment_is_no_renewal() {
    let begun = |days: i64, first: Option<bool>| {
        let recurring = Some(Recurring { until: None, first });
        let paid_at = UnixSeconds(1_000 + days * 86_400);
        let paid = payment(1, "XTR", 50);
        Payment {
            paid_at,
            recurring,
            ..paid
        }
    };
    let decide = |state, payment: &Payment| {
        let (order, standing) = subscribed(state);
        claim(payment, Some(&order), true, Some(&standing))
    };
    let twice = Claim::GiveBack(RefundReason::PaidTwice);
    for state in [
        SubscriptionState::Active,
        SubscriptionState::Failed,
        SubscriptionState::Canceled,
    ] {
        for days in [0, 16, 29] {
            assert_eq!(
                decide(state, &begun(days, Some(true))),
                twice,
                "{state:?} {days}"
            );
        }
        // After the end, whoever pays the old link comes back.
        for days in [30, 33] {
            let back = decide(state, &begun(days, Some(true)));
            assert!(matches!(back, Claim::Renew(_)), "{state:?} {days}");
        }
        for first in [None, Some(false)] {
            assert_eq!(decide(state, &begun(28, first)), twice);
            assert!(matches!(decide(state, &begun(29, first)), Claim::Renew(_)));
        }
    }
    // It began before what is known: the renewal was told first.
    let early = begun(-30, Some(true));
    assert!(matches!(
        decide(SubscriptionState::Active, &early),
        Claim::Renew(_)
    ));
    let back = begun(40, Some(true));
    assert!(matches!(
        decide(SubscriptionState::Lapsed, &back),
        Claim::Renew(_)
    ));
    assert_eq!(
        decide(SubscriptionState::Lapsed, &begun(16, Some(true))),
        twice
    );
}

#[test]
fn a_subscription_is_bought_once_at_a_time() {
    let selling = Selling {
        subscribed: true,
        ..OPEN
    };
    let open = order(OrderState::Opened);
    let refused = Err(Refusal::AlreadySubscribed);
    let good = query(1, "XTR", 50);
    let now = UnixSeconds(1_500);
    assert_eq!(
        may_pay(&good, Some(&open), Some(&selling), None, now),
        refused
    );
}

#[test]
fn a_stopped_subscription_takes_no_charge() {
    let ask = |stopped_by| {
        let (order, mut standing) = subscribed(SubscriptionState::Canceled);
        standing.subscription.stopped_by = stopped_by;
        let paid_at = UnixSeconds(1_000 + MONTH);
        let paid = payment(1, "XTR", 50);
        let late = Payment { paid_at, ..paid };
        claim(&late, Some(&order), true, Some(&standing))
    };
    let refusal = Refusal::SubscriptionStopped;
    let refused = Claim::GiveBack(RefundReason::Refused { refusal });
    assert_eq!(ask(Some(StoppedBy::Buyer)), refused);
    assert_eq!(ask(Some(StoppedBy::Seller)), refused);
    assert!(matches!(ask(Some(StoppedBy::Telegram)), Claim::Renew(_)));
}

#[test]
fn an_order_is_opened_for_what_its_buyer_saw() {
    let new = NewOrder {
        buyer: UserId(1),
        product: "book".parse().unwrap(),
        offer: "default".parse().unwrap(),
        seen_price: Stars(50),
        promo: None,
        language: "en".into(),
    };
    let ask = |selling: Selling| may_open(&new, Some(&selling));
    assert_eq!(ask(OPEN), Ok(()));
    let now = Stars(49);
    let cheaper = Selling { price: now, ..OPEN };
    assert_eq!(ask(cheaper), Err(Refusal::PriceChanged { now }));
    let gone = Selling {
        live: false,
        ..OPEN
    };
    assert_eq!(ask(gone), Err(Refusal::NotForSale));
    let subscribed = Selling {
        subscribed: true,
        ..OPEN
    };
    assert_eq!(ask(subscribed), Err(Refusal::AlreadySubscribed));
    assert_eq!(may_open(&new, None), Err(Refusal::NotForSale));
}
