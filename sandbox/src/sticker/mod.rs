//! Sticker sets that bots make for people.

mod format;

pub use format::{Format, Purpose};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api_error::{ApiError, ApiResult};
use crate::file::{FileKind, FileRef};
use crate::limits::{CUSTOM_EMOJI_PER_SET, STICKERS_PER_SET};
use crate::message::{Content, Media};
use crate::params::Upload;
use crate::state::State;
use crate::text::FormattedText;

/// The Bot API's `sticker_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StickerType {
    /// Those that are sent as messages.
    Regular,
    /// Those that are put onto faces.
    Mask,
    /// Those within texts.
    CustomEmoji,
}

/// A sticker of a set.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sticker {
    /// Handle.
    pub file_id: String,
    /// What it stands for; the first is shown.
    pub emoji: Vec<String>,
    /// By which people find it. No method shows them.
    pub keywords: Vec<String>,
    /// The Bot API's `MaskPosition`.
    pub mask_position: Option<Value>,
    /// By which texts name it, in a set of custom emoji.
    pub custom_emoji_id: Option<i64>,
}

/// A set.
#[derive(Debug, Serialize, Deserialize)]
pub struct StickerSet {
    /// The bot that made it.
    pub bot_id: i64,
    /// The user whom it was made for.
    pub user_id: i64,
    /// Name in addresses, as it was written.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// What its stickers are.
    pub kind: StickerType,
    /// Custom emoji that take the colour of the text.
    pub needs_repainting: bool,
    /// Handle of the picture that stands for it.
    pub thumbnail: Option<String>,
    /// Its stickers in their order.
    pub stickers: Vec<Sticker>,
}

impl StickerType {
    /// How large its files may be.
    #[must_use]
    pub fn purpose(self) -> Purpose {
        match self {
            Self::CustomEmoji => Purpose::CustomEmoji,
            Self::Regular | Self::Mask => Purpose::Sticker,
        }
    }
}

impl StickerSet {
    /// The key of a name: names differ by more than their case and dots. Source: tdlib/td
    /// misc.cpp `clean_username`.
    #[must_use]
    pub fn key(name: &str) -> String {
        name.replace('.', "").trim().to_lowercase()
    }

    /// Adds a sticker at the end.
    ///
    /// # Errors
    /// 400 when the set is full.
    pub fn add(&mut self, sticker: Sticker) -> ApiResult<()> {
        let most = match self.kind {
            StickerType::CustomEmoji => CUSTOM_EMOJI_PER_SET,
            StickerType::Regular | StickerType::Mask => STICKERS_PER_SET,
        };
        if self.stickers.len() >= most {
            // source: core.telegram.org, errors of stickers.addStickerToSet
            return Err(ApiError::bad("STICKERS_TOO_MUCH"));
        }
        self.stickers.push(sticker);
        Ok(())
    }

    fn position(&self, file_id: &str) -> Option<usize> {
        let mut stickers = self.stickers.iter();
        stickers.position(|sticker| sticker.file_id == file_id)
    }

    /// Adds to the Bot API's `Sticker` what it has from its set.
    fn dress(&self, sticker: &Sticker, object: &mut Value) {
        object["type"] = json!(self.kind);
        object["set_name"] = json!(self.name);
        object["emoji"] = json!(sticker.emoji.first());
        match (self.kind, &sticker.mask_position) {
            (StickerType::Mask, Some(position)) => object["mask_position"] = position.clone(),
            (StickerType::CustomEmoji, _) => {
                let id = sticker.custom_emoji_id.unwrap_or_default();
                object["custom_emoji_id"] = json!(id.to_string());
                if self.needs_repainting {
                    object["needs_repainting"] = json!(true);
                }
            }
            _ => {}
        }
    }
}

impl State {
    /// Stores a file as a sticker of these sides.
    pub fn keep_sticker(
        &mut self,
        bot_id: i64,
        upload: &Upload,
        format: Format,
        (width, height): (usize, usize),
    ) -> FileRef {
        // source: tdlib/telegram-bot-api Client.cpp `JsonSticker`
        let sticker = json!({
            "width": width,
            "height": height,
            "is_animated": format == Format::Animated,
            "is_video": format == Format::Video,
            "type": StickerType::Regular,
        });
        let (mime, extension) = format.names(&upload.bytes);
        let upload = Upload {
            name: format!("sticker.{extension}"),
            mime: mime.to_owned(),
            bytes: upload.bytes.clone(),
        };
        self.keep(bot_id, &upload, FileKind::Sticker, sticker)
    }

    /// A set by its name, of any bot.
    ///
    /// # Errors
    /// 400 when there is none.
    pub fn sticker_set(&self, name: &str) -> ApiResult<&StickerSet> {
        // source: core.telegram.org, errors of messages.getStickerSet
        self.sticker_sets
            .get(&StickerSet::key(name))
            .ok_or_else(|| ApiError::bad("STICKERSET_INVALID"))
    }

    /// A set of this bot's, to be changed.
    ///
    /// # Errors
    /// 400 when the name is empty, there is no such set, or another bot made it.
    pub fn own_sticker_set(&mut self, bot_id: i64, name: &str) -> ApiResult<&mut StickerSet> {
        let key = StickerSet::key(name);
        if key.is_empty() {
            // source: tdlib/td StickersManager.cpp
            return Err(ApiError::bad("Sticker set name must be non-empty"));
        }
        self.sticker_sets
            .get_mut(&key)
            .filter(|set| set.bot_id == bot_id)
            .ok_or_else(|| ApiError::bad("STICKERSET_INVALID"))
    }

    /// The set of this bot's that holds a sticker, and the sticker's place in it.
    ///
    /// # Errors
    /// 400 when none of the bot's sets holds it.
    pub fn own_sticker(
        &mut self,
        bot_id: i64,
        file_id: &str,
    ) -> ApiResult<(&mut StickerSet, usize)> {
        let mut own = self.sticker_sets.values_mut();
        own.find_map(|set| {
            let at = set.position(file_id).filter(|_| set.bot_id == bot_id)?;
            Some((set, at))
        })
        // source: core.telegram.org, errors of stickers.removeStickerFromSet
        .ok_or_else(|| ApiError::bad("STICKER_INVALID"))
    }

    /// The Bot API's `Sticker`: with its set, if it is in one.
    #[must_use]
    pub fn sticker_object(&self, file_id: &str) -> Value {
        let Some(file) = self.files.get(file_id) else {
            return Value::Null;
        };
        let mut object = file.reference.object.clone();
        let mut sets = self.sticker_sets.values();
        if let Some((set, at)) = sets.find_map(|set| Some((set, set.position(file_id)?))) {
            set.dress(&set.stickers[at], &mut object);
        }
        object
    }

    /// A sticker as a message.
    #[must_use]
    pub fn sticker_content(&self, file_id: &str) -> Content {
        let sticker = self.sticker_object(file_id);
        Content::Media(Media::new("sticker", sticker, FormattedText::default()))
    }

    /// The Bot API's `StickerSet`. Source: tdlib/telegram-bot-api Client.cpp `JsonStickerSet`.
    #[must_use]
    pub fn sticker_set_object(&self, set: &StickerSet) -> Value {
        let stickers = set.stickers.iter().filter_map(|sticker| {
            let mut object = self.files.get(&sticker.file_id)?.reference.object.clone();
            set.dress(sticker, &mut object);
            Some(object)
        });
        let mut object = json!({
            "name": set.name,
            "title": set.title,
            "sticker_type": set.kind,
            "contains_masks": set.kind == StickerType::Mask,
            "stickers": stickers.collect::<Vec<_>>(),
        });
        let thumbnail = set.thumbnail.as_ref().and_then(|id| self.files.get(id));
        if let Some(file) = thumbnail {
            // Both names, as `json_store_thumbnail` of the same file has them.
            object["thumbnail"] = file.reference.object.clone();
            object["thumb"] = file.reference.object.clone();
        }
        object
    }
}
