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
    /// Whether it was sent as a photo.
    pub is_photo: bool,
}

/// How a message shows a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileRef {
    /// Handle for sending and downloading.
    pub file_id: String,
    /// The Bot API's `Document`, or null for photos.
    pub document: Value,
    /// The Bot API's `PhotoSize`, or null for documents.
    pub photo_size: Value,
}

impl State {
    /// Stores an upload that was sent as a document.
    pub fn store_document(&mut self, bot_id: i64, upload: &Upload) -> FileRef {
        let (file_id, unique_id) = self.new_file_ids("BQACAgI");
        let document = json!({
            "file_name": upload.name,
            "mime_type": upload.mime,
            "file_id": file_id,
            "file_unique_id": unique_id,
            "file_size": upload.bytes.len(),
        });
        let reference = FileRef {
            file_id,
            document,
            photo_size: Value::Null,
        };
        self.keep(bot_id, upload, reference, false)
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
        let (file_id, unique_id) = self.new_file_ids("AgACAgI");
        let photo_size = json!({
            "file_id": file_id,
            "file_unique_id": unique_id,
            "file_size": upload.bytes.len(),
            "width": width,
            "height": height,
        });
        let reference = FileRef {
            file_id,
            document: Value::Null,
            photo_size,
        };
        Ok(self.keep(bot_id, upload, reference, true))
    }

    /// A file of this bot by its id, of the wanted kind.
    ///
    /// # Errors
    /// 400 when the id is unknown, another bot's, or of another kind.
    pub fn file_of(&self, bot_id: i64, file_id: &str, is_photo: bool) -> ApiResult<FileRef> {
        if file_id.starts_with("http://") || file_id.starts_with("https://") {
            // The sandbox is offline. source: tdlib/telegram-bot-api Client.cpp, WEBPAGE_CURL_FAILED
            return Err(ApiError::bad("Failed to get HTTP URL content"));
        }
        let file = self
            .files
            .get(file_id)
            .filter(|file| file.bot_id == bot_id)
            .ok_or_else(|| {
                // source: tdlib/td MessagesManager.cpp, MEDIA_EMPTY
                ApiError::bad("Wrong file identifier/HTTP URL specified")
            })?;
        if file.is_photo != is_photo {
            let (is, wanted) = if file.is_photo {
                ("Photo", "Document")
            } else {
                ("Document", "Photo")
            };
            // source: tdlib/td FileManager.cpp
            return Err(ApiError::bad(&format!(
                "Can't use file of type {is} as {wanted}"
            )));
        }
        Ok(file.reference.clone())
    }

    fn new_file_ids(&mut self, prefix: &str) -> (String, String) {
        (
            format!("{prefix}{}", self.ids.text(36)),
            format!("AgAD{}", self.ids.text(8)),
        )
    }

    fn keep(
        &mut self,
        bot_id: i64,
        upload: &Upload,
        reference: FileRef,
        is_photo: bool,
    ) -> FileRef {
        let folder = if is_photo { "photos" } else { "documents" };
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
            is_photo,
        };
        self.files.insert(reference.file_id.clone(), file);
        reference
    }
}
