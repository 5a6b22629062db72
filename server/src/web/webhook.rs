//! Telegram's door: `POST /telegram/webhook`.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use subtle::ConstantTimeEq;

use crate::state::AppState;

/// source: core.telegram.org/bots/api#setwebhook, `secret_token`.
pub const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Takes an update in: 200 once it is safely stored, 5xx so that Telegram sends it again.
pub async fn webhook(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let given = headers
        .get(SECRET_HEADER)
        .map_or(&b""[..], |value| value.as_bytes());
    if !bool::from(given.ct_eq(state.bot.webhook_secret().as_bytes())) {
        return StatusCode::UNAUTHORIZED;
    }
    match state.intake.take_in(&body).await {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            tracing::error!(error.code = error.code(), "an update was not stored");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
