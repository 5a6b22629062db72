use proptest::prelude::*;

use super::*;
use crate::domain::{ChargeId, UserId};

fn order(state: OrderState) -> Order {
    let paid = state.is_granted() || state == OrderState::Refunded;
    Order {
        id: OrderId::from_bytes([7; 16]),
        buyer: UserId(1),
        product: "book".parse().unwrap(),
        offer: "default".parse().unwrap(),
        title: "Book".into(),
        price: Stars(50),
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
        match claim(&payment, Some(&order), live) {
            Claim::Grant(transition) => {
                prop_assert_eq!(state.after(transition), Ok(OrderState::Paid));
                prop_assert!(stars && amount == 50 && buyer == 1);
            }
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
        if may_pay(&query(buyer, "XTR", amount), Some(&order), Some(&OPEN), UnixSeconds(now)).is_ok() {
            let claim = claim(&payment(buyer, "XTR", amount), Some(&order), true);
            prop_assert_eq!(claim, Claim::Grant(Transition::Pay));
        }
    }
}

#[test]
fn each_refusal_has_its_reason() {
    let ask = |query: &Precheck, order: Option<&Order>, selling: Option<&Selling>, now| {
        may_pay(query, order, selling, UnixSeconds(now)).unwrap_err()
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
        claim(&paid, Some(&late), true),
        Claim::Grant(Transition::PayLate)
    );
    let refusal = Refusal::NotForSale;
    assert_eq!(
        claim(&paid, Some(&late), false),
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
