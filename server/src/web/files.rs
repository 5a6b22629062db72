//! Files that were bought, over a signed address that is good for minutes.
//!
//! source for the headers: core.telegram.org/bots/webapps, `downloadFile`: the answer should carry
//! `Content-Disposition: attachment` and allow `https://web.telegram.org`.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{StatusCode, header},
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
pub async fn bought_file(
    State(state): State<AppState>,
    Path((entitlement, expires, mac, _name)): Path<(String, i64, String, String)>,
) -> Result<Response, ServerError> {
    let Ok(entitlement) = entitlement.parse::<EntitlementId>() else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if !state
        .host
        .sessions
        .check_download(entitlement, expires, &mac, now())
    {
        return Ok((
            StatusCode::FORBIDDEN,
            "This link has expired. Open your library again.",
        )
            .into_response());
    }
    // A refund in the meantime has taken the file back.
    let Some((file, name)) = state.host.shop.goods_stream(entitlement).await? else {
        return Ok(StatusCode::GONE.into_response());
    };
    let disposition = format!(
        "attachment; filename*=UTF-8''{}",
        utf8_percent_encode(&name, NOT_ATTR_CHAR)
    );
    let headers = [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_LENGTH, file.size_bytes.to_string()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            state.download_origin.clone(),
        ),
    ];
    Ok((headers, Body::from_stream(file.chunks)).into_response())
}
