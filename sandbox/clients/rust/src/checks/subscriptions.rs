//! Subscriptions on the sandbox's clock, from the first payment to the lapse.

use super::calls::{DAY, MONTH, count, id, link, link_by, paid_for, rows, user};
use crate::world::{World, refused};
use crate::{Check, Outcome};
use frankenstein::TelegramApi;
use frankenstein::client_ureq::Bot;
use frankenstein::methods::EditUserStarSubscriptionParams;
use frankenstein::payments::SuccessfulPayment;
use frankenstein::types::BotSubscriptionState;
use frankenstein::updates::UpdateContent;

pub const ALL: &[Check] = &[
    ("subscription of 30 days: first payment", first),
    ("editUserStarSubscription", edit),
    (
        "subscription renewed: another charge, the same payload, the next end",
        renewed,
    ),
    (
        "subscription canceled by its user, and turned on again",
        canceled,
    ),
    (
        "subscription that could not be paid, and is paid late",
        failed,
    ),
    (
        "editUserStarSubscription: not renewed when stopped, renewed when allowed again",
        stopped,
    ),
    (
        "subscription: the update, when canceled, active and failed",
        told,
    ),
    (
        "subscriptions of 60 and 300 seconds, as on the test servers",
        short,
    ),
];

/// A new buyer with a subscription to an invoice of 10 Stars: the buyer's id, the first payment.
fn subscribe(w: &mut World, stars: u32, payload: &str) -> (i64, SuccessfulPayment) {
    let url = link(w, 10, payload, Some(MONTH)).unwrap();
    let buyer = w.desk.user("Dora", stars);
    w.pay(buyer, &url, "normal");
    let payment = paid_for(w, payload);
    assert_eq!(payment.is_first_recurring, Some(true));
    (buyer, payment)
}

/// The next payment of a subscription; its end is this much later, or up to `slack` seconds more.
fn is_renewed(
    w: &mut World,
    earlier: &SuccessfulPayment,
    seconds: u32,
    slack: u64,
) -> SuccessfulPayment {
    let payment = paid_for(w, &earlier.invoice_payload);
    assert_eq!(
        (payment.is_recurring, payment.is_first_recurring),
        (Some(true), None)
    );
    assert_ne!(
        payment.telegram_payment_charge_id,
        earlier.telegram_payment_charge_id
    );
    let end = |payment: &SuccessfulPayment| payment.subscription_expiration_date.unwrap();
    let later = end(&payment) - end(earlier) - u64::from(seconds);
    assert!(later <= slack, "{later} seconds too late");
    payment
}

/// Nothing was paid: the ledger has no row more, and the bot was told nothing.
fn is_over(w: &mut World, payload: &str, rows: usize) {
    assert_eq!(count(w), rows);
    w.pump();
    let told = w.inbox.iter().any(|update| {
        matches!(update, UpdateContent::Message(message) if message
            .successful_payment
            .as_ref()
            .is_some_and(|payment| payment.invoice_payload == payload))
    });
    assert!(!told, "a payment for {payload}");
}

/// editUserStarSubscription.
fn set_canceled(
    w: &World,
    buyer: i64,
    charge: &str,
    stop: bool,
) -> Result<bool, frankenstein::Error> {
    let params = EditUserStarSubscriptionParams::builder()
        .user_id(id(buyer))
        .telegram_payment_charge_id(charge)
        .is_canceled(stop)
        .build();
    let answer = w.bot.edit_user_star_subscription(&params);
    answer.map(|answer| answer.result)
}

fn first(w: &mut World) -> Outcome {
    refused(
        link(w, 10, "month-0", Some(3600)),
        400,
        "SUBSCRIPTION_PERIOD_INVALID",
    );
    let url = link(w, 10, "month-1", Some(MONTH)).unwrap();
    w.pay(w.buyer, &url, "normal");
    let payment = paid_for(w, "month-1");
    assert_eq!(
        (payment.is_recurring, payment.is_first_recurring),
        (Some(true), Some(true))
    );
    let end = w.desk.now() + u64::from(MONTH);
    assert!(payment.subscription_expiration_date.unwrap().abs_diff(end) < 60);
    let partner = user(rows(w, 0, 100).pop().unwrap().source);
    assert_eq!(partner.subscription_period, Some(MONTH));
    w.month = payment.telegram_payment_charge_id;
    Ok(())
}

fn edit(w: &mut World) -> Outcome {
    assert!(set_canceled(w, w.buyer, &w.month, true).unwrap());
    assert!(set_canceled(w, w.buyer, &w.month, false).unwrap());
    refused(
        set_canceled(w, w.buyer, &w.link, true),
        400,
        "CHARGE_ID_INVALID",
    );
    Ok(())
}

fn renewed(w: &mut World) -> Outcome {
    let (buyer, mut payment) = subscribe(w, 100, "month-2");
    let begun = payment.telegram_payment_charge_id.clone();
    for _ in 0..2 {
        w.desk.advance(MONTH);
        payment = is_renewed(w, &payment, MONTH, 0);
        let row = rows(w, 0, 100).pop().unwrap();
        assert_eq!(
            (row.id, row.amount),
            (payment.telegram_payment_charge_id.clone(), 10)
        );
        assert_eq!(user(row.source).subscription_period, Some(MONTH));
    }
    assert_eq!(w.desk.stars(buyer), 70);
    w.desk.subscription(&begun, "cancel").unwrap();
    Ok(())
}

fn canceled(w: &mut World) -> Outcome {
    let (buyer, payment) = subscribe(w, 100, "month-3");
    let begun = payment.telegram_payment_charge_id.clone();
    w.desk.subscription(&begun, "cancel").unwrap();
    w.desk.subscription(&begun, "reactivate").unwrap();
    w.desk.advance(MONTH);
    is_renewed(w, &payment, MONTH, 0);
    w.desk.subscription(&begun, "cancel").unwrap();
    let rows = count(w);
    w.desk.advance(MONTH + DAY);
    is_over(w, "month-3", rows);
    assert_eq!(w.desk.stars(buyer), 80);
    Ok(())
}

fn failed(w: &mut World) -> Outcome {
    let (buyer, payment) = subscribe(w, 15, "month-4");
    let begun = payment.telegram_payment_charge_id.clone();
    let rows = count(w);
    w.desk.advance(MONTH + DAY);
    is_over(w, "month-4", rows);
    w.desk.top_up(buyer, 5);
    w.desk.subscription(&begun, "pay").unwrap();
    // Paid late, a month begins anew: the day without is not charged.
    is_renewed(w, &payment, MONTH + DAY, 60);
    w.desk.subscription(&begun, "cancel").unwrap();
    Ok(())
}

fn stopped(w: &mut World) -> Outcome {
    let (buyer, payment) = subscribe(w, 100, "month-5");
    let begun = payment.telegram_payment_charge_id.clone();
    assert!(set_canceled(w, buyer, &begun, true).unwrap());
    let refused = w.desk.subscription(&begun, "reactivate");
    assert_eq!(refused.unwrap_err(), "stopped_by_bot");
    assert!(set_canceled(w, buyer, &begun, false).unwrap());
    w.desk.subscription(&begun, "reactivate").unwrap();
    w.desk.advance(MONTH);
    is_renewed(w, &payment, MONTH, 0);
    // Always named by its first charge, however often it was renewed.
    assert!(set_canceled(w, buyer, &begun, true).unwrap());
    let rows = count(w);
    w.desk.advance(MONTH + DAY);
    is_over(w, "month-5", rows);
    assert_eq!(w.desk.stars(buyer), 80);
    Ok(())
}

fn told(w: &mut World) -> Outcome {
    let (buyer, payment) = subscribe(w, 15, "month-6");
    let begun = payment.telegram_payment_charge_id;
    let state = |w: &mut World| {
        let update = w.take(|update| match update {
            UpdateContent::Subscription(told) if told.invoice_payload == "month-6" => {
                Some(told.clone())
            }
            _ => None,
        });
        assert_eq!(update.user.id, id(buyer));
        update.state
    };
    w.desk.subscription(&begun, "cancel").unwrap();
    assert_eq!(state(w), BotSubscriptionState::Canceled);
    w.desk.subscription(&begun, "reactivate").unwrap();
    assert_eq!(state(w), BotSubscriptionState::Active);
    w.desk.advance(MONTH);
    assert_eq!(state(w), BotSubscriptionState::Failed);
    Ok(())
}

fn short(w: &mut World) -> Outcome {
    let tester = Bot::new_url(format!("{}/bot{}/test", w.url, w.desk.token));
    let wrong = [
        link(w, 1, "short-0", Some(60)),
        link_by(&tester, 1, "short-0", Some(MONTH)),
    ];
    for answer in wrong {
        refused(answer, 400, "SUBSCRIPTION_PERIOD_INVALID");
    }
    for period in [60, 300] {
        let payload = format!("short-{period}");
        let url = link_by(&tester, 10, &payload, Some(period)).unwrap();
        let buyer = w.desk.user("Dora", 100);
        w.pay(buyer, &url, "normal");
        let payment = paid_for(w, &payload);
        w.desk.advance(period);
        is_renewed(w, &payment, period, 0);
        let begun = payment.telegram_payment_charge_id;
        w.desk.subscription(&begun, "cancel").unwrap();
    }
    Ok(())
}
