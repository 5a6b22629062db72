//! getFile.

use super::{Call, MethodResult};
use crate::api_error::ApiError;
use crate::file::FileKind;
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
        .filter(|file| file.bot_id == call.bot_id || file.reference.kind == FileKind::Sticker)
        .ok_or_else(|| ApiError::bad("invalid file_id"))?;
    if file.bytes.len() > DOWNLOAD_BYTES {
        return Err(ApiError::bad("file is too big"));
    }
    Ok(file.to_api().into())
}
