//! One log line and one measurement a request, by route template.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};
use tracing::Instrument;
use uuid::Uuid;

/// Carries the request's id to the client, for support.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// Gives the request an id of ours (none is taken from outside), logs it when it is answered.
pub(crate) async fn access_log(request: Request, next: Next) -> Response {
    let id = Uuid::now_v7();
    let method = request.method().clone();
    let route = route_of(&request);
    let span = tracing::info_span!("request", request.id = %id);
    let started = Instant::now();

    let mut response = next.run(request).instrument(span.clone()).await;

    let elapsed = started.elapsed();
    let status = response.status().as_u16();
    span.in_scope(|| {
        tracing::info!(
            http.method = %method,
            http.route = route,
            http.status = status,
            elapsed_ms = (elapsed.as_secs_f64() * 10_000.0).round() / 10.0,
            "request answered"
        );
    });
    crate::metrics::request(&method, &route, status, elapsed);
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// The route's template, never the path: paths hold order ids and signed links.
fn route_of(request: &Request) -> String {
    request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned())
}
