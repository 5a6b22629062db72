//! Stickers: their files, and how they are sent.

use crate::support::TOKEN;
use crate::support::maker::{Maker, PICTURE, TGS, WEBM, png, webp, with_files};
use serde_json::json;

#[tokio::test]
async fn what_is_uploaded_is_a_document_until_it_is_in_a_set() {
    let maker = Maker::start().await;
    let large = vec![0; (1 << 19) + 1];
    for (format, bytes, expected) in [
        ("static", &large[..], "file is too big"),
        ("video", &large[..1 + (1 << 18)], "file is too big"),
        ("animated", PICTURE, "wrong file type"),
        ("static", b"", "file must be non-empty"),
        ("auto", PICTURE, "sticker format must be non-empty"),
        ("round", PICTURE, "invalid sticker format specified"),
    ] {
        let answer = maker.upload(format, bytes).await;
        assert_eq!(answer["description"], format!("Bad Request: {expected}"));
    }
    let answer = maker.upload("static", PICTURE).await;
    let file = answer["result"]["file_id"].clone();
    assert_eq!(answer["result"]["file_size"], PICTURE.len());
    let sent = json!({ "chat_id": maker.user, "document": file });
    let sent = maker.desk.call("sendDocument", sent).await;
    assert_eq!(sent["document"]["file_id"], file);
    let nobody = json!({ "user_id": 1, "sticker_format": "static" });
    assert_eq!(
        maker.refusal("uploadStickerFile", nobody).await,
        "user not found"
    );
    let nothing = json!({ "user_id": maker.user, "sticker_format": "static", "sticker": file });
    assert_eq!(
        maker.refusal("uploadStickerFile", nothing).await,
        "inputFile is not specified"
    );
}

#[tokio::test]
async fn a_file_must_be_what_its_format_and_its_set_want() {
    let maker = Maker::start().await;
    for (kind, format, bytes, expected) in [
        ("regular", "static", &b"no picture"[..], "STICKER_PNG_NOPNG"),
        (
            "regular",
            "static",
            &png(511, 511),
            "STICKER_PNG_DIMENSIONS",
        ),
        (
            "regular",
            "static",
            &png(513, 512),
            "STICKER_PNG_DIMENSIONS",
        ),
        ("custom_emoji", "static", PICTURE, "STICKER_PNG_DIMENSIONS"),
        (
            "custom_emoji",
            "static",
            &png(100, 99),
            "STICKER_PNG_DIMENSIONS",
        ),
        ("regular", "video", PICTURE, "STICKER_VIDEO_NOWEBM"),
        ("regular", "animated", WEBM, "wrong file type"),
        (
            "round",
            "static",
            PICTURE,
            "unsupported sticker type specified",
        ),
    ] {
        let answer = maker.create(kind, format, bytes).await;
        assert_eq!(answer["description"], format!("Bad Request: {expected}"));
    }
    for (kind, format, bytes) in [
        ("regular", "static", &webp(300, 512)[..]),
        ("mask", "static", PICTURE),
        ("custom_emoji", "static", &png(100, 100)),
        ("regular", "video", WEBM),
        ("regular", "animated", TGS),
    ] {
        let answer = maker.create(kind, format, bytes).await;
        assert_eq!(answer["result"], true, "{kind} {format}: {answer}");
        let set = maker.get().await;
        let sticker = &set["stickers"][0];
        assert_eq!(
            (&set["sticker_type"], &sticker["type"]),
            (&json!(kind), &json!(kind))
        );
        assert_eq!(sticker["is_animated"], format == "animated");
        assert_eq!(sticker["is_video"], format == "video");
        assert_eq!(
            sticker.get("custom_emoji_id").is_some(),
            kind == "custom_emoji"
        );
        let name = json!({ "name": maker.name });
        maker.desk.call("deleteStickerSet", name.clone()).await;
        assert_eq!(
            maker.refusal("getStickerSet", name).await,
            "STICKERSET_INVALID"
        );
    }
}

#[tokio::test]
async fn a_sticker_is_sent_with_its_set_and_keeps_its_kind() {
    let maker = Maker::start().await;
    maker.set(&["🌊"]).await;
    let id = maker.get().await["stickers"][0]["file_id"].clone();
    for (method, field) in [("sendSticker", "sticker"), ("sendDocument", "document")] {
        let params = json!({ "chat_id": maker.user, field: id });
        let sent = maker.desk.call(method, params).await;
        assert_eq!(sent["sticker"]["set_name"], maker.name, "{method}");
        assert_eq!(sent["sticker"]["emoji"], "🌊");
    }
    let as_photo = json!({ "chat_id": maker.user, "photo": id });
    assert_eq!(
        maker.refusal("sendPhoto", as_photo).await,
        "can't use file of type Sticker as Photo"
    );
    let fields = json!({ "chat_id": maker.user, "emoji": "⚓" });
    for (bytes, is_sticker) in [(&webp(512, 300)[..], true), (WEBM, true), (PICTURE, false)] {
        let files = [("sticker", bytes)];
        let sent = with_files(&maker.desk, "sendSticker", &fields, &files).await;
        let sent = &sent["result"];
        assert_eq!(sent.get("sticker").is_some(), is_sticker);
        assert_eq!(sent.get("document").is_some(), !is_sticker);
        if is_sticker {
            assert_eq!(sent["sticker"]["emoji"], "⚓");
            assert!(sent["sticker"].get("set_name").is_none());
        }
    }
    let file = maker.desk.call("getFile", json!({ "file_id": id })).await;
    let url = format!("/file/bot{TOKEN}/{}", file["file_path"].as_str().unwrap());
    let response = maker
        .desk
        .http()
        .get(maker.desk.url(&url))
        .send()
        .await
        .unwrap();
    assert_eq!(response.bytes().await.unwrap(), PICTURE);
}

#[tokio::test]
async fn masks_have_a_place_and_custom_emoji_an_id() {
    let maker = Maker::start().await;
    maker.create("mask", "static", PICTURE).await;
    let id = maker.get().await["stickers"][0]["file_id"].clone();
    let place = json!({ "point": "Eyes", "x_shift": 1.5, "y_shift": -1, "scale": 2 });
    let set = json!({ "sticker": id, "mask_position": place });
    maker.desk.call("setStickerMaskPosition", set).await;
    let found = maker.get().await;
    assert_eq!(found["contains_masks"], true);
    assert_eq!(found["stickers"][0]["mask_position"]["point"], "eyes");
    let nose = json!({ "sticker": id, "mask_position": { "point": "nose" } });
    assert_eq!(
        maker.refusal("setStickerMaskPosition", nose).await,
        "can't parse mask position: Wrong point specified in MaskPosition"
    );
    maker
        .desk
        .call("deleteStickerSet", json!({ "name": maker.name }))
        .await;

    maker.create("custom_emoji", "static", &png(100, 100)).await;
    let emoji = maker.get().await["stickers"][0].clone();
    let known = emoji["custom_emoji_id"].as_str().unwrap();
    let asked = json!({ "custom_emoji_ids": [known, "17", known] });
    let found = maker.desk.call("getCustomEmojiStickers", asked).await;
    assert_eq!(found, json!([emoji]));
    let wrong = json!({ "custom_emoji_ids": [17] });
    assert_eq!(
        maker.refusal("getCustomEmojiStickers", wrong).await,
        "custom emoji identifier must be of type String"
    );
}
