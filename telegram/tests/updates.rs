//! Updates, known and unknown.

// Tests say what went wrong by stopping.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};
use telegram::types::SubscriptionState;
use telegram::update::UpdateError;
use telegram::{ALLOWED_UPDATES, Update, UpdateKind};

fn read(kind: &str, body: Value) -> Update {
    let mut raw = json!({"update_id": 9_007_199_254_740_993_i64});
    raw[kind] = body;
    let update = Update::parse(raw.to_string().as_bytes()).unwrap();
    assert_eq!(update.raw, raw, "kept whole");
    assert_eq!(update.update_id, 9_007_199_254_740_993);
    assert_eq!(update.kind_name(), kind);
    update
}

fn user() -> Value {
    json!({"id": 4_503_599_627_370_495_i64, "is_bot": false, "first_name": "Ada", "new": {"x": 1}})
}

fn message(extra: Value) -> telegram::types::Message {
    let mut body = json!({
        "message_id": 1, "date": 1_650_385_342, "from": user(),
        "chat": {"id": 42, "type": "private", "first_name": "Ada"},
    });
    body.as_object_mut()
        .unwrap()
        .extend(extra.as_object().unwrap().clone());
    match read("message", body).kind {
        UpdateKind::Message(message) => *message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_payment_is_read() {
    let message = message(json!({"successful_payment": {
        "currency": "XTR", "total_amount": 999_999_999_999_i64, "invoice_payload": "order-1",
        "telegram_payment_charge_id": "charge-1", "provider_payment_charge_id": "p",
    }}));
    let payment = message.successful_payment.unwrap();
    assert_eq!(payment.total_amount, 999_999_999_999);
    assert_eq!(payment.telegram_payment_charge_id, "charge-1");
    assert!(!payment.is_recurring && payment.subscription_expiration_date.is_none());
    assert_eq!(message.from.unwrap().id, 4_503_599_627_370_495);
}

#[test]
fn a_renewal_and_a_refund_are_read() {
    let renewal = message(json!({"successful_payment": {
        "currency": "XTR", "total_amount": 5, "invoice_payload": "order-1", "is_recurring": true,
        "telegram_payment_charge_id": "charge-2", "provider_payment_charge_id": "",
        "subscription_expiration_date": 1_652_977_342,
    }}));
    let renewal = renewal.successful_payment.unwrap();
    assert!(renewal.is_recurring && !renewal.is_first_recurring);
    assert_eq!(renewal.subscription_expiration_date, Some(1_652_977_342));

    let refund = message(json!({"refunded_payment": {
        "currency": "XTR", "total_amount": 5, "invoice_payload": "order-1",
        "telegram_payment_charge_id": "charge-2",
    }}));
    assert_eq!(
        refund.refunded_payment.unwrap().telegram_payment_charge_id,
        "charge-2"
    );
}

#[test]
fn commands_are_read_by_their_mark() {
    let command = |text: &str, length: i64, offset: i64| {
        message(json!({
            "text": text,
            "entities": [{"type": "bot_command", "offset": offset, "length": length}],
        }))
    };
    let start = command("/start p_cats", 6, 0);
    let start = start.command().unwrap();
    assert_eq!(
        (start.name, start.bot, start.argument),
        ("start", None, "p_cats")
    );
    let addressed = command("/help@cat_shop_bot", 18, 0);
    assert_eq!(addressed.command().unwrap().bot, Some("cat_shop_bot"));
    assert_eq!(addressed.command().unwrap().name, "help");
    assert_eq!(
        command("say /start", 6, 4).command(),
        None,
        "not at the start"
    );
    assert_eq!(
        message(json!({"text": "/start"})).command(),
        None,
        "not marked"
    );
    for (text, length) in [
        ("/start", 99),
        ("/start", -1),
        ("/я", 2),
        ("", 6),
        ("start", 5),
    ] {
        assert_eq!(
            command(text, length, 0).command(),
            None,
            "{text:?} {length}"
        );
    }
}

#[test]
fn other_service_messages_are_read() {
    let allowed = message(json!({"write_access_allowed": {"from_request": true}}));
    assert!(allowed.write_access_allowed.unwrap().from_request);
    let data = message(json!({"web_app_data": {"data": "d", "button_text": "b"}}));
    assert_eq!(data.web_app_data.unwrap().data, "d");
    let photo = message(json!({"photo": [{"file_id": "small"}, {"file_id": "large"}]}));
    assert_eq!(photo.file_id(), Some("large"));
    let document = message(json!({"document": {"file_id": "doc", "file_size": 3}}));
    assert_eq!(document.file_id(), Some("doc"));
    assert_eq!(message(json!({})).file_id(), None);
}

#[test]
fn queries_are_read() {
    let query = read(
        "pre_checkout_query",
        json!({"id": "18446744073709551615", "from": user(), "currency": "XTR",
               "total_amount": 50, "invoice_payload": "order-1"}),
    );
    let UpdateKind::PreCheckoutQuery(query) = query.kind else {
        panic!("{query:?}")
    };
    assert_eq!(
        (query.id.as_str(), query.total_amount),
        ("18446744073709551615", 50)
    );

    let press = read(
        "callback_query",
        json!({"id": "1", "from": user(), "chat_instance": "c", "data": "again",
               "message": {"chat": {"id": 42, "type": "private"}, "message_id": 5, "date": 0}}),
    );
    let UpdateKind::CallbackQuery(press) = press.kind else {
        panic!("{press:?}")
    };
    assert_eq!(press.data.as_deref(), Some("again"));
    assert_eq!(press.message.unwrap().message_id, 5);

    let media = read(
        "purchased_paid_media",
        json!({"from": user(), "paid_media_payload": "order-2"}),
    );
    let UpdateKind::PurchasedPaidMedia(media) = media.kind else {
        panic!("{media:?}")
    };
    assert_eq!(media.paid_media_payload, "order-2");
}

#[test]
fn blocking_and_unblocking_is_read() {
    let change = |kind: &str, status: &str| {
        let update = read(
            "my_chat_member",
            json!({"chat": {"id": 42, "type": kind}, "from": user(), "date": 1,
                   "old_chat_member": {"user": user(), "status": "member"},
                   "new_chat_member": {"user": user(), "status": status, "until_date": 0}}),
        );
        let UpdateKind::MyChatMember(change) = update.kind else {
            panic!("{update:?}")
        };
        change.user_blocked_bot()
    };
    assert_eq!(change("private", "kicked"), Some(true));
    assert_eq!(change("private", "member"), Some(false));
    assert_eq!(change("supergroup", "kicked"), None);
}

#[test]
fn subscription_states_are_read_and_new_ones_kept() {
    for (text, state) in [
        ("canceled", SubscriptionState::Canceled),
        ("active", SubscriptionState::Active),
        ("failed", SubscriptionState::Failed),
        ("paused", SubscriptionState::Other("paused".to_owned())),
    ] {
        let update = read(
            "subscription",
            json!({"user": user(), "invoice_payload": "order-1", "state": text}),
        );
        let UpdateKind::SubscriptionUpdated(change) = update.kind else {
            panic!("{update:?}")
        };
        assert_eq!(change.state, state);
    }
}

#[test]
fn unknown_kinds_are_kept_and_not_fatal() {
    let update = read("crystal_ball", json!({"sees": ["rain", 1.5, null]}));
    assert_eq!(
        update.kind,
        UpdateKind::Unknown {
            name: "crystal_ball".to_owned()
        }
    );
    let bare = Update::parse(br#"{"update_id": 1}"#).unwrap();
    assert_eq!(
        bare.kind,
        UpdateKind::Unknown {
            name: String::new()
        }
    );
}

#[test]
fn a_known_kind_of_another_shape_is_kept_and_says_so() {
    let update = read(
        "pre_checkout_query",
        json!({"id": "1", "from": {"id": "Ada Lovelace"}}),
    );
    let UpdateKind::Unreadable { name, problem } = &update.kind else {
        panic!("{update:?}")
    };
    assert_eq!(*name, "pre_checkout_query");
    assert!(!problem.contains("Lovelace"), "personal data in: {problem}");
    let update = read("message", json!({"message_id": 1}));
    let UpdateKind::Unreadable { problem, .. } = &update.kind else {
        panic!("{update:?}")
    };
    assert_eq!(problem, "it has no `chat`");
}

#[test]
fn what_is_no_update_is_refused() {
    assert_eq!(Update::parse(b"{}").unwrap_err(), UpdateError::NoId);
    assert_eq!(Update::parse(b"[1]").unwrap_err(), UpdateError::NoId);
    assert_eq!(
        Update::parse(br#"{"update_id":"7"}"#).unwrap_err(),
        UpdateError::NoId
    );
    assert_eq!(Update::parse(b"").unwrap_err().code(), "update_not_json");
    assert_eq!(
        Update::parse(b"{\"update_id\":1").unwrap_err().code(),
        "update_not_json"
    );
    let deep = format!(
        r#"{{"update_id":1,"a":{}{}}}"#,
        "[".repeat(500),
        "]".repeat(500)
    );
    assert_eq!(
        Update::parse(deep.as_bytes()).unwrap_err().code(),
        "update_not_json"
    );
    let long = vec![b' '; telegram::limits::UPDATE_BYTES + 1];
    assert_eq!(Update::parse(&long).unwrap_err().code(), "update_too_long");
}

#[test]
fn debug_output_holds_no_content() {
    let update = read(
        "message",
        json!({"message_id": 1, "chat": {"id": 42}, "from": user(), "text": "my secret"}),
    );
    let UpdateKind::Message(message) = &update.kind else {
        panic!("{update:?}")
    };
    let shown = format!("{update:?} {message:?} {:?}", message.from);
    assert!(
        !shown.contains("secret") && !shown.contains("Ada"),
        "{shown}"
    );
}

#[test]
fn the_shop_asks_for_queries_that_need_an_answer() {
    for kind in [
        "message",
        "pre_checkout_query",
        "callback_query",
        "subscription",
    ] {
        assert!(ALLOWED_UPDATES.contains(&kind), "{kind}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Update::parse(&bytes);
    }

    #[test]
    fn any_body_of_any_kind_is_kept(id: i64, which in 0_usize..7, text in ".{0,40}", number: i64) {
        let kind = ALLOWED_UPDATES.get(which).copied().unwrap_or("something_else");
        for body in [json!(text), json!(number), json!({"id": text, "chat": {"id": number}})] {
            let mut raw = json!({"update_id": id});
            raw[kind] = body;
            let update = Update::parse(raw.to_string().as_bytes()).unwrap();
            prop_assert_eq!(update.kind_name(), kind);
            prop_assert_eq!(update.raw, raw);
        }
    }
}
