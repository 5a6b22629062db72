//! Invoice payloads: a payload names an order or none, and no odd payment is ever granted.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shop::domain::{
    ChargeId, Order, OrderId, OrderState, Payment, Stars, UnixSeconds, UserId,
    verdict::{Claim, claim, order_named},
};

const PRICE: i64 = 50;

/// An order of buyer 1 in some state.
fn order(id: OrderId, state: OrderState) -> Option<Order> {
    Some(Order {
        id,
        buyer: UserId(1),
        product: "book".parse().ok()?,
        offer: "default".parse().ok()?,
        title: String::new(),
        price: Stars(PRICE.unsigned_abs()),
        state,
        opened_at: UnixSeconds(0),
        expires_at: UnixSeconds(1),
        paid_at: None,
        charge: None,
        invoice_link: None,
    })
}

fuzz_target!(|input: (&str, &str, i64, i64, u8, bool)| {
    let (payload, currency, buyer, amount, state, live) = input;
    let named = order_named(payload);
    // An id has one spelling: nothing else names an order.
    let is_id = payload.len() == 32
        && payload.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    assert_eq!(named.map(|id| id.to_string()).as_deref(), is_id.then_some(payload));

    let state = OrderState::ALL[usize::from(state) % OrderState::ALL.len()];
    let order = order(named.unwrap_or(OrderId::from_bytes([7; 16])), state);
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
    };
    if let Claim::Grant(transition) = claim(&payment, order.as_ref(), live) {
        assert!(buyer == 1 && amount == PRICE && currency == "XTR");
        assert!(state.after(transition).is_ok_and(OrderState::is_granted));
    }
    assert!(matches!(claim(&payment, None, live), Claim::GiveBack(_)));
});
