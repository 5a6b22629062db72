//! Failures of the plain routes.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use shop::store::StoreError;

/// A failure that the client is told as a code and a sentence, and the log in full.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServerError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IntoResponse for ServerError {
    fn into_response(self) -> Response {
        let Self::Store(error) = self;
        tracing::error!(error.code = error.code(), error = %error, "the store failed");
        let message = "Something broke on our side. Please try again in a minute.";
        (
            StatusCode::INTERNAL_SERVER_ERROR,
            told(error.code(), message),
        )
            .into_response()
    }
}

/// A failure as programs read it: a stable code and a sentence.
pub(crate) fn told(code: &str, message: &str) -> Json<Value> {
    Json(json!({ "code": code, "message": message }))
}
