//! Refunds: of renewals, of media, and years later.

use super::{choose, messages};
use crate::paid_media::{buy, fields, send};
use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, MONTH, TOKEN, until};
use serde_json::{Value, json};

#[tokio::test]
async fn the_refund_of_a_renewal_may_complain_although_it_is_done() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        let bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, "renewal_refunds_complain", is_chosen).await;
        let user = desk.user(100).await;
        let first = desk.subscribe(user, 10, "sub-1").await;
        desk.advance(MONTH + 1).await;
        until("the renewal", async || bot.payments().len() == 2).await;
        let renewal = bot.payments()[1]["telegram_payment_charge_id"].clone();
        let refund =
            |charge: Value| json!({ "user_id": user, "telegram_payment_charge_id": charge });
        let (status, answer) = desk.raw("refundStarPayment", refund(renewal)).await;
        if is_chosen {
            assert_eq!(
                answer["description"],
                "Bad Request: CHARGE_ALREADY_REFUNDED"
            );
        }
        assert_eq!(status == 200, !is_chosen);
        assert_eq!(desk.stars(user).await, 90, "the Stars are back either way");
        let (status, _) = desk.raw("refundStarPayment", refund(json!(first))).await;
        assert_eq!(status, 200, "the first payment's refund says yes");
    }
}

#[tokio::test]
async fn the_refund_of_media_may_name_their_payload_and_close_them() {
    for chosen in [
        None,
        Some("media_refunds_name_payload"),
        Some("media_refunds_close"),
    ] {
        let desk = Desk::start().await;
        let bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, chosen.unwrap_or("renewals_ask"), chosen.is_some()).await;
        let user = desk.started_user(60).await;
        let sent = send(&desk, &fields(user, "30", "album-1")).await["result"].clone();
        let (_, bought) = buy(&desk, user, &sent["message_id"]).await;
        let chargeback = json!({ "token": TOKEN, "charge_id": bought["charge_id"] });
        assert_eq!(desk.post("/refunds", chargeback).await.0, 200);
        until("the update", async || {
            bot.with_field("refunded_payment").len() == 1
        })
        .await;
        let told = &bot.with_field("refunded_payment")[0]["message"]["refunded_payment"];
        let is_named = chosen == Some("media_refunds_name_payload");
        assert_eq!(
            told["invoice_payload"],
            if is_named { "album-1" } else { "" }
        );
        let closes = chosen == Some("media_refunds_close");
        let shown = messages(&desk, user).await[1]["paid_media"]["paid_media"][0].clone();
        assert_eq!(shown["type"], if closes { "preview" } else { "photo" });
        let again = buy(&desk, user, &sent["message_id"]).await.0;
        assert_eq!(again == 200, closes, "what is closed can be bought again");
    }
}

#[tokio::test]
async fn a_charge_may_be_too_old_to_give_back() {
    const YEAR: u64 = 365 * 86_400;
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        let _bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, "refunds_expire", is_chosen).await;
        let user = desk.user(20).await;
        let slug = desk.invoice(10, "order").await;
        let first = desk.pay(&slug, user, None).await["charge_id"].clone();
        desk.advance(2 * YEAR).await;
        let second = desk.pay(&slug, user, None).await["charge_id"].clone();
        desk.advance(YEAR + 60).await;
        let refund = async |charge: &Value| {
            let params = json!({ "user_id": user, "telegram_payment_charge_id": charge });
            let (_, answer) = desk.raw("refundStarPayment", params).await;
            answer["description"].as_str().unwrap_or("fine").to_owned()
        };
        let expected = if is_chosen {
            "Bad Request: CHARGE_ID_INVALID"
        } else {
            "fine"
        };
        assert_eq!(refund(&first).await, expected);
        assert_eq!(refund(&second).await, "fine");
    }
}
