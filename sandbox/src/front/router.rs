//! All addresses of the sandbox.

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use tower_http::catch_panic::CatchPanicLayer;

use super::{bot_api, files, script, window};
use crate::control;
use crate::limits::BODY_BYTES;
use crate::sandbox::Shared;

/// Builds the router.
pub fn build(sandbox: Shared) -> Router {
    Router::new()
        .route("/", get(window::index))
        .route("/window/{*path}", get(window::file))
        .route("/js/telegram-web-app.js", get(script::serve))
        .nest("/api", control::router())
        .fallback(other)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(CatchPanicLayer::new())
        .with_state(sandbox)
}

/// Addresses that begin with a token and so cannot stand in a route.
async fn other(State(sandbox): State<Shared>, request: Request) -> Response {
    let path = request.uri().path();
    if let Some(rest) = path.strip_prefix("/file/bot") {
        return files::serve(&sandbox, rest);
    }
    if let Some(rest) = path.strip_prefix("/bot") {
        let rest = rest.to_owned();
        return bot_api::serve(&sandbox, &rest, request).await;
    }
    not_found()
}

/// The answer to an address that does not exist, in the Bot API's shape.
#[must_use]
pub fn not_found() -> Response {
    let body = json!({ "ok": false, "error_code": 404, "description": "Not Found" });
    (StatusCode::NOT_FOUND, Json(body)).into_response()
}
