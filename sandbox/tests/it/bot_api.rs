//! The Bot API's manners: carriers, errors, messages, files, profile.

use crate::support::{Desk, TOKEN, invoice};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

#[tokio::test]
async fn every_carrier_of_parameters_works() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let base = desk.url(&format!("/bot{TOKEN}"));
    let http = desk.http();
    let keyboard = r#"{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}"#;
    let chat = user.to_string();
    let fields = [
        ("chat_id", chat.as_str()),
        ("text", "Hi"),
        ("reply_markup", keyboard),
    ];
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let by_get = http
        .get(format!("{base}/SENDMESSAGE?{query}"))
        .send()
        .await
        .unwrap();
    let by_form = http
        .post(format!("{base}/sendMessage"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(query.clone())
        .send()
        .await
        .unwrap();
    let form = fields.iter().fold(Form::new(), |form, (name, value)| {
        form.text(*name, (*value).to_owned())
    });
    let by_multipart = http
        .post(format!("{base}/sendmessage"))
        .multipart(form)
        .send()
        .await
        .unwrap();
    for response in [by_get, by_form, by_multipart] {
        assert_eq!(response.status(), 200);
        let answer: Value = response.json().await.unwrap();
        assert_eq!(
            answer["result"]["reply_markup"]["inline_keyboard"][0][0]["text"],
            "Go"
        );
    }
    let percent = http
        .get(desk.url("/bot7001%3Atest-bot_secret/getMe"))
        .send()
        .await
        .unwrap();
    assert_eq!(percent.status(), 200);
}

#[tokio::test]
async fn bad_calls_are_refused_in_telegrams_shape() {
    let desk = Desk::start().await;
    assert_eq!(
        desk.refusal("getSunrise", json!({})).await,
        (404, "Not Found: method not found".into())
    );
    for token in ["abc", "12", "0:a", "12:"] {
        let url = desk.url(&format!("/bot{token}/getMe"));
        let response = desk.http().get(url).send().await.unwrap();
        assert_eq!(response.status(), 401, "{token}");
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["error_code"], 401);
    }
    desk.call("getMe", json!({})).await;
    let url = desk.url("/bot7001:another/getMe");
    let revoked = desk.http().get(url).send().await.unwrap();
    assert_eq!(revoked.status(), 401);
    let url = desk.url(&format!("/bot{TOKEN}/sendMessage"));
    let broken = desk
        .http()
        .post(url)
        .header("content-type", "application/json")
        .body("[1");
    assert_eq!(broken.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn invoices_are_judged_over_the_wire() {
    let desk = Desk::start().await;
    let refusal = async |field: &str, value: Value| {
        let mut wanted = invoice(5, "order");
        wanted[field] = value;
        desk.refusal("createInvoiceLink", wanted).await.1
    };
    assert_eq!(
        refusal("title", json!("")).await,
        "Bad Request: parameter \"title\" is required"
    );
    assert_eq!(
        refusal("payload", json!("x".repeat(129))).await,
        "Bad Request: INVOICE_PAYLOAD_INVALID"
    );
    assert_eq!(
        refusal("suggested_tip_amounts", json!([1, 2])).await,
        "Bad Request: STARS_INVOICE_INVALID"
    );
    assert_eq!(
        refusal(
            "prices",
            json!([{ "label": "Moon", "amount": 1_000_000_000_000_i64 }])
        )
        .await,
        "Bad Request: too big amount of the currency specified"
    );
    assert_eq!(
        refusal("currency", json!("EUR")).await,
        "Bad Request: PAYMENT_PROVIDER_INVALID"
    );
    assert_eq!(
        refusal("subscription_period", json!(86_400)).await,
        "Bad Request: SUBSCRIPTION_PERIOD_INVALID"
    );
}

#[tokio::test]
async fn a_bot_writes_only_where_it_may() {
    let desk = Desk::start().await;
    let user = desk.user(0).await;
    let hello = json!({ "chat_id": user, "text": "Hi" });
    assert_eq!(
        desk.refusal("sendMessage", json!({ "chat_id": 1, "text": "Hi" }))
            .await,
        (400, "Bad Request: chat not found".into())
    );
    assert_eq!(
        desk.refusal("sendMessage", hello.clone()).await,
        (
            403,
            "Forbidden: bot can't initiate conversation with a user".into()
        )
    );
    let access = json!({ "token": TOKEN, "user_id": user, "allow": true });
    assert_eq!(
        desk.post("/write-access", access).await.1["can_write"],
        true
    );
    desk.call("sendMessage", hello.clone()).await;
    let block = json!({ "token": TOKEN, "user_id": user, "blocked": true });
    desk.post("/block", block).await;
    assert_eq!(
        desk.refusal("sendMessage", hello.clone()).await,
        (403, "Forbidden: bot was blocked by the user".into())
    );
    desk.say(user, "back again").await;
    desk.call("sendMessage", hello).await;
    let kinds: Vec<Value> = desk
        .call("getUpdates", json!({}))
        .await
        .as_array()
        .unwrap()
        .iter()
        .map(|update| match update.get("my_chat_member") {
            Some(change) => change["new_chat_member"]["status"].clone(),
            None if update["message"].get("write_access_allowed").is_some() => json!("allowed"),
            None => update["message"]["text"].clone(),
        })
        .collect();
    assert_eq!(kinds, ["allowed", "kicked", "member", "back again"]);
}

#[tokio::test]
async fn texts_keep_to_their_limits() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let refusal = async |text: String, mode: &str| {
        let message = json!({ "chat_id": user, "text": text, "parse_mode": mode });
        desk.refusal("sendMessage", message).await.1
    };
    assert_eq!(
        refusal(String::new(), "").await,
        "Bad Request: message text is empty"
    );
    assert_eq!(
        refusal("  ".into(), "").await,
        "Bad Request: text must be non-empty"
    );
    assert_eq!(
        refusal("x".repeat(4097), "").await,
        "Bad Request: message is too long"
    );
    assert_eq!(
        refusal("<i>a</b>".into(), "HTML").await,
        "Bad Request: can't parse entities: Unmatched end tag at byte offset 4, \
         expected \"</i>\", found \"</b>\""
    );
    assert_eq!(
        refusal("a.b".into(), "MarkdownV2").await,
        "Bad Request: can't parse entities: Character '.' is reserved and must be escaped \
         with the preceding '\\'"
    );
    let fine = json!({ "chat_id": user, "text": "x".repeat(4096) });
    desk.call("sendMessage", fine).await;
}

#[tokio::test]
async fn messages_change_and_go() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let button = json!({ "inline_keyboard": [[{ "text": "Buy", "callback_data": "buy" }]] });
    let sent = desk
        .call(
            "sendMessage",
            json!({ "chat_id": user, "text": "One", "reply_markup": button }),
        )
        .await;
    let id = sent["message_id"].as_i64().unwrap();
    let press = json!({ "token": TOKEN, "user_id": user, "message_id": id, "data": "buy" });
    let (_, pressed) = desk.post("/callbacks", press).await;
    let answer = json!({ "callback_query_id": pressed["callback_query_id"], "text": "Done" });
    desk.call("answerCallbackQuery", answer.clone()).await;
    assert!(
        desk.refusal("answerCallbackQuery", answer)
            .await
            .1
            .contains("query is too old")
    );
    let wrong = json!({ "token": TOKEN, "user_id": user, "message_id": id, "data": "sell" });
    assert_eq!(desk.post("/callbacks", wrong).await.0, 404);
    let edit = json!({ "chat_id": user, "message_id": id, "text": "Two" });
    let edited = desk.call("editMessageText", edit.clone()).await;
    assert!(edited["edit_date"].is_i64() && edited.get("reply_markup").is_none());
    assert!(
        desk.refusal("editMessageText", edit)
            .await
            .1
            .contains("message is not modified")
    );
    let target = json!({ "chat_id": user, "message_id": id });
    assert_eq!(desk.call("deleteMessage", target.clone()).await, true);
    assert_eq!(
        desk.refusal("deleteMessage", target).await.1,
        "Bad Request: message to delete not found"
    );
}

#[tokio::test]
async fn files_go_up_and_come_down() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let upload = async |method: &str, field: &'static str, name: &str, bytes: Vec<u8>| {
        let part = Part::bytes(bytes).file_name(name.to_owned());
        let form = Form::new()
            .text("chat_id", user.to_string())
            .part(field, part);
        let url = desk.url(&format!("/bot{TOKEN}/{method}"));
        let response = desk.http().post(url).multipart(form).send().await.unwrap();
        response.json::<Value>().await.unwrap()
    };
    let sent = upload(
        "sendDocument",
        "document",
        "guide.pdf",
        b"%PDF-1.7 test".to_vec(),
    )
    .await;
    let document = &sent["result"]["document"];
    assert_eq!(
        (&document["mime_type"], &document["file_size"]),
        (&json!("application/pdf"), &json!(13))
    );
    let file = desk
        .call("getFile", json!({ "file_id": document["file_id"] }))
        .await;
    let path = file["file_path"].as_str().unwrap();
    let url = desk.url(&format!("/file/bot{TOKEN}/{path}"));
    let body = desk
        .http()
        .get(url)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(&body[..], b"%PDF-1.7 test");
    let again =
        json!({ "chat_id": user, "document": document["file_id"], "protect_content": true });
    assert_eq!(
        desk.call("sendDocument", again).await["has_protected_content"],
        true
    );
    let as_photo = json!({ "chat_id": user, "photo": document["file_id"] });
    assert_eq!(
        desk.refusal("sendPhoto", as_photo).await.1,
        "Bad Request: can't use file of type Document as Photo"
    );
    let remote = json!({ "chat_id": user, "document": "https://files.invalid/a.pdf" });
    assert_eq!(
        desk.refusal("sendDocument", remote).await.1,
        "Bad Request: failed to get HTTP URL content"
    );
    let none = json!({ "chat_id": user });
    assert_eq!(
        desk.refusal("sendDocument", none).await.1,
        "Bad Request: there is no document in the request"
    );
    let svg = upload("sendPhoto", "photo", "a.svg", b"<svg/>".to_vec()).await;
    assert_eq!(svg["description"], "Bad Request: IMAGE_PROCESS_FAILED");
    let photo = upload("sendPhoto", "photo", "a.gif", GIF.to_vec()).await;
    assert_eq!(photo["result"]["photo"][0]["width"], 3);
}

/// The header of a GIF of 3 × 2 pixels.
const GIF: &[u8] = b"GIF89a\x03\x00\x02\x00\x00\x00\x00;";

#[tokio::test]
async fn profiles_are_kept_by_scope_and_language() {
    let desk = Desk::start().await;
    let commands = json!([{ "command": "start", "description": "Open the shop" }]);
    desk.call("setMyCommands", json!({ "commands": commands }))
        .await;
    let russian = json!([{ "command": "start", "description": "Открыть" }]);
    desk.call(
        "setMyCommands",
        json!({ "commands": russian, "language_code": "ru" }),
    )
    .await;
    assert_eq!(desk.call("getMyCommands", json!({})).await, commands);
    assert_eq!(
        desk.call("getMyCommands", json!({ "language_code": "ru" }))
            .await,
        russian
    );
    let scope = json!({ "scope": { "type": "all_private_chats" } });
    assert_eq!(desk.call("getMyCommands", scope).await, json!([]));
    let bad = json!({ "commands": [{ "command": "Start!", "description": "x" }] });
    assert_eq!(
        desk.refusal("setMyCommands", bad).await.1,
        "Bad Request: BOT_COMMAND_INVALID"
    );
    desk.call(
        "setMyShortDescription",
        json!({ "short_description": "A shop" }),
    )
    .await;
    assert_eq!(
        desk.call("getMyShortDescription", json!({ "language_code": "de" }))
            .await,
        json!({ "short_description": "A shop" })
    );
    let menu = json!({ "type": "web_app", "text": "Shop", "web_app": { "url": "http://127.0.0.1:3000/" } });
    desk.call("setChatMenuButton", json!({ "menu_button": menu }))
        .await;
    assert_eq!(desk.call("getChatMenuButton", json!({})).await, menu);
    let bot = desk.get("/bots").await[0].clone();
    assert_eq!((&bot["id"], &bot["menu_button"]), (&json!(7001), &menu));
}

#[tokio::test]
async fn faults_replace_answers() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    desk.faults(json!({ "methods": [
        { "method": "sendMessage", "error_code": 429, "retry_after": 7, "count": 1 },
        { "method": "sendMessage", "error_code": 502, "executed": true, "count": 1 },
    ]}))
    .await;
    let hello = json!({ "chat_id": user, "text": "Hi" });
    let (status, answer) = desk.raw("sendMessage", hello.clone()).await;
    assert_eq!(
        (status, &answer["parameters"]["retry_after"]),
        (429, &json!(7))
    );
    assert_eq!(desk.raw("sendMessage", hello.clone()).await.0, 502);
    desk.call("sendMessage", hello).await;
    let chat = desk.get(&format!("/chats/{user}?token={TOKEN}")).await;
    assert_eq!(
        chat["messages"].as_array().unwrap().len(),
        3,
        "the 502 had taken effect"
    );
}
