//! `/file/bot<token>/<path>`.

use axum::http::header::{CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;

use super::router::not_found;
use crate::file::{FileKind, StoredFile};
use crate::sandbox::Shared;
use crate::sticker::Format;
use crate::token::Token;

/// Answers with a file of the token's bot; `rest` is what follows `/file/bot`.
#[must_use]
pub fn serve(sandbox: &Shared, rest: &str) -> Response {
    let Some((token, path)) = rest.split_once('/') else {
        return not_found();
    };
    let token = percent_decode_str(token).decode_utf8_lossy();
    let Ok(token) = Token::parse(&token) else {
        return not_found();
    };
    let mut state = sandbox.state();
    if state.bot_of(&token).is_err() {
        return not_found();
    }
    let is_it = |file: &&StoredFile| {
        let is_open = file.reference.kind == FileKind::Sticker;
        (file.bot_id == token.bot_id() || is_open) && file.path == path
    };
    state
        .files
        .values()
        .find(is_it)
        .map_or_else(not_found, send)
}

/// A file's content. As at Telegram, it is never interpreted by a browser, but as a picture.
#[must_use]
pub fn send(file: &StoredFile) -> Response {
    let mime = match file.reference.kind {
        FileKind::Photo => file.mime.as_str(),
        FileKind::Sticker | FileKind::Thumbnail => Format::of(&file.bytes).names(&file.bytes).0,
        FileKind::Document => "application/octet-stream",
    };
    let headers = [(CONTENT_TYPE, mime), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (headers, file.bytes.clone()).into_response()
}
