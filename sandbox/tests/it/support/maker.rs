//! A bot that makes sticker sets, and files for them.

use super::{Desk, TOKEN};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

/// A picture with sides as stickers must have them.
pub(crate) const PICTURE: &[u8] = include_bytes!("../../../clients/sticker.png");
/// What a TGS begins with.
pub(crate) const TGS: &[u8] = b"\x1f\x8b\x08\0and more";
/// What a WEBM begins with.
pub(crate) const WEBM: &[u8] = b"\x1a\x45\xdf\xa3and more";

/// The head of a WEBP of these sides.
pub(crate) fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
    bytes.extend_from_slice(&(width - 1).to_le_bytes()[..3]);
    bytes.extend_from_slice(&(height - 1).to_le_bytes()[..3]);
    bytes
}

/// The head of a PNG of these sides.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = PICTURE.to_vec();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    bytes
}

/// Calls a method with files sent along: the whole answer.
pub(crate) async fn with_files(
    desk: &Desk,
    method: &str,
    fields: &Value,
    files: &[(&str, &[u8])],
) -> Value {
    let mut form = Form::new();
    for (name, value) in fields.as_object().unwrap() {
        let text = value.as_str().map(str::to_owned);
        form = form.text(name.clone(), text.unwrap_or_else(|| value.to_string()));
    }
    for (name, bytes) in files {
        let part = Part::bytes(bytes.to_vec()).file_name("sea");
        form = form.part((*name).to_owned(), part);
    }
    let url = desk.url(&format!("/bot{TOKEN}/{method}"));
    let response = desk.http().post(url).multipart(form).send().await.unwrap();
    response.json().await.unwrap()
}

/// A bot with a user and a name for sets that is theirs to give.
pub(crate) struct Maker {
    pub(crate) desk: Desk,
    pub(crate) user: i64,
    pub(crate) name: String,
}

impl Maker {
    pub(crate) async fn start() -> Self {
        let desk = Desk::start().await;
        let user = desk.started_user(0).await;
        let me = desk.call("getMe", json!({})).await;
        let name = format!("Sea_by_{}", me["username"].as_str().unwrap());
        Self { desk, user, name }
    }

    pub(crate) async fn upload(&self, format: &str, bytes: &[u8]) -> Value {
        let fields = json!({ "user_id": self.user, "sticker_format": format });
        with_files(
            &self.desk,
            "uploadStickerFile",
            &fields,
            &[("sticker", bytes)],
        )
        .await
    }

    /// Makes a set of one kind from files in one format: the whole answer.
    pub(crate) async fn create(&self, kind: &str, format: &str, bytes: &[u8]) -> Value {
        let sticker = json!({ "sticker": "attach://one", "format": format, "emoji_list": ["🌊"] });
        let fields = json!({ "user_id": self.user, "name": self.name, "title": "Sea",
            "sticker_type": kind, "stickers": [sticker] });
        with_files(
            &self.desk,
            "createNewStickerSet",
            &fields,
            &[("one", bytes)],
        )
        .await
    }

    /// Parameters of a set of these stickers.
    pub(crate) fn wanted(&self, stickers: Value) -> Value {
        json!({ "user_id": self.user, "name": self.name, "title": "Sea", "stickers": stickers })
    }

    /// A set of the picture under each of these emoji.
    pub(crate) async fn set(&self, emoji: &[&str]) {
        let file = self.upload("static", PICTURE).await["result"]["file_id"].clone();
        let stickers: Vec<Value> = emoji
            .iter()
            .map(|emoji| json!({ "sticker": file, "format": "static", "emoji_list": [emoji] }))
            .collect();
        let new = self.wanted(json!(stickers));
        assert_eq!(self.desk.call("createNewStickerSet", new).await, true);
    }

    pub(crate) async fn get(&self) -> Value {
        let name = json!({ "name": self.name });
        self.desk.call("getStickerSet", name).await
    }

    pub(crate) async fn emoji(&self) -> Vec<String> {
        let set = self.get().await;
        let stickers = set["stickers"].as_array().unwrap().iter();
        stickers
            .map(|sticker| sticker["emoji"].as_str().unwrap().to_owned())
            .collect()
    }

    pub(crate) async fn refusal(&self, method: &str, params: Value) -> String {
        let (status, text) = self.desk.refusal(method, params).await;
        assert_eq!(status, 400);
        text.strip_prefix("Bad Request: ").unwrap().to_owned()
    }
}
