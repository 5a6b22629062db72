//! What the client sends, and how it reads good answers.

// Tests say what went wrong by stopping.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod support;

use secrecy::SecretString;
use serde_json::{Value, json};
use support::{FakeTelegram, TOKEN};
use telegram::client::{FileSource, SendFile, SendMessage, SetWebhook, Upload};
use telegram::types::{BotCommand, MenuButton};
use telegram::{ALLOWED_UPDATES, ApiError, Button, InlineKeyboard, NewInvoice, Update};

fn sent_message() -> Value {
    json!({"message_id": 5, "date": 1, "chat": {"id": 42, "type": "private"}})
}

#[tokio::test]
async fn a_call_goes_to_the_methods_path_as_json() {
    let fake = FakeTelegram::start().await;
    fake.will_say(
        json!({"id": 42, "is_bot": true, "first_name": "Cats", "username": "cat_bot",
                         "has_main_web_app": true, "new_flag": true}),
    );
    let me = fake.client().get_me().await.unwrap();
    assert_eq!(
        (me.id, me.username.as_deref(), me.has_main_web_app),
        (42, Some("cat_bot"), true)
    );
    let heard = fake.heard();
    assert_eq!(heard.path, format!("/bot{TOKEN}/getMe"));
    assert_eq!(heard.headers["content-type"], "application/json");
    assert_eq!(heard.json(), json!({}));
}

#[tokio::test]
async fn an_invoice_has_one_price_and_no_provider() {
    let fake = FakeTelegram::start().await;
    fake.will_say(json!("https://t.me/$abc"));
    let invoice = NewInvoice::new("Cats", "Many cats", "order-1", 50).photo("https://a/b.webp");
    let link = fake.client().create_invoice_link(&invoice).await.unwrap();
    assert_eq!(link, "https://t.me/$abc");
    assert_eq!(
        fake.heard().json(),
        json!({"title": "Cats", "description": "Many cats", "payload": "order-1",
               "provider_token": "", "currency": "XTR", "photo_url": "https://a/b.webp",
               "prices": [{"label": "Cats", "amount": 50}]})
    );
    fake.will_say(json!("https://t.me/$def"));
    fake.client()
        .create_invoice_link(&invoice.subscription(2_592_000))
        .await
        .unwrap();
    assert_eq!(fake.heard().json()["subscription_period"], 2_592_000);
}

#[tokio::test]
async fn messages_that_break_a_rule_are_never_sent() {
    let fake = FakeTelegram::start().await;
    let client = fake.client();
    let code = |outcome: Result<(), ApiError>| outcome.unwrap_err().code();
    let invoice = NewInvoice::new("Cats", "Many cats", "order-1", 0);
    assert_eq!(
        code(client.create_invoice_link(&invoice).await.map(drop)),
        "limit_out_of_range"
    );
    let long = SendMessage::new(42, "a".repeat(4_097));
    assert_eq!(
        code(client.send_message(&long).await.map(drop)),
        "limit_too_long"
    );
    let empty = SendMessage::new(42, " ").html();
    assert_eq!(
        code(client.send_message(&empty).await.map(drop)),
        "limit_empty"
    );
    let caption = SendFile::new(42, FileSource::FileId("f".into())).caption("a".repeat(1_025));
    assert_eq!(
        code(client.send_document(caption).await.map(drop)),
        "limit_too_long"
    );
    let nothing = SendFile::new(42, Upload::bytes("a.txt", "text/plain", ""));
    assert_eq!(
        code(client.send_document(nothing).await.map(drop)),
        "limit_empty"
    );
    let type_less = SendFile::new(42, Upload::bytes("a.txt", "text", "a"));
    assert_eq!(
        code(client.send_document(type_less).await.map(drop)),
        "limit_not_allowed"
    );
    let endless = futures::stream::iter([Ok::<_, std::io::Error>("a")]);
    let huge = SendFile::new(
        42,
        Upload::stream("a.zip", "application/zip", 50 << 20, endless),
    );
    assert_eq!(
        code(client.send_photo(huge).await.map(drop)),
        "limit_too_long"
    );
    assert_eq!(fake.heard_count(), 0);
}

#[tokio::test]
async fn numbers_and_words_that_break_a_rule_are_never_sent() {
    let fake = FakeTelegram::start().await;
    let client = fake.client();
    let code = |outcome: Result<(), ApiError>| outcome.unwrap_err().code();
    assert_eq!(
        code(client.answer_pre_checkout_query("1", Some(" ")).await),
        "limit_empty"
    );
    assert_eq!(
        code(client.get_star_transactions(0, 101).await.map(drop)),
        "limit_out_of_range"
    );
    assert_eq!(
        code(client.get_updates(None, 0, 0, &[]).await.map(drop)),
        "limit_out_of_range"
    );
    let command = BotCommand::new("Start", "Opens the shop");
    assert_eq!(
        code(client.set_my_commands(&[command], None).await),
        "limit_not_allowed"
    );
    let webhook = SetWebhook::new("https://a", SecretString::from("two words"));
    assert_eq!(
        code(client.set_webhook(&webhook).await),
        "limit_not_allowed"
    );
    assert_eq!(
        code(client.download_file("../secret").await.map(drop)),
        "limit_not_allowed"
    );
    assert_eq!(fake.heard_count(), 0);
}

#[tokio::test]
async fn pre_checkout_is_let_through_or_refused_with_a_sentence() {
    let fake = FakeTelegram::start().await;
    fake.will_say(json!(true)).will_say(json!(true));
    fake.client()
        .answer_pre_checkout_query("7", None)
        .await
        .unwrap();
    assert_eq!(
        fake.heard().json(),
        json!({"pre_checkout_query_id": "7", "ok": true})
    );
    fake.client()
        .answer_pre_checkout_query("7", Some("Sold out."))
        .await
        .unwrap();
    assert_eq!(
        fake.heard().json(),
        json!({"pre_checkout_query_id": "7", "ok": false, "error_message": "Sold out."})
    );
}

#[tokio::test]
async fn messages_carry_only_what_was_asked() {
    let fake = FakeTelegram::start().await;
    fake.will_say(sent_message()).will_say(sent_message());
    let sent = fake
        .client()
        .send_message(&SendMessage::new(42, "Hello"))
        .await
        .unwrap();
    assert_eq!(sent.message_id, 5);
    assert_eq!(fake.heard().json(), json!({"chat_id": 42, "text": "Hello"}));
    let full = SendMessage::new(42, "<b>Hello</b>")
        .html()
        .no_preview()
        .protect(true)
        .silent()
        .keyboard(InlineKeyboard::new().row([Button::url("a", "https://a")]));
    fake.client().send_message(&full).await.unwrap();
    assert_eq!(
        fake.heard().json(),
        json!({"chat_id": 42, "text": "<b>Hello</b>", "parse_mode": "HTML",
               "link_preview_options": {"is_disabled": true}, "protect_content": true,
               "disable_notification": true,
               "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "https://a"}]]}})
    );
}

#[tokio::test]
async fn updates_come_by_webhook_or_polling() {
    let fake = FakeTelegram::start().await;
    let client = fake.client();
    fake.will_say(json!(true));
    let webhook = SetWebhook::new("https://shop.example/hook", SecretString::from("s3cret-_"));
    client.set_webhook(&webhook).await.unwrap();
    assert_eq!(
        fake.heard().json(),
        json!({"url": "https://shop.example/hook", "secret_token": "s3cret-_",
               "allowed_updates": ALLOWED_UPDATES})
    );
    assert!(
        !format!("{webhook:?}").contains("s3cret"),
        "the secret is not shown"
    );

    fake.will_say(
        json!({"url": "https://shop.example/hook", "has_custom_certificate": false,
                         "pending_update_count": 3, "last_error_message": "Wrong response"}),
    );
    let info = client.get_webhook_info().await.unwrap();
    assert_eq!((info.pending_update_count, info.allowed_updates), (3, None));
    assert_eq!(info.last_error_message.as_deref(), Some("Wrong response"));

    fake.will_say(json!(true));
    client.delete_webhook().await.unwrap();
    assert_eq!(fake.heard().path, format!("/bot{TOKEN}/deleteWebhook"));

    fake.will_say(json!([{"update_id": 7, "crystal_ball": {"sees": "rain"}}]));
    let updates = client
        .get_updates(Some(7), 100, 999, &ALLOWED_UPDATES)
        .await
        .unwrap();
    assert_eq!(
        Update::from_value(updates[0].clone()).unwrap().kind_name(),
        "crystal_ball"
    );
    assert_eq!(
        fake.heard().json(),
        json!({"offset": 7, "limit": 100, "timeout": 50, "allowed_updates": ALLOWED_UPDATES})
    );
}

#[tokio::test]
async fn the_bots_face_is_set_and_read() {
    let fake = FakeTelegram::start().await;
    let client = fake.client();
    fake.will_say(json!(true));
    let commands = [BotCommand::new("start", "Open the shop")];
    client.set_my_commands(&commands, Some("ru")).await.unwrap();
    assert_eq!(
        fake.heard().json(),
        json!({"commands": [{"command": "start", "description": "Open the shop"}],
               "language_code": "ru"})
    );
    fake.will_say(json!([{"command": "start", "description": "Open", "is_ephemeral": true}]));
    let read = client.get_my_commands(None).await.unwrap();
    assert_eq!(read, [BotCommand::new("start", "Open")]);

    fake.will_say(json!(true))
        .will_say(json!(true))
        .will_say(json!(true));
    client.set_my_description("Cats", None).await.unwrap();
    assert_eq!(fake.heard().json(), json!({"description": "Cats"}));
    client
        .set_my_short_description("Cats", Some("en"))
        .await
        .unwrap();
    assert_eq!(
        fake.heard().json(),
        json!({"short_description": "Cats", "language_code": "en"})
    );
    let button = MenuButton::WebApp {
        text: "Shop".into(),
        url: "https://a".into(),
    };
    client.set_chat_menu_button(None, &button).await.unwrap();
    let wire = json!({"type": "web_app", "text": "Shop", "web_app": {"url": "https://a"}});
    assert_eq!(fake.heard().json(), json!({"menu_button": wire}));

    for (said, button) in [
        (wire, button),
        (json!({"type": "commands"}), MenuButton::Commands),
        (json!({"type": "default"}), MenuButton::Default),
        (
            json!({"type": "new"}),
            MenuButton::Other(json!({"type": "new"})),
        ),
    ] {
        fake.will_say(said);
        assert_eq!(client.get_chat_menu_button(Some(42)).await.unwrap(), button);
        assert_eq!(fake.heard().json(), json!({"chat_id": 42}));
    }
}

#[tokio::test]
async fn refunds_subscriptions_and_presses_are_answered() {
    let fake = FakeTelegram::start().await;
    let client = fake.client();
    fake.will_say(json!(true))
        .will_say(json!(true))
        .will_say(json!(true))
        .will_say(json!(true));
    client.refund_star_payment(42, "charge-1").await.unwrap();
    assert_eq!(
        fake.heard().json(),
        json!({"user_id": 42, "telegram_payment_charge_id": "charge-1"})
    );
    client
        .edit_user_star_subscription(42, "charge-1", true)
        .await
        .unwrap();
    assert_eq!(fake.heard().json()["is_canceled"], true);
    client.answer_callback_query("q", None).await.unwrap();
    assert_eq!(fake.heard().json(), json!({"callback_query_id": "q"}));
    client
        .answer_callback_query("q", Some("Sent."))
        .await
        .unwrap();
    assert_eq!(fake.heard().json()["text"], "Sent.");
}

#[tokio::test]
async fn a_base_may_have_a_path_of_its_own() {
    let fake = FakeTelegram::start().await;
    let base = format!("{}/behind/proxy/", fake.base());
    let client = telegram::Client::new(&base, telegram::BotToken::parse(TOKEN).unwrap()).unwrap();
    fake.will_say(json!({"id": 42}));
    client.get_me().await.unwrap();
    assert_eq!(fake.heard().path, format!("/behind/proxy/bot{TOKEN}/getMe"));
}

#[tokio::test]
async fn methods_without_a_typed_form_can_be_called() {
    let fake = FakeTelegram::start().await;
    fake.will_say(json!({"gifts": []}));
    let gifts: Value = fake
        .client()
        .call("getAvailableGifts", &json!({}))
        .await
        .unwrap();
    assert_eq!(gifts, json!({"gifts": []}));
}
