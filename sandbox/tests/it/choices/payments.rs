//! Payments: where they are told, what they allow, and what is left of those that failed.

use super::{choose, found, messages};
use crate::forms::{form, submit};
use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, invoice, until};
use serde_json::{Value, json};

#[tokio::test]
async fn a_payment_may_let_the_bot_write() {
    for (is_chosen, expected) in [(false, 403), (true, 200)] {
        let desk = Desk::start().await;
        let _bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, "payments_let_write", is_chosen).await;
        let user = desk.user(10).await;
        let slug = desk.invoice(5, "order-1").await;
        desk.pay(&slug, user, None).await;
        let thanks = json!({ "chat_id": user, "text": "Thank you" });
        assert_eq!(desk.raw("sendMessage", thanks).await.0, expected);
    }
}

/// The message of each update that has this field, in a chat or a channel.
fn told(bot: &TestBot, field: &str) -> Vec<Value> {
    let messages = bot.of_kind("message").into_iter();
    let posts = bot.of_kind("channel_post").into_iter();
    let told = messages.chain(posts);
    told.filter(|message| message.get(field).is_some())
        .collect()
}

#[tokio::test]
async fn a_payment_may_be_told_where_its_invoice_is() {
    for (is_chosen, kind) in [
        (false, "supergroup"),
        (true, "supergroup"),
        (false, "channel"),
        (true, "channel"),
    ] {
        let desk = Desk::start().await;
        let bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, "payments_told_in_place", is_chosen).await;
        let user = desk.user(10).await;
        let place = found(&desk, kind, user).await;
        let mut wanted = invoice(10, "order-1");
        wanted["chat_id"] = json!(place);
        desk.call("sendInvoice", wanted).await;
        let shown = messages(&desk, place).await.pop().unwrap();
        let slug = shown["invoice_slug"].as_str().unwrap();
        let charge = desk.pay(slug, user, None).await["charge_id"].clone();
        let refund = json!({ "user_id": user, "telegram_payment_charge_id": charge });
        desk.call("refundStarPayment", refund).await;
        let chat = if is_chosen { place } else { user };
        for field in ["successful_payment", "refunded_payment"] {
            until("the update", async || told(&bot, field).len() == 1).await;
            let message = &told(&bot, field)[0];
            assert_eq!(message["chat"]["id"], chat, "{kind}: {field}");
            let speaks = if is_chosen && kind == "channel" {
                &message["sender_chat"]["id"]
            } else {
                &message["from"]["id"]
            };
            let speaker = match field {
                // The bot's own word, where it is alone with the buyer.
                "refunded_payment" if !is_chosen => 7001,
                _ if kind == "channel" => chat,
                _ => user,
            };
            assert_eq!(*speaks, speaker, "{kind}: {field}");
            let seen = messages(&desk, chat).await;
            assert!(
                seen.iter()
                    .any(|shown| shown["message_id"] == message["message_id"]
                        && shown.get(field).is_some())
            );
        }
    }
}

#[tokio::test]
async fn a_bot_that_left_is_told_of_a_payment_in_private() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    choose(&desk, "payments_told_in_place", true).await;
    let user = desk.user(10).await;
    let group = found(&desk, "supergroup", user).await;
    let mut wanted = invoice(10, "order-1");
    wanted["chat_id"] = json!(group);
    desk.call("sendInvoice", wanted).await;
    let shown = messages(&desk, group).await.pop().unwrap();
    desk.call("leaveChat", json!({ "chat_id": group })).await;
    let slug = shown["invoice_slug"].as_str().unwrap();
    desk.pay(slug, user, None).await;
    until("the payment", async || bot.payments().len() == 1).await;
    assert_eq!(told(&bot, "successful_payment")[0]["chat"]["id"], user);
}

#[tokio::test]
async fn a_form_may_be_spent_although_nothing_was_paid() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        let bot = TestBot::start(&desk, Manner::Refuse).await;
        choose(&desk, "failed_payments_spend_forms", is_chosen).await;
        let user = desk.user(10).await;
        let slug = desk.invoice(10, "order-1").await;
        let id = form(&desk, &slug, user).await;
        let refused = submit(&desk, &slug, user, &id, "normal").await;
        assert_eq!(refused["error_code"], "BOT_REFUSED");
        bot.behave(Manner::Approve);
        let again = submit(&desk, &slug, user, &id, "normal").await;
        if is_chosen {
            assert_eq!(again["error_code"], "FORM_SUBMIT_DUPLICATE");
        } else {
            assert_eq!(again["status"], "paid");
        }
        assert_eq!(desk.stars(user).await, if is_chosen { 10 } else { 0 });
    }
}
