//! Sending messages and files, answering button presses.

use serde_json::json;

use super::{ApiError, Client, SendFile, SendMessage};
use crate::limit_error::at_most;
use crate::limits;
use crate::types::Message;

impl Client {
    /// `sendMessage`: sends text.
    ///
    /// # Errors
    ///
    /// [`ApiError::Blocked`] or [`ApiError::ChatNotFound`] when the person cannot be written to,
    /// and any other [`ApiError`].
    pub async fn send_message(&self, message: &SendMessage) -> Result<Message, ApiError> {
        message.check()?;
        self.call("sendMessage", message).await
    }

    /// `sendPhoto`: sends a picture, up to 10 MB. Read [`Message::file_id`] to spare the next
    /// upload.
    ///
    /// # Errors
    ///
    /// As [`Client::send_message`].
    pub async fn send_photo(&self, photo: SendFile) -> Result<Message, ApiError> {
        photo.check()?;
        let limit = limits::PHOTO_UPLOAD_BYTES;
        self.call_with_file("sendPhoto", &photo.params, "photo", photo.file, limit)
            .await
    }

    /// `sendDocument`: sends a file as it is, up to 50 MB. Read [`Message::file_id`] to spare the
    /// next upload.
    ///
    /// # Errors
    ///
    /// As [`Client::send_message`].
    pub async fn send_document(&self, mut document: SendFile) -> Result<Message, ApiError> {
        document.check()?;
        // What was bought arrives as the file it is, not as what Telegram takes it for.
        document.params.disable_content_type_detection = true;
        let limit = limits::UPLOAD_BYTES;
        self.call_with_file(
            "sendDocument",
            &document.params,
            "document",
            document.file,
            limit,
        )
        .await
    }

    /// `answerCallbackQuery`: ends the spinning of a pressed button, with a notice of up to 200
    /// characters when `text` is given.
    ///
    /// # Errors
    ///
    /// [`ApiError::QueryTooOld`] and any other [`ApiError`].
    pub async fn answer_callback_query(
        &self,
        callback_query_id: &str,
        text: Option<&str>,
    ) -> Result<(), ApiError> {
        let mut body = json!({"callback_query_id": callback_query_id});
        if let Some(text) = text {
            let limit = limits::CALLBACK_ANSWER_CHARS;
            at_most("callback answer", text.chars().count(), limit, "characters")?;
            body["text"] = json!(text);
        }
        self.act("answerCallbackQuery", &body).await
    }
}
