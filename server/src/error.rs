//! Failures of the plain routes.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;
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
        let body = json!({ "code": error.code(), "message": message });
        (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
    }
}
