//! Telegram's door: `POST /telegram/webhook`.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use subtle::ConstantTimeEq;
use telegram::{Update, update::UpdateError};

use crate::state::AppState;

/// source: core.telegram.org/bots/api#setwebhook, `secret_token`.
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Takes an update in: 200 once it is safely stored, 5xx so that Telegram sends it again.
pub(crate) async fn webhook(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let given = headers
        .get(SECRET_HEADER)
        .map_or(&b""[..], |value| value.as_bytes());
    if !bool::from(given.ct_eq(state.bot.webhook_secret().as_bytes())) {
        return StatusCode::UNAUTHORIZED;
    }
    let taken = match Update::parse(&body) {
        Ok(update) => state.intake.take_in(&update).await,
        Err(UpdateError::NoId) => state.intake.keep_unnumbered(&body).await,
        Err(error) => {
            tracing::error!(
                error.code = error.code(),
                "what came to the webhook is no update"
            );
            return StatusCode::BAD_REQUEST;
        }
    };
    match taken {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            tracing::error!(error.code = error.code(), "an update was not taken in");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
