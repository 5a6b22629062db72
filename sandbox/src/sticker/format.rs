//! What kind of file a sticker is, and what such a file must be like.

use crate::api_error::{ApiError, ApiResult};
use crate::limits::{CUSTOM_EMOJI_SIDE, STICKER_SIDE};

/// What a file is for; its size and its sides depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A sticker of a set that is none of custom emoji.
    Sticker,
    /// A custom emoji.
    CustomEmoji,
    /// The picture that stands for a set.
    Thumbnail,
}

/// The Bot API's `format`. Source: tdlib/telegram-bot-api Client.cpp `get_sticker_format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A picture, PNG or WEBP.
    Static,
    /// TGS.
    Animated,
    /// WEBM.
    Video,
}

impl Format {
    /// Reads `sticker_format` or `format`; `auto` leaves it to the set.
    ///
    /// # Errors
    /// 400 for any other word.
    pub fn read(word: &str) -> ApiResult<Option<Self>> {
        match word {
            "static" => Ok(Some(Self::Static)),
            "animated" => Ok(Some(Self::Animated)),
            "video" => Ok(Some(Self::Video)),
            "auto" => Ok(None),
            _ => Err(ApiError::bad("Invalid sticker format specified")),
        }
    }

    /// What a file is by its first bytes: gzip is taken for TGS, Matroska for WEBM.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0x1f, 0x8b, ..] => Self::Animated,
            [0x1a, 0x45, 0xdf, 0xa3, ..] => Self::Video,
            _ => Self::Static,
        }
    }

    /// Whether a file can be shown as a sticker as it is; a PNG becomes one only in a set. Source:
    /// Bot API, `sendSticker`.
    #[must_use]
    pub fn is_sticker(bytes: &[u8]) -> bool {
        Self::of(bytes) != Self::Static || is_webp(bytes)
    }

    /// Media type and extension of a file.
    #[must_use]
    pub fn names(self, bytes: &[u8]) -> (&'static str, &'static str) {
        match self {
            Self::Animated => ("application/x-tgsticker", "tgs"),
            Self::Video => ("video/webm", "webm"),
            Self::Static if is_webp(bytes) => ("image/webp", "webp"),
            Self::Static => ("image/png", "png"),
        }
    }

    /// Most bytes of a file. Source: tdlib/td StickerFormat.cpp `get_max_sticker_file_size`.
    #[must_use]
    pub fn max_bytes(self, purpose: Purpose) -> usize {
        match (self, purpose) {
            (Self::Static, Purpose::Sticker) => 1 << 19,
            (Self::Static, _) => 1 << 17,
            (Self::Animated, Purpose::Thumbnail) => 1 << 15,
            (Self::Animated, _) => 1 << 16,
            (Self::Video, Purpose::Sticker) => 1 << 18,
            (Self::Video, Purpose::CustomEmoji) => 1 << 16,
            (Self::Video, Purpose::Thumbnail) => 1 << 15,
        }
    }

    /// Width and height of a file that is to be a sticker or a thumbnail. The sandbox looks into
    /// pictures only: the sides of what moves are taken to be right. Source of the codes:
    /// core.telegram.org, errors of stickers.createStickerSet and stickers.setStickerSetThumb; of
    /// the sides: core.telegram.org/stickers.
    ///
    /// # Errors
    /// 400 when Telegram would not take it.
    pub fn measure(self, purpose: Purpose, bytes: &[u8]) -> ApiResult<(usize, usize)> {
        let is_thumbnail = purpose == Purpose::Thumbnail;
        let side = match purpose {
            Purpose::Sticker => STICKER_SIDE,
            Purpose::CustomEmoji | Purpose::Thumbnail => CUSTOM_EMOJI_SIDE,
        };
        if self != Self::Static {
            return match (Self::of(bytes) == self, self) {
                (true, _) => Ok((side, side)),
                (false, Self::Video) => Err(ApiError::bad("STICKER_VIDEO_NOWEBM")),
                (false, _) if is_thumbnail => Err(ApiError::bad("STICKER_THUMB_TGS_NOTGS")),
                (false, _) => Err(ApiError::bad("STICKER_TGS_NOTGS")),
            };
        }
        let no_picture = if is_thumbnail {
            "STICKER_THUMB_PNG_NOPNG"
        } else {
            "STICKER_PNG_NOPNG"
        };
        let size = imagesize::blob_size(bytes).map_err(|_| ApiError::bad(no_picture))?;
        let (long, short) = (size.width.max(size.height), size.width.min(size.height));
        let may_be_oblong = purpose == Purpose::Sticker;
        if long != side || short == 0 || (short != side && !may_be_oblong) {
            // For thumbnails Telegram's code is not public; this is the one for stickers.
            return Err(ApiError::bad("STICKER_PNG_DIMENSIONS"));
        }
        Ok((size.width, size.height))
    }
}

fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}
