//! Every route of the shop.

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use tower_http::{
    compression::{CompressionLayer, Predicate, predicate::DefaultPredicate},
    limit::RequestBodyLimitLayer,
};

use crate::{
    layers::{
        access_log::access_log,
        guard::{Guard, guard},
        security::security_headers,
    },
    limits,
    state::AppState,
    web::{assets, events, files, health, media, script, webhook},
};

/// The whole shop as one service.
pub(crate) fn router(state: AppState) -> Router {
    let security = state.security.clone();
    Router::new()
        .merge(for_buyers(&state))
        .merge(for_machines(&state))
        // After the groups, so that no route is logged or answered without these.
        .layer(from_fn_with_state(security, security_headers))
        .layer(from_fn(access_log))
}

/// What buyers' browsers ask for.
fn for_buyers(state: &AppState) -> Router {
    let host = state.host.clone();
    let small = app::router(host.clone())
        .merge(answers(state.clone()))
        // Anything else is a file of the site, or the page that says that there is nothing here.
        .fallback_service(site(state))
        .layer(compression());
    let bounds = Guard::new(host, limits::REQUESTS);
    small
        .merge(lasting(state.clone()))
        .layer(RequestBodyLimitLayer::new(limits::BODY_BYTES))
        .layer(from_fn_with_state(bounds, guard))
}

/// Short answers.
fn answers(state: AppState) -> Router {
    Router::new()
        .route("/media/{key}", get(media::picture))
        .route(script::SCRIPT_PATH, get(script::script))
        .with_state(state)
}

/// Answers that last as long as the client listens. They pass no compressor: events must not wait
/// in it, and goods are compressed files already.
fn lasting(state: AppState) -> Router {
    Router::new()
        .route("/orders/{id}/events", get(events::order_events))
        .route(
            "/files/{entitlement}/{expires}/{mac}/{name}",
            get(files::bought_file),
        )
        .with_state(state)
}

/// What Telegram and those who look after the server ask for.
fn for_machines(state: &AppState) -> Router {
    let body = RequestBodyLimitLayer::new(limits::WEBHOOK_BODY_BYTES);
    let bounds = Guard::new(state.host.clone(), limits::MACHINE_REQUESTS);
    Router::new()
        .route("/telegram/webhook", post(webhook::webhook).layer(body))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .with_state(state.clone())
        .layer(from_fn_with_state(bounds, guard))
}

fn site(state: &AppState) -> Router {
    let not_found = app::not_found(state.host.clone());
    let root = state.host.leptos.site_root.as_ref();
    let files = assets::site(root.as_ref()).fallback(not_found);
    Router::new()
        .fallback_service(files)
        .layer(from_fn(assets::cache_policy))
}

/// Pictures and files that are compressed already pass through as they are.
fn compression() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().compress_when(DefaultPredicate::new())
}
