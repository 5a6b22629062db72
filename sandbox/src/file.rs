//! Files that went through the Bot API.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api_error::{ApiError, ApiResult};
use crate::limits::{PHOTO_BYTES, PHOTO_RATIO, PHOTO_SIDES_SUM};
use crate::params::Upload;
use crate::state::State;

/// A stored file. Its `file_id` belongs to the bot that uploaded it.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredFile {
    /// The bot whose id this is.
    pub bot_id: i64,
    /// Path below `/file/bot<token>/`.
    pub path: String,
    /// Media type.
    pub mime: String,
    /// Content.
    #[serde(with = "crate::base64_bytes")]
    pub bytes: Bytes,
    /// How messages show it.
    pub reference: FileRef,
}

/// What a file is at Telegram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// Any file.
    Document,
    /// A picture that was sent as one.
    Photo,
    /// A sticker.
    Sticker,
    /// A small picture that stands for something else.
    Thumbnail,
}

impl FileKind {
    /// As Telegram calls it. Source: tdlib/td FileType.cpp.
    fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Photo => "Photo",
            Self::Sticker => "Sticker",
            Self::Thumbnail => "Thumbnail",
        }
    }

    /// Folder in a file's path; those of Telegram's Bot API server.
    fn folder(self) -> &'static str {
        match self {
            Self::Document => "documents",
            Self::Photo => "photos",
            Self::Sticker => "stickers",
            Self::Thumbnail => "thumbnails",
        }
    }

    /// How a `file_id` of this kind begins, as at Telegram.
    fn prefix(self) -> &'static str {
        match self {
            Self::Document => "BQACAgI",
            Self::Photo => "AgACAgI",
            Self::Sticker => "CAACAgI",
            Self::Thumbnail => "AAMCAgI",
        }
    }

    /// Whether a file of this kind can be sent where another kind is wanted: documents and
    /// stickers for each other. Source: tdlib/td FileManager.cpp `is_document_file_type`.
    fn serves_as(self, wanted: Self) -> bool {
        let is_document = |kind| matches!(kind, Self::Document | Self::Sticker);
        self == wanted || is_document(self) && is_document(wanted)
    }
}

/// How a message shows a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileRef {
    /// Handle for sending and downloading.
    pub file_id: String,
    /// What it is.
    pub kind: FileKind,
    /// The Bot API's `Document`, `PhotoSize` or `Sticker`; the latter without what a set adds.
    pub object: Value,
}

impl StoredFile {
    /// The Bot API's `File`.
    #[must_use]
    pub fn to_api(&self) -> Value {
        json!({
            "file_id": self.reference.file_id,
            "file_unique_id": self.reference.object["file_unique_id"],
            "file_size": self.bytes.len(),
            "file_path": self.path,
        })
    }
}

impl State {
    /// Stores an upload that was sent as a document.
    pub fn store_document(&mut self, bot_id: i64, upload: &Upload) -> FileRef {
        let document = json!({ "file_name": upload.name, "mime_type": upload.mime });
        self.keep(bot_id, upload, FileKind::Document, document)
    }

    /// Stores an upload that was sent as a photo.
    ///
    /// # Errors
    /// 400 when it is not a picture that Telegram takes, or is too large.
    pub fn store_photo(&mut self, bot_id: i64, upload: &Upload) -> ApiResult<FileRef> {
        if upload.bytes.len() > PHOTO_BYTES {
            // source: tdlib/td FileLoaderUtils.cpp
            return Err(ApiError::bad(&format!(
                "File of size {} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes",
                upload.bytes.len()
            )));
        }
        // source: core.telegram.org/method/messages.sendMedia, list of errors
        let size = imagesize::blob_size(&upload.bytes)
            .map_err(|_| ApiError::bad("IMAGE_PROCESS_FAILED"))?;
        let (width, height) = (size.width, size.height);
        // source: core.telegram.org, errors of messages.sendMedia
        let too_long = width + height > PHOTO_SIDES_SUM
            || width > PHOTO_RATIO * height
            || height > PHOTO_RATIO * width;
        if width == 0 || height == 0 || too_long {
            return Err(ApiError::bad("PHOTO_INVALID_DIMENSIONS"));
        }
        let photo_size = json!({ "width": width, "height": height });
        Ok(self.keep(bot_id, upload, FileKind::Photo, photo_size))
    }

    /// A file of this bot by its id, to be used as the wanted kind. Stickers are for every bot,
    /// since everybody may look into every set.
    ///
    /// # Errors
    /// 400 when the id is unknown, another bot's, or of another kind.
    pub fn file_of(&self, bot_id: i64, file_id: &str, wanted: FileKind) -> ApiResult<FileRef> {
        if file_id.starts_with("http://") || file_id.starts_with("https://") {
            // The sandbox is offline. source: tdlib/telegram-bot-api Client.cpp, WEBPAGE_CURL_FAILED
            return Err(ApiError::bad("Failed to get HTTP URL content"));
        }
        let file = self
            .files
            .get(file_id)
            .filter(|file| file.bot_id == bot_id || file.reference.kind == FileKind::Sticker)
            .ok_or_else(|| {
                // source: tdlib/td MessagesManager.cpp, MEDIA_EMPTY
                ApiError::bad("Wrong file identifier/HTTP URL specified")
            })?;
        let kind = file.reference.kind;
        if !kind.serves_as(wanted) {
            // source: tdlib/td FileManager.cpp
            let (is, wanted) = (kind.name(), wanted.name());
            return Err(ApiError::bad(&format!(
                "Can't use file of type {is} as {wanted}"
            )));
        }
        Ok(file.reference.clone())
    }

    /// Stores an upload under new ids; `object` is how messages show it, without its ids and size.
    pub fn keep(
        &mut self,
        bot_id: i64,
        upload: &Upload,
        kind: FileKind,
        mut object: Value,
    ) -> FileRef {
        let file_id = format!("{}{}", kind.prefix(), self.ids.text(36));
        object["file_id"] = json!(file_id);
        object["file_unique_id"] = json!(format!("AgAD{}", self.ids.text(8)));
        object["file_size"] = json!(upload.bytes.len());
        let reference = FileRef {
            file_id,
            kind,
            object,
        };
        let folder = kind.folder();
        let extension = upload
            .name
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension);
        let safe: String = extension
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let dot = if safe.is_empty() { "" } else { "." };
        let path = format!("{folder}/file_{}{dot}{safe}", self.files.len());
        let file = StoredFile {
            bot_id,
            path,
            mime: upload.mime.clone(),
            bytes: upload.bytes.clone(),
            reference: reference.clone(),
        };
        self.files.insert(reference.file_id.clone(), file);
        reference
    }
}
