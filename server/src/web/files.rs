//! Files that were bought, over a signed address that is good for minutes.
//!
//! source for the headers: core.telegram.org/bots/webapps, `downloadFile`: the answer should carry
//! `Content-Disposition: attachment` and allow `https://web.telegram.org`.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use shop::domain::EntitlementId;

use crate::{clock::now, error::ServerError, state::AppState};

/// RFC 5987 `attr-char`s stay as they are.
const NOT_ATTR_CHAR: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// `GET /files/{entitlement}/{expires}/{mac}/{name}`.
pub(crate) async fn bought_file(
    State(state): State<AppState>,
    Path((entitlement, expires, mac, _name)): Path<(String, String, String, String)>,
    asked: HeaderMap,
) -> Result<Response, ServerError> {
    let parsed = (entitlement.parse::<EntitlementId>(), expires.parse::<i64>());
    let (Ok(entitlement), Ok(expires)) = parsed else {
        return Ok(told(StatusCode::NOT_FOUND, "There is no such file."));
    };
    let sessions = &state.host.sessions;
    if !sessions.check_download(entitlement, expires, &mac, now()) {
        let sentence = "This link has expired. Open your purchases again.";
        return Ok(told(StatusCode::FORBIDDEN, sentence));
    }
    // A refund in the meantime has taken the file back.
    let Some((file, name)) = state.host.shop.goods_stream(entitlement).await? else {
        return Ok(told(StatusCode::GONE, "This file is no longer yours."));
    };
    let name = utf8_percent_encode(&name, NOT_ATTR_CHAR);
    let headers = [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_LENGTH, file.size_bytes.to_string()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename*=UTF-8''{name}"),
        ),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::VARY, "Origin".to_owned()),
    ];
    let mut response = (headers, Body::from_stream(file.chunks)).into_response();
    if let Some(origin) = reader_origin(&state, &asked) {
        let allow = header::ACCESS_CONTROL_ALLOW_ORIGIN;
        response.headers_mut().insert(allow, origin);
    }
    Ok(response)
}

/// The origin that asks, if it is one of Telegram's.
fn reader_origin(state: &AppState, asked: &HeaderMap) -> Option<HeaderValue> {
    let origin = asked.get(header::ORIGIN)?;
    let known = &state.download_origins;
    known
        .contains(origin.to_str().ok()?)
        .then(|| origin.clone())
}

fn told(status: StatusCode, sentence: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], sentence).into_response()
}
