//! Payment forms: one payment each, for ten minutes.

use crate::support::Desk;
use crate::support::bot::{Manner, TestBot};
use serde_json::{Value, json};

/// Opens the payment sheet: the id of its form.
pub(crate) async fn form(desk: &Desk, slug: &str, user: i64) -> Value {
    let (status, form) = desk
        .post("/forms", json!({ "slug": slug, "user_id": user }))
        .await;
    assert_eq!((status, &form["invoice"]["slug"]), (200, &json!(slug)));
    form["form_id"].clone()
}

/// Sends a form in, perhaps to end in a certain way.
pub(crate) async fn submit(
    desk: &Desk,
    slug: &str,
    user: i64,
    form: &Value,
    outcome: &str,
) -> Value {
    let order = json!({ "slug": slug, "user_id": user, "form_id": form, "outcome": outcome });
    desk.post("/pay", order).await.1
}

#[tokio::test]
async fn a_form_pays_once_and_for_ten_minutes() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let (ada, bob) = (desk.user(100).await, desk.user(100).await);
    let slug = desk.invoice(10, "order-1").await;
    let first = form(&desk, &slug, ada).await;
    let cancelled = submit(&desk, &slug, ada, &first, "cancelled").await;
    assert_eq!(cancelled["status"], "cancelled", "the form was not sent");
    let stolen = submit(&desk, &slug, bob, &first, "normal").await;
    assert_eq!(stolen["error_code"], "FORM_EXPIRED");
    // Two fast taps: one pays, the other is told that it failed.
    let (one, two) = tokio::join!(
        submit(&desk, &slug, ada, &first, "normal"),
        submit(&desk, &slug, ada, &first, "normal")
    );
    let (paid, failed) = if one["status"] == "paid" {
        (one, two)
    } else {
        (two, one)
    };
    assert_eq!(
        (&paid["status"], &failed["status"]),
        (&json!("paid"), &json!("failed"))
    );
    assert_eq!(failed["error_code"], "FORM_SUBMIT_DUPLICATE");
    assert_eq!(
        failed["closed"],
        json!(["failed"]),
        "the Mini App hears it, too"
    );
    let second = form(&desk, &slug, ada).await;
    desk.advance(560).await;
    bot.behave(Manner::Refuse);
    let refused = submit(&desk, &slug, ada, &second, "normal").await;
    assert_eq!(refused["error_code"], "BOT_REFUSED");
    bot.behave(Manner::Approve);
    let again = submit(&desk, &slug, ada, &second, "pending").await;
    assert_eq!(
        again["status"], "pending",
        "nothing was paid: it can be sent again"
    );
    let twice = submit(&desk, &slug, ada, &second, "normal").await;
    assert_eq!(
        twice["error_code"], "FORM_SUBMIT_DUPLICATE",
        "a payment is on its way"
    );
    desk.advance(60).await;
    let late = submit(&desk, &slug, ada, &second, "normal").await;
    assert_eq!(late["error_code"], "FORM_EXPIRED");
    assert_eq!(desk.stars(ada).await, 80);
}
