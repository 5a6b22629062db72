//! Is it alive, is it ready, how is it doing.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::state::AppState;

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], "ok")
}

/// What `/readyz` says.
#[derive(Debug, Serialize)]
struct Readiness {
    ready: bool,
    database: &'static str,
    telegram: &'static str,
    /// Telegram's script for Mini Apps: pages without it can't sell.
    script: &'static str,
}

/// `GET /readyz`: 200 when the database answers, Telegram has accepted the bot, and there is a
/// copy of its script for pages; else 503 with what is missing.
pub(crate) async fn readyz(State(state): State<AppState>) -> impl IntoResponse {
    let database = state.host.shop.ping().await.is_ok();
    let telegram = state.bot.is_set_up();
    let script = state.script.is_there();
    let ready = database && telegram && script;
    let word = |ok| if ok { "ok" } else { "unreachable" };
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let told = Readiness {
        ready,
        database: word(database),
        telegram: word(telegram),
        script: word(script),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(told))
}

/// `GET /metrics`: Prometheus text, for those on the machine itself. The numbers tell how the
/// business goes, so what came through a reverse proxy finds nothing here.
pub(crate) async fn metrics(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let through_proxy = ["x-forwarded-for", "forwarded", "x-real-ip"];
    if through_proxy.iter().any(|name| headers.contains_key(*name)) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    let told = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (told, state.metrics.render()).into_response()
}
