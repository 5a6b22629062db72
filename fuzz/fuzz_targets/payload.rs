//! Invoice payloads: a payload names an order or none, and no odd payment is ever granted.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shop::domain::{
    ChargeId, HeardBy, Order, OrderId, OrderState, Payment, Recurring, Stars, Term, UnixSeconds,
    UserId,
    verdict::{Claim, claim, order_named},
};

const PRICE: i64 = 50;

/// An order of buyer 1 in some state, for some time.
fn order(id: OrderId, state: OrderState, term: Term) -> Option<Order> {
    Some(Order {
        id,
        buyer: UserId(1),
        product: "book".parse().ok()?,
        offer: "default".parse().ok()?,
        title: String::new(),
        price: Stars(PRICE.unsigned_abs()),
        promo: None,
        list_price: None,
        term,
        state,
        opened_at: UnixSeconds(0),
        expires_at: UnixSeconds(1),
        paid_at: None,
        charge: None,
        invoice_link: None,
    })
}

fuzz_target!(|input: (&str, &str, i64, i64, u8, bool, Option<u32>, Option<bool>)| {
    let (payload, currency, buyer, amount, state, live, seconds, first) = input;
    let named = order_named(payload);
    // An id has one spelling: nothing else names an order.
    let is_id = payload.len() == 32
        && payload.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    assert_eq!(named.map(|id| id.to_string()).as_deref(), is_id.then_some(payload));

    let state = OrderState::ALL[usize::from(state) % OrderState::ALL.len()];
    let term = seconds.map_or(Term::Forever, |seconds| Term::Subscription { seconds: seconds.into() });
    let order = order(named.unwrap_or(OrderId::from_bytes([7; 16])), state, term);
    let Ok(charge) = "c1".parse::<ChargeId>() else {
        unreachable!("the charge is well-formed")
    };
    let payment = Payment {
        charge,
        buyer: UserId(buyer),
        payload: payload.to_owned(),
        currency: currency.to_owned(),
        amount,
        paid_at: UnixSeconds(0),
        recurring: seconds.map(|_| Recurring { until: None, first }),
        heard_by: HeardBy::Update,
    };
    let claimed = claim(&payment, order.as_ref(), live, None);
    assert!(!matches!(claimed, Claim::Renew(_)), "nothing is there to be renewed");
    if let Claim::Grant(transition) = claimed {
        assert!(buyer == 1 && amount == PRICE && currency == "XTR");
        assert!(state.after(transition).is_ok_and(OrderState::is_granted));
    }
    assert!(matches!(claim(&payment, None, live, None), Claim::GiveBack(_)));
});
