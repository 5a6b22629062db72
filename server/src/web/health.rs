//! Is it alive, is it ready, how is it doing.

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use serde::Serialize;

use crate::state::AppState;

/// `GET /healthz`: the process answers.
pub async fn healthz() -> &'static str {
    "ok"
}

/// What `/readyz` says.
#[derive(Debug, Serialize)]
pub struct Readiness {
    ready: bool,
    database: &'static str,
    telegram: &'static str,
}

/// `GET /readyz`: 200 when the database answers and Telegram has accepted the bot, else 503 with
/// what is missing.
pub async fn readyz(State(state): State<AppState>) -> impl IntoResponse {
    let database = state.host.shop.ping().await.is_ok();
    let telegram = state.bot.is_set_up();
    let ready = database && telegram;
    let word = |ok| if ok { "ok" } else { "unreachable" };
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (
        status,
        Json(Readiness {
            ready,
            database: word(database),
            telegram: word(telegram),
        }),
    )
}

/// `GET /metrics`: Prometheus text.
pub async fn metrics(State(state): State<AppState>) -> String {
    state.metrics.render()
}
