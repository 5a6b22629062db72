//! Paid media, gifts and Premium: Stars without an invoice.

use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, TOKEN, until};
use serde_json::{Value, json};

/// A picture of one pixel.
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\
    \x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

pub(crate) async fn send(desk: &Desk, fields: &[(&'static str, String)]) -> Value {
    let mut form = reqwest::multipart::Form::new();
    for (name, value) in fields {
        form = form.text(*name, value.clone());
    }
    for name in ["one", "two"] {
        let part = reqwest::multipart::Part::bytes(PIXEL).file_name(format!("{name}.gif"));
        form = form.part(name, part);
    }
    let url = desk.url(&format!("/bot{TOKEN}/sendPaidMedia"));
    let response = desk.http().post(url).multipart(form).send().await.unwrap();
    response.json().await.unwrap()
}

pub(crate) fn fields(user: i64, stars: &str, payload: &str) -> Vec<(&'static str, String)> {
    let media = json!([
        { "type": "photo", "media": "attach://one" },
        { "type": "video", "media": "attach://two", "width": 640, "height": 480, "duration": 9 },
    ]);
    vec![
        ("chat_id", user.to_string()),
        ("star_count", stars.to_owned()),
        ("media", media.to_string()),
        ("payload", payload.to_owned()),
        ("caption", "Look".to_owned()),
    ]
}

pub(crate) async fn buy(desk: &Desk, user: i64, message: &Value) -> (u16, Value) {
    let wanted = json!({ "token": TOKEN, "user_id": user, "message_id": message });
    desk.post("/paid-media", wanted).await
}

#[tokio::test]
async fn media_are_bought_in_the_chat() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.started_user(40).await;
    let sent = send(&desk, &fields(user, "30", "album-1")).await["result"].clone();
    assert_eq!(sent["paid_media"]["star_count"], 30);
    assert_eq!(sent["paid_media"]["paid_media"][0]["photo"][0]["width"], 1);
    assert_eq!(sent["paid_media"]["paid_media"][1]["video"]["duration"], 9);
    let seen =
        async || desk.get(&format!("/chats/{user}?token={TOKEN}")).await["messages"][1].clone();
    assert_eq!(
        seen().await["paid_media"]["paid_media"],
        json!([{ "type": "preview", "width": 1, "height": 1 },
               { "type": "preview", "width": 640, "height": 480, "duration": 9 }])
    );
    let (_, bought) = buy(&desk, user, &sent["message_id"]).await;
    assert_eq!(seen().await["paid_media"], sent["paid_media"]);
    assert_eq!(
        buy(&desk, user, &sent["message_id"]).await.1["error"]["code"],
        "bought_already"
    );
    assert_eq!(buy(&desk, user, &json!(1)).await.0, 404);
    until("the update", async || {
        bot.of_kind("purchased_paid_media").len() == 1
    })
    .await;
    let told = &bot.of_kind("purchased_paid_media")[0];
    assert_eq!(told["paid_media_payload"], "album-1");
    assert_eq!(
        (&told["from"]["id"], told.as_object().unwrap().len()),
        (&json!(user), 2)
    );
    assert!(bot.of_kind("pre_checkout_query").is_empty());
    let row = &desk.ledger().await["transactions"][0];
    assert_eq!(
        (&row["id"], &row["amount"]),
        (&bought["charge_id"], &json!(30))
    );
    assert_eq!(row["source"]["transaction_type"], "paid_media_payment");
    assert_eq!(row["source"]["paid_media_payload"], "album-1");
    assert_eq!(
        row["source"]["paid_media"],
        sent["paid_media"]["paid_media"]
    );
    assert_eq!(desk.stars(user).await, 10);
    let silent = send(&desk, &fields(user, "10", "")).await["result"].clone();
    assert_eq!(buy(&desk, user, &silent["message_id"]).await.0, 200);
    let dear = send(&desk, &fields(user, "25000", "")).await["result"].clone();
    assert_eq!(
        buy(&desk, user, &dear["message_id"]).await.1["error"]["code"],
        "balance_too_low"
    );
    desk.say(user, "done").await;
    until("the last", async || {
        bot.texts().contains(&"done".to_owned())
    })
    .await;
    assert_eq!(
        bot.of_kind("purchased_paid_media").len(),
        1,
        "no payload, no update"
    );
}

#[tokio::test]
async fn paid_media_keep_their_limits() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let refusal = async |name: &str, value: &str| {
        let mut fields = fields(user, "1", "");
        for field in &mut fields {
            if field.0 == name {
                field.1 = value.to_owned();
            }
        }
        send(&desk, &fields).await["description"].clone()
    };
    let eleven = json!(vec![
        json!({ "type": "photo", "media": "attach://one" });
        11
    ])
    .to_string();
    for (name, value, text) in [
        ("star_count", "0", "invalid media price specified"),
        ("star_count", "25001", "invalid media price specified"),
        ("media", "", "parameter \"media\" is required"),
        ("media", "[", "can't parse paid media JSON object"),
        ("media", "{}", "expected an Array of InputPaidMedia"),
        ("media", "[]", "invalid number of paid media specified"),
        ("media", &eleven, "invalid number of paid media specified"),
        (
            "media",
            "[{\"type\":\"photo\"}]",
            "can't parse InputPaidMedia: media not found",
        ),
        (
            "media",
            "[{\"type\":\"song\",\"media\":\"x\"}]",
            "can't parse InputPaidMedia: type \"song\" is unsupported",
        ),
        ("payload", &"p".repeat(129), "PAYLOAD_INVALID"),
        ("caption", &"c".repeat(1025), "message caption is too long"),
        ("chat_id", "5", "chat not found"),
    ] {
        assert_eq!(
            refusal(name, value).await,
            format!("Bad Request: {text}"),
            "{name} {value}"
        );
    }
}

async fn fund(desk: &Desk, stars: i64) {
    let row =
        json!({ "token": TOKEN, "flow": "in", "amount": stars, "partner": { "type": "fragment" } });
    assert_eq!(desk.post("/ledger", row).await.0, 200);
}

#[tokio::test]
async fn a_bot_gives_what_it_can_pay() {
    let desk = Desk::start().await;
    let user = desk.user(0).await;
    let gifts = desk.call("getAvailableGifts", json!({})).await["gifts"].clone();
    let find = |stars: i64| {
        let list = gifts.as_array().unwrap().iter();
        list.clone()
            .find(|gift| gift["star_count"] == stars)
            .unwrap()["id"]
            .clone()
    };
    let gift = |stars: i64| json!({ "user_id": user, "gift_id": find(stars), "text": "<b>Thanks</b>", "text_parse_mode": "HTML" });
    assert_eq!(
        desk.refusal("sendGift", gift(15)).await.1,
        "Bad Request: BALANCE_TOO_LOW"
    );
    fund(&desk, 500).await;
    let mut upgraded = gift(50);
    upgraded["pay_for_upgrade"] = json!(true);
    assert_eq!(desk.call("sendGift", upgraded).await, true);
    let row = desk.ledger().await["transactions"][1].clone();
    assert_eq!(
        (&row["amount"], &row["receiver"]["transaction_type"]),
        (&json!(75), &json!("gift_purchase"))
    );
    assert_eq!(row["receiver"]["gift"]["id"], find(50));
    let chat = desk.get(&format!("/chats/{user}?token={TOKEN}")).await;
    let shown = &chat["messages"][0]["gift"];
    assert_eq!(
        (&shown["text"], &shown["entities"][0]["type"]),
        (&json!("Thanks"), &json!("bold"))
    );
    assert_eq!(shown["prepaid_upgrade_star_count"], 25);
    for _ in 0..3 {
        desk.call("sendGift", gift(100)).await;
    }
    fund(&desk, 500).await;
    assert_eq!(
        desk.refusal("sendGift", gift(100)).await.1,
        "Bad Request: STARGIFT_USAGE_LIMITED"
    );
    let unknown = json!({ "user_id": user, "gift_id": "1" });
    assert_eq!(
        desk.refusal("sendGift", unknown).await.1,
        "Bad Request: STARGIFT_INVALID"
    );
    let mut wordy = gift(15);
    wordy["text"] = json!("w".repeat(129));
    assert_eq!(desk.refusal("sendGift", wordy).await.0, 400);
    let nobody = json!({ "user_id": 5, "gift_id": find(15) });
    assert_eq!(
        desk.refusal("sendGift", nobody).await.1,
        "Bad Request: have no access to the gift receiver"
    );
}

#[tokio::test]
async fn premium_has_three_prices() {
    let desk = Desk::start().await;
    let user = desk.user(0).await;
    fund(&desk, 5000).await;
    for (months, stars) in [(3, 1000), (6, 1500), (12, 2500)] {
        let gift = json!({ "user_id": user, "month_count": months, "star_count": stars });
        assert_eq!(desk.call("giftPremiumSubscription", gift).await, true);
    }
    let rows = desk.ledger().await["transactions"].clone();
    assert_eq!(rows[3]["receiver"]["premium_subscription_duration"], 12);
    assert_eq!(desk.ledger().await["balance"], 0);
    assert_eq!(
        desk.get(&format!("/users/{user}")).await["is_premium"],
        true
    );
    let cheap = json!({ "user_id": user, "month_count": 12, "star_count": 1000 });
    assert_eq!(desk.refusal("giftPremiumSubscription", cheap).await.0, 400);
}

async fn community(desk: &Desk, kind: &str, owner: i64) -> i64 {
    let new = json!({ "token": TOKEN, "kind": kind, "title": "Club", "owner_id": owner });
    let (_, made) = desk.post("/communities", new).await;
    made["id"].as_i64().unwrap()
}

async fn buy_in(desk: &Desk, chat: i64, user: i64, message: &Value) -> (u16, Value) {
    let wanted = json!({ "token": TOKEN, "chat_id": chat, "user_id": user, "message_id": message });
    desk.post("/paid-media", wanted).await
}

#[tokio::test]
async fn media_in_a_group_pay_the_bot_and_in_a_channel_the_channel() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let (owner, stranger) = (desk.user(100).await, desk.user(100).await);
    for (kind, own, theirs, told) in [("supergroup", 30, 0, 1), ("channel", 30, 30, 1)] {
        let id = community(&desk, kind, owner).await;
        let sent = send(&desk, &fields(id, "30", "album-1")).await["result"].clone();
        let (status, problem) = buy_in(&desk, id, stranger, &sent["message_id"]).await;
        assert_eq!((status, &problem["error"]["code"]), (400, &json!("not_in")));
        assert_eq!(buy_in(&desk, id, owner, &sent["message_id"]).await.0, 200);
        let again = buy_in(&desk, id, owner, &sent["message_id"]).await.1;
        assert_eq!(again["error"]["code"], "bought_already");
        assert_eq!(desk.ledger().await["balance"], own, "{kind}");
        let list = desk.get(&format!("/communities?token={TOKEN}")).await;
        let list = list.as_array().unwrap().iter();
        let stars: i64 = list.map(|one| one["stars"].as_i64().unwrap_or(0)).sum();
        assert_eq!(stars, theirs, "{kind}");
        let purchases = || bot.of_kind("purchased_paid_media").len();
        until("the update", async || purchases() == told).await;
    }
    assert_eq!(desk.stars(owner).await, 40);
}

#[tokio::test]
async fn what_was_paid_for_media_may_go_back() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.started_user(60).await;
    let mut charges = Vec::new();
    for _ in 0..2 {
        let sent = send(&desk, &fields(user, "30", "")).await["result"].clone();
        let (_, bought) = buy(&desk, user, &sent["message_id"]).await;
        charges.push(bought["charge_id"].clone());
    }
    let refund = json!({ "user_id": user, "telegram_payment_charge_id": charges[0] });
    assert_eq!(
        desk.refusal("refundStarPayment", refund.clone()).await.1,
        "Bad Request: CHARGE_ID_INVALID"
    );
    let choice = json!({ "paid_media_refund": true });
    assert_eq!(desk.put("/choices", choice).await.0, 200);
    assert_eq!(desk.call("refundStarPayment", refund).await, true);
    let chargeback = json!({ "token": TOKEN, "charge_id": charges[1] });
    assert_eq!(desk.post("/refunds", chargeback).await.1["balance"], 0);
    let rows = desk.ledger().await["transactions"].clone();
    for (at, charge) in charges.iter().enumerate() {
        let row = &rows[at + 2];
        assert_eq!((&row["id"], &row["amount"]), (charge, &json!(30)));
        assert_eq!(row["receiver"]["transaction_type"], "paid_media_payment");
    }
    until("both are told", async || {
        bot.with_field("refunded_payment").len() == 2
    })
    .await;
    assert_eq!(desk.stars(user).await, 60);
}

#[tokio::test]
async fn a_channel_gets_a_gift() {
    let desk = Desk::start().await;
    let owner = desk.user(0).await;
    fund(&desk, 100).await;
    let gifts = desk.call("getAvailableGifts", json!({})).await["gifts"].clone();
    let (channel, group) = (
        community(&desk, "channel", owner).await,
        community(&desk, "supergroup", owner).await,
    );
    let gift = |chat: i64| json!({ "chat_id": chat, "gift_id": gifts[0]["id"] });
    assert_eq!(desk.call("sendGift", gift(channel)).await, true);
    let row = desk.ledger().await["transactions"][1].clone();
    assert_eq!(
        (&row["receiver"]["type"], &row["receiver"]["chat"]["id"]),
        (&json!("chat"), &json!(channel))
    );
    assert_eq!(row["receiver"]["gift"]["id"], gifts[0]["id"]);
    assert_eq!(
        desk.refusal("sendGift", gift(group)).await.1,
        "Bad Request: have no access to the gift receiver"
    );
    assert_eq!(
        desk.refusal("sendGift", gift(5)).await.1,
        "Bad Request: chat not found"
    );
}
