//! Pictures of the catalogue, by content: an address never changes its bytes.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use shop::domain::FileKey;

use crate::{error::ServerError, state::AppState};

const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// A picture by a seller may be an SVG: alone, it may not run or load anything.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// `GET /media/{key}`.
pub(crate) async fn picture(
    State(state): State<AppState>,
    Path(key): Path<String>,
) -> Result<Response, ServerError> {
    let Ok(key) = key.parse::<FileKey>() else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let Some(picture) = state.host.shop.picture_stream(&key).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let headers = [
        (header::CONTENT_TYPE, picture.media_type),
        (header::CONTENT_LENGTH, picture.size_bytes.to_string()),
        (header::CACHE_CONTROL, FOR_GOOD.to_owned()),
        (header::CONTENT_SECURITY_POLICY, PICTURE_POLICY.to_owned()),
    ];
    Ok((headers, Body::from_stream(picture.chunks)).into_response())
}
