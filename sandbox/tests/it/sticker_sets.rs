//! The sets that a bot makes of stickers.

use crate::support::maker::{Maker, PICTURE, png, with_files};
use serde_json::{Value, json};

#[tokio::test]
async fn a_set_is_made_once_and_under_a_name_of_the_bots() {
    let maker = Maker::start().await;
    maker.set(&["🌊"]).await;
    let upper = json!({ "name": maker.name.to_uppercase() });
    let found = maker.desk.call("getStickerSet", upper).await;
    assert_eq!(found["name"], maker.name);
    let file = found["stickers"][0]["file_id"].clone();
    let bad_name = "invalid sticker set name is specified";
    for (field, value, expected) in [
        (
            "name",
            json!(maker.name.to_lowercase()),
            "sticker set name is already occupied",
        ),
        ("name", json!("sea"), bad_name),
        ("name", json!(format!("1{}", maker.name)), bad_name),
        ("name", json!(format!("a_{}_", maker.name)), bad_name),
        ("name", json!(" "), "sticker set name must be non-empty"),
        ("title", json!(""), "sticker set title must be non-empty"),
        (
            "stickers",
            json!([]),
            "at least 1 sticker must be specified",
        ),
        (
            "stickers",
            json!(vec![0; 51]),
            "too many stickers specified",
        ),
        (
            "needs_repainting",
            json!(true),
            "only custom emoji stickers support repainting",
        ),
        ("user_id", json!(1), "user not found"),
    ] {
        let mut new = maker.wanted(json!([sticker(&file)]));
        new[field] = value;
        assert_eq!(maker.refusal("createNewStickerSet", new).await, expected);
    }
}

/// A sticker of a file that is there.
fn sticker(file: &Value) -> Value {
    json!({ "sticker": file, "format": "static", "emoji_list": ["🌊"] })
}

#[tokio::test]
async fn a_sticker_is_named_whole() {
    let maker = Maker::start().await;
    let file = maker.upload("static", PICTURE).await["result"]["file_id"].clone();
    for (sticker, expected) in [
        (json!(3), "InputSticker must be an Object"),
        (json!({ "format": "static" }), "sticker not found"),
        (json!({ "sticker": file }), "Can't find field \"format\""),
        (
            json!({ "sticker": file, "format": "static" }),
            "Can't find field \"emoji_list\"",
        ),
        (
            json!({ "sticker": file, "format": "static", "emoji_list": "🌊" }),
            "expected an Array of string",
        ),
        (
            json!({ "sticker": file, "format": "static", "emoji_list": ["wave"] }),
            "expected a Unicode emoji",
        ),
    ] {
        let new = maker.wanted(json!([sticker]));
        let told = maker.refusal("createNewStickerSet", new).await;
        assert_eq!(told, format!("can't parse InputSticker: {expected}"));
    }
}

#[tokio::test]
async fn the_stickers_of_a_set_are_changed_one_by_one() {
    let maker = Maker::start().await;
    maker.set(&["🌊", "🐚", "⚓"]).await;
    let ids = maker.get().await["stickers"].clone();
    let (first, second) = (ids[0]["file_id"].clone(), ids[1]["file_id"].clone());
    let desk = &maker.desk;
    desk.call(
        "setStickerPositionInSet",
        json!({ "sticker": first, "position": 9 }),
    )
    .await;
    assert_eq!(maker.emoji().await, ["🐚", "⚓", "🌊"]);
    desk.call(
        "setStickerEmojiList",
        json!({ "sticker": second, "emoji_list": ["🐟", "🐠"] }),
    )
    .await;
    desk.call(
        "setStickerKeywords",
        json!({ "sticker": second, "keywords": ["fish", "sea"] }),
    )
    .await;
    let new = json!({ "sticker": first, "emoji_list": ["⛵"] });
    let replaced = json!({ "user_id": maker.user, "name": maker.name, "old_sticker": first,
        "sticker": new });
    desk.call("replaceStickerInSet", replaced.clone()).await;
    assert_eq!(maker.emoji().await, ["🐟", "⚓", "⛵"]);
    assert_ne!(
        maker.get().await["stickers"][2]["file_id"],
        first,
        "it is another sticker"
    );
    let add = json!({ "user_id": maker.user, "name": maker.name, "sticker": new });
    desk.call("addStickerToSet", add).await;
    desk.call("deleteStickerFromSet", json!({ "sticker": second }))
        .await;
    assert_eq!(maker.emoji().await, ["⚓", "⛵", "⛵"]);
    for (method, params) in [
        ("deleteStickerFromSet", json!({ "sticker": second })),
        ("setStickerKeywords", json!({ "sticker": first })),
        ("replaceStickerInSet", replaced),
    ] {
        assert_eq!(
            maker.refusal(method, params).await,
            "STICKER_INVALID",
            "{method}"
        );
    }
}

#[tokio::test]
async fn a_bad_change_is_refused_in_telegrams_words() {
    let maker = Maker::start().await;
    maker.set(&["🌊"]).await;
    let id = maker.get().await["stickers"][0]["file_id"].clone();
    let long = "x".repeat(65);
    let emoji = "can't parse emoji list: emoji list must be non-empty";
    let add = json!({ "user_id": maker.user, "name": "no", "sticker": sticker(&id) });
    for (method, params, expected) in [
        (
            "deleteStickerFromSet",
            json!({}),
            "sticker is not specified",
        ),
        (
            "setStickerPositionInSet",
            json!({ "sticker": id }),
            "wrong sticker position specified",
        ),
        (
            "setStickerEmojiList",
            json!({ "sticker": id, "emoji_list": [] }),
            emoji,
        ),
        (
            "setStickerKeywords",
            json!({ "sticker": id, "keywords": [long] }),
            "STICKER_KEYWORDS_INVALID",
        ),
        ("addStickerToSet", add, "STICKERSET_INVALID"),
    ] {
        assert_eq!(maker.refusal(method, params).await, expected, "{method}");
    }
}

#[tokio::test]
async fn a_set_holds_no_more_than_120_stickers() {
    let maker = Maker::start().await;
    maker.set(&["🌊"; 50]).await;
    let file = maker.get().await["stickers"][0]["file_id"].clone();
    let sticker = json!({ "sticker": file, "emoji_list": ["⚓"] });
    let add = json!({ "user_id": maker.user, "name": maker.name, "sticker": sticker });
    for _ in 50..120 {
        maker.desk.call("addStickerToSet", add.clone()).await;
    }
    assert_eq!(
        maker.refusal("addStickerToSet", add).await,
        "STICKERS_TOO_MUCH"
    );
}

#[tokio::test]
async fn a_set_has_a_title_and_a_picture() {
    let maker = Maker::start().await;
    maker.set(&["🌊"]).await;
    let title = json!({ "name": maker.name, "title": "S".repeat(70) });
    maker.desk.call("setStickerSetTitle", title).await;
    assert_eq!(maker.get().await["title"], "S".repeat(64));
    let fields = json!({ "user_id": maker.user, "name": maker.name, "format": "static" });
    let small = png(100, 100);
    for (bytes, expected) in [
        (PICTURE, Some("STICKER_PNG_DIMENSIONS")),
        (b"none", Some("STICKER_THUMB_PNG_NOPNG")),
        (&small[..], None),
    ] {
        let files = [("thumbnail", bytes)];
        let answer = with_files(&maker.desk, "setStickerSetThumbnail", &fields, &files).await;
        match expected {
            Some(text) => assert_eq!(answer["description"], format!("Bad Request: {text}")),
            None => assert_eq!(answer["result"], true),
        }
    }
    let found = maker.get().await;
    assert_eq!(
        (&found["thumbnail"]["width"], &found["thumb"]["height"]),
        (&json!(100), &json!(100))
    );
    maker.desk.call("setStickerSetThumbnail", fields).await;
    assert!(maker.get().await.get("thumbnail").is_none());
}

#[tokio::test]
async fn a_set_is_its_bots_to_change_and_everybodys_to_use() {
    let maker = Maker::start().await;
    maker.set(&["🌊"]).await;
    let id = maker.get().await["stickers"][0]["file_id"].clone();
    let other = |method: &str| {
        maker
            .desk
            .url(&format!("/bot8002:another-bot_token/{method}"))
    };
    let say = json!({ "token": "8002:another-bot_token", "user_id": maker.user, "text": "/start" });
    maker.desk.post("/messages", say).await;
    for (method, params, expected) in [
        (
            "sendSticker",
            json!({ "chat_id": maker.user, "sticker": id }),
            None,
        ),
        ("getStickerSet", json!({ "name": maker.name }), None),
        (
            "deleteStickerSet",
            json!({ "name": maker.name }),
            Some("STICKERSET_INVALID"),
        ),
        (
            "deleteStickerFromSet",
            json!({ "sticker": id }),
            Some("STICKER_INVALID"),
        ),
    ] {
        let request = maker.desk.http().post(other(method)).json(&params);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        let told = answer["description"].as_str();
        assert_eq!(told.map(|text| &text[13..]), expected, "{method}: {answer}");
    }
}
