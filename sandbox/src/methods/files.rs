//! getFile.

use serde_json::json;

use super::{Call, MethodResult};
use crate::api_error::ApiError;
use crate::limits::DOWNLOAD_BYTES;

/// getFile.
///
/// # Errors
/// 400 when the id is not one of this bot's, or the file is too large. Source of
/// the texts: tdlib/telegram-bot-api Client.cpp.
pub fn get(call: &mut Call<'_>) -> MethodResult {
    let file_id = call.params.text("file_id");
    if file_id.is_empty() {
        return Err(ApiError::bad("file_id not specified"));
    }
    let file = call
        .state
        .files
        .get(&file_id)
        .filter(|file| file.bot_id == call.bot_id)
        .ok_or_else(|| ApiError::bad("invalid file_id"))?;
    if file.bytes.len() > DOWNLOAD_BYTES {
        return Err(ApiError::bad("file is too big"));
    }
    let shown = if file.is_photo {
        &file.reference.photo_size
    } else {
        &file.reference.document
    };
    Ok(json!({
        "file_id": file_id,
        "file_unique_id": shown["file_unique_id"],
        "file_size": file.bytes.len(),
        "file_path": file.path,
    })
    .into())
}
