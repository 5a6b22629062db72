//! `/` and `/window/…`: the client window, embedded in the binary; read from
//! disk in debug builds, so that edits show at once.

use axum::extract::Path;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "window/"]
#[allow_missing = true]
struct Files;

/// Own scripts and styles only; pictures and Mini Apps from anywhere, as well as the files that a
/// Mini App asks to download, which the window fetches.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      font-src 'self'; connect-src 'self' http: https:; img-src 'self' data: blob: http: https:; \
                      media-src 'self' blob:; frame-src http: https:; manifest-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// The window's page.
pub async fn index() -> Response {
    send("index.html")
}

/// One of the window's files.
pub async fn file(Path(path): Path<String>) -> Response {
    send(&path)
}

fn send(path: &str) -> Response {
    let Some(file) = Files::get(path) else {
        return (
            StatusCode::NOT_FOUND,
            "The client window has no such file.\n",
        )
            .into_response();
    };
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let kind = match mime.type_().as_str() {
        "text" => format!("{mime}; charset=utf-8"),
        _ => mime.to_string(),
    };
    let kind = HeaderValue::from_str(&kind)
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, file.data.into_owned()).into_response()
}
