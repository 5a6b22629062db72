//! Keyboards and links that Telegram takes and refuses.

use super::*;
use serde_json::json;

fn inline(button: Value) -> Result<bool, String> {
    Markup::check(json!({ "inline_keyboard": [[button]] }), Place::Message)
        .map(|markup| markup.is_some())
        .map_err(|error| error.description)
}

#[test]
fn buttons_are_refused_in_telegrams_words() {
    assert_eq!(
        inline(json!({ "text": "a", "callback_data": "x".repeat(64) })),
        Ok(true)
    );
    for (button, text) in [
        (
            json!({ "text": "a", "callback_data": "x".repeat(65) }),
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            json!({ "text": "a" }),
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            json!({ "text": "a", "url": "http://host" }),
            "Bad Request: inline keyboard button URL 'http://host' is invalid: Wrong HTTP URL",
        ),
        (
            json!({ "text": "a", "pay": true }),
            "Bad Request: BUTTON_TYPE_INVALID",
        ),
        (
            json!({ "text": "a", "copy_text": { "text": "x".repeat(257) } }),
            "Bad Request: BUTTON_COPY_TEXT_INVALID",
        ),
    ] {
        assert_eq!(inline(button), Err(text.to_owned()));
    }
}

#[test]
fn apps_live_at_https_or_nearby() {
    let app = |url: &str| inline(json!({ "text": "Shop", "web_app": { "url": url } }));
    for url in [
        "https://shop.example/",
        "http://127.0.0.1:3000/",
        "http://localhost:5173/",
        "http://192.168.0.7:3000/",
    ] {
        assert_eq!(app(url), Ok(true), "{url}");
    }
    let far = "http://shop.example/";
    let text = format!(
        "Bad Request: inline keyboard button Web App URL '{far}' is invalid: Only HTTPS links are allowed"
    );
    assert_eq!(app(far), Err(text));
}

#[test]
fn groups_and_channels_have_no_buttons_of_private_chats() {
    let at = |value: Value, place: Kind| {
        let markup = Markup::check(value, Place::Message).unwrap().unwrap();
        markup.check_in(place).map_err(|error| error.description)
    };
    let app = json!({ "url": "https://shop.example/" });
    let button = json!({ "text": "Shop", "web_app": app });
    for place in [Kind::Supergroup, Kind::Channel] {
        assert_eq!(
            at(json!({ "inline_keyboard": [[button]] }), place),
            Err("Bad Request: BUTTON_TYPE_INVALID".to_owned())
        );
    }
    let phone = json!({ "text": "Call me", "request_contact": true });
    for (button, text) in [
        (&button, "web App buttons can be used in private chats only"),
        (
            &phone,
            "phone number can be requested in private chats only",
        ),
    ] {
        assert_eq!(
            at(json!({ "keyboard": [["a"], [button]] }), Kind::Supergroup),
            Err(format!("Bad Request: {text}"))
        );
    }
    let plain = json!({ "keyboard": [["a", { "text": "b", "request_contact": false }]] });
    assert_eq!(at(plain.clone(), Kind::Supergroup), Ok(()));
    assert_eq!(
        at(plain, Kind::Channel),
        Err("Bad Request: inline keyboard expected".to_owned())
    );
}

#[test]
fn an_edit_takes_inline_keyboards_only() {
    let keyboard = json!({ "keyboard": [["a"]] });
    assert!(
        Markup::check(keyboard.clone(), Place::Message)
            .unwrap()
            .is_some()
    );
    assert_eq!(
        Markup::check(keyboard, Place::Edit)
            .unwrap_err()
            .description,
        "Bad Request: inline keyboard expected"
    );
    assert!(
        Markup::check(json!({ "inline_keyboard": [] }), Place::Edit)
            .unwrap()
            .is_none()
    );
}
