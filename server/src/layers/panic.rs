//! A panic becomes a 500 with a code; the process goes on.

use std::any::Any;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// Answers for a handler that panicked. The panic's text may hold anything, so it is not logged;
/// the place of it is, by the panic hook.
pub fn answer(_panic: Box<dyn Any + Send>) -> Response {
    crate::metrics::panicked();
    let body =
        r#"{"code":"internal","message":"Something broke on our side. No Stars were taken."}"#;
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::INTERNAL_SERVER_ERROR, kind, body).into_response()
}

/// Logs where a panic happened, without its message.
pub fn log_places() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(panic.place = place, "a task panicked");
    }));
}
