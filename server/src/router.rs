//! Every route of the shop.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, Predicate,
        predicate::{DefaultPredicate, NotForContentType},
    },
    timeout::TimeoutLayer,
};

use crate::{
    layers::{access_log::access_log, panic, security::security_headers},
    limits,
    state::AppState,
    web::{assets, events, files, health, media, script, webhook},
};

/// The whole shop as one service.
pub fn router(state: AppState) -> Router {
    let host = state.host.clone();
    let security = state.security.clone();
    Router::new()
        .merge(app::router(host.clone()))
        .merge(answers(state.clone()))
        .merge(streams(state))
        // Anything else is a file of the site, or the page that says there is nothing here.
        .fallback_service(site(&host))
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES))
        .layer(compression())
        .layer(from_fn_with_state(security, security_headers))
        .layer(CatchPanicLayer::custom(panic::answer))
        .layer(from_fn(access_log))
}

/// Short answers: each within a bound of time.
fn answers(state: AppState) -> Router {
    let webhook = post(webhook::webhook).layer(DefaultBodyLimit::max(limits::WEBHOOK_BODY_BYTES));
    let too_late = StatusCode::SERVICE_UNAVAILABLE;
    Router::new()
        .route("/telegram/webhook", webhook)
        .route("/media/{key}", get(media::picture))
        .route(script::SCRIPT_PATH, get(script::script))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .layer(TimeoutLayer::with_status_code(
            too_late,
            limits::REQUEST_TIMEOUT,
        ))
        .with_state(state)
}

/// Answers that last as long as the client listens.
fn streams(state: AppState) -> Router {
    Router::new()
        .route("/orders/{id}/events", get(events::order_events))
        .route(
            "/files/{entitlement}/{expires}/{mac}/{name}",
            get(files::bought_file),
        )
        .with_state(state)
}

fn site(host: &app::host::Host) -> Router {
    let not_found = app::not_found(host.clone());
    let files = assets::site(host.leptos.site_root.as_ref().as_ref()).fallback(not_found);
    Router::new()
        .fallback_service(files)
        .layer(from_fn(assets::cache_policy))
}

/// Files of the site are compressed ahead; event streams must not wait in a compressor.
fn compression() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().compress_when(
        DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream")),
    )
}
