//! Reading stickers that are to go into a set.
//!
//! The texts are those of tdlib/telegram-bot-api Client.cpp (`get_input_sticker`,
//! `get_sticker_emojis`, `get_mask_position`) and tdlib/td StickersManager.cpp
//! (`prepare_input_file`). The older parameters `png_sticker`, `tgs_sticker` and `webm_sticker` are
//! not in the sandbox.

use bytes::Bytes;
use serde_json::{Value, json};

use super::Call;
use crate::api_error::{ApiError, ApiResult};
use crate::file::FileKind;
use crate::limits::{STICKER_EMOJI_MAX, STICKER_KEYWORDS_CHARS, STICKER_KEYWORDS_MAX};
use crate::params::{Params, Upload};
use crate::sticker::{Format, Purpose, Sticker, StickerType};
use crate::text::emoji::is_emoji;

/// A file that a call names.
pub(super) enum InputFile {
    /// By its handle.
    Id(String),
    /// By what was sent along.
    Upload(Upload),
}

impl InputFile {
    /// The file in a parameter, or sent along under its name. Source: Client.cpp `get_input_file`.
    pub(super) fn read(params: &Params, field: &str, handle: &str) -> Option<Self> {
        let attached = handle.strip_prefix("attach://");
        if handle.is_empty() || attached.is_some() {
            let upload = params.file(attached.unwrap_or(field))?;
            return Some(Self::Upload(upload.clone()));
        }
        Some(Self::Id(handle.to_owned()))
    }
}

/// A file that may become a sticker or a thumbnail, as far as tdlib looks at it.
pub(super) struct Candidate {
    pub(super) upload: Upload,
    pub(super) format: Format,
}

/// Finds the file and makes the checks that tdlib makes before it asks Telegram.
pub(super) fn prepare(
    call: &Call<'_>,
    file: &InputFile,
    format: Option<Format>,
    purpose: Purpose,
) -> ApiResult<Candidate> {
    let format = format.ok_or_else(|| ApiError::bad("Sticker format must be non-empty"))?;
    let upload = match file {
        InputFile::Upload(upload) => upload.clone(),
        InputFile::Id(id) => {
            let file = call.state.file_of(call.bot_id, id, FileKind::Document)?;
            let stored = call.state.files.get(&file.file_id);
            let bytes = stored.map_or_else(Bytes::new, |stored| stored.bytes.clone());
            // Telegram goes by the file that it has, whatever the call says.
            let format = Format::of(&bytes);
            let (name, mime) = (String::new(), String::new());
            let upload = Upload { name, mime, bytes };
            if upload.bytes.len() > format.max_bytes(purpose) {
                // Telegram's code is not public; this is the one for a file that will not do.
                return Err(ApiError::bad("STICKER_FILE_INVALID"));
            }
            return Ok(Candidate { upload, format });
        }
    };
    if upload.bytes.is_empty() {
        return Err(ApiError::bad("File must be non-empty"));
    }
    if upload.bytes.len() > format.max_bytes(purpose) {
        return Err(ApiError::bad("File is too big"));
    }
    if format == Format::Animated && Format::of(&upload.bytes) != format {
        return Err(ApiError::bad("Wrong file type"));
    }
    Ok(Candidate { upload, format })
}

/// An `InputSticker`.
pub(super) struct InputSticker {
    file: InputFile,
    format: Option<Format>,
    emoji: Vec<String>,
    keywords: Vec<String>,
    mask_position: Option<Value>,
}

impl InputSticker {
    /// Reads one; `default` is the format of those that name none.
    ///
    /// # Errors
    /// With the text that goes behind "Can't parse …: ".
    pub(super) fn read(params: &Params, item: &Value, default: &str) -> Result<Self, String> {
        if !item.is_object() {
            return Err("InputSticker must be an Object".into());
        }
        let handle = text_field(item, "sticker")?.unwrap_or_default();
        let file = InputFile::read(params, "", &handle).ok_or("sticker not found")?;
        let format = match text_field(item, "format")?.filter(|word| !word.is_empty()) {
            Some(word) => word,
            None if default.is_empty() => return Err("Can't find field \"format\"".into()),
            None => default.to_owned(),
        };
        let format = Format::read(&format).map_err(|_| "Invalid sticker format specified")?;
        let emoji = item.get("emoji_list");
        let emoji = read_emoji(emoji.ok_or("Can't find field \"emoji_list\"")?)?;
        let mask_position = item.get("mask_position").map(read_mask).transpose()?;
        let keywords = item.get("keywords").map(read_keywords).transpose()?;
        Ok(Self {
            file,
            format,
            emoji,
            keywords: keywords.unwrap_or_default(),
            mask_position: mask_position.flatten(),
        })
    }

    /// Reads the parameter `sticker`.
    ///
    /// # Errors
    /// 400 when it is missing or not an `InputSticker`.
    pub(super) fn of(params: &Params) -> ApiResult<Self> {
        if !params.has("sticker") {
            return Err(ApiError::bad("there is no sticker file in the request"));
        }
        let item = params.json("sticker", "Can't parse sticker JSON object")?;
        Self::read(params, &item.unwrap_or_default(), "auto")
            .map_err(|why| ApiError::bad(&format!("Can't parse sticker: {why}")))
    }

    /// Finds its file; `guess` is the format of a set whose stickers are all alike.
    ///
    /// # Errors
    /// 400 for a file that tdlib refuses.
    pub(super) fn prepare(
        &self,
        call: &Call<'_>,
        kind: StickerType,
        guess: Option<Format>,
    ) -> ApiResult<Candidate> {
        prepare(call, &self.file, self.format.or(guess), kind.purpose())
    }

    /// Makes it a sticker: its file is stored anew, whatever it was before.
    pub(super) fn keep(
        self,
        call: &mut Call<'_>,
        kind: StickerType,
        file: &Candidate,
        sides: (usize, usize),
    ) -> Sticker {
        let state = &mut *call.state;
        let is_custom = kind == StickerType::CustomEmoji;
        let custom_emoji_id = is_custom.then(|| state.ids.number());
        let kept = state.keep_sticker(call.bot_id, &file.upload, file.format, sides);
        Sticker {
            file_id: kept.file_id,
            emoji: self.emoji,
            keywords: self.keywords,
            mask_position: self.mask_position,
            custom_emoji_id,
        }
    }
}

/// A field that may be missing and is a text otherwise. Source: tdutils JsonObject.
fn text_field(item: &Value, name: &str) -> Result<Option<String>, String> {
    match item.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(format!("Field \"{name}\" must be of type String")),
    }
}

/// A list of emoji.
///
/// # Errors
/// With the text that goes behind "Can't parse …: ".
pub(super) fn read_emoji(list: &Value) -> Result<Vec<String>, String> {
    let list = list.as_array().ok_or("expected an Array of string")?;
    if list.is_empty() {
        return Err("emoji list must be non-empty".into());
    }
    if list.len() > STICKER_EMOJI_MAX {
        return Err("too many emoji specified".into());
    }
    let mut emoji = Vec::with_capacity(list.len());
    for item in list {
        let text = item.as_str().ok_or("emoji must be a string")?;
        if !is_emoji(text) {
            return Err("expected a Unicode emoji".into());
        }
        emoji.push(text.to_owned());
    }
    Ok(emoji)
}

/// Keywords, with commas and line ends taken out.
///
/// # Errors
/// With the text of the refusal.
pub(super) fn read_keywords(list: &Value) -> Result<Vec<String>, String> {
    let list = list.as_array();
    let list = list.ok_or("Field \"keywords\" must be an Array")?;
    let mut keywords = Vec::with_capacity(list.len());
    for item in list {
        let text = item.as_str().ok_or("keyword must be a string")?;
        keywords.push(text.replace([',', '\n'], " "));
    }
    let chars: usize = keywords.iter().map(|word| word.chars().count()).sum();
    if keywords.len() > STICKER_KEYWORDS_MAX || chars > STICKER_KEYWORDS_CHARS {
        // Telegram's code is not public.
        return Err("STICKER_KEYWORDS_INVALID".into());
    }
    Ok(keywords)
}

/// A `MaskPosition`; `None` for null.
///
/// # Errors
/// With the text that goes behind "Can't parse mask position: ".
pub(super) fn read_mask(position: &Value) -> Result<Option<Value>, String> {
    if position.is_null() {
        return Ok(None);
    }
    if !position.is_object() {
        return Err("MaskPosition must be an Object".into());
    }
    let point = text_field(position, "point")?.ok_or("Can't find field \"point\"")?;
    let point = point.to_lowercase().trim().to_owned();
    if !["forehead", "eyes", "mouth", "chin"].contains(&point.as_str()) {
        return Err("Wrong point specified in MaskPosition".into());
    }
    let mut read = json!({ "point": point });
    for name in ["x_shift", "y_shift", "scale"] {
        let number = position.get(name);
        let number = number.ok_or_else(|| format!("Can't find field \"{name}\""))?;
        let number = number.as_f64();
        read[name] =
            json!(number.ok_or_else(|| format!("Field \"{name}\" must be of type Number"))?);
    }
    Ok(Some(read))
}
