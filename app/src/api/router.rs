//! Where server functions answer.

use axum::{
    Router,
    body::Body,
    extract::State,
    http::Request,
    response::{IntoResponse, Response},
    routing::post,
};
use leptos::prelude::*;
use leptos::server_fn::axum::register_explicit;

use super::{buying, front, goods, renewal};
use crate::{host::Host, paths};

/// The routes of all server functions.
pub fn router(host: Host) -> Router {
    register();
    Router::new()
        .route(&format!("{}/{{name}}", paths::API), post(answer))
        .with_state(host)
}

/// By hand, since a linker may drop registrations of a library that nothing else refers to.
fn register() {
    register_explicit::<front::StartSession>();
    register_explicit::<front::SearchProducts>();
    register_explicit::<front::ChooseLanguage>();
    register_explicit::<front::NoteWriteAccess>();
    register_explicit::<buying::OpenOrder>();
    register_explicit::<buying::GetOrder>();
    register_explicit::<goods::ListLibrary>();
    register_explicit::<goods::OpenDownload>();
    register_explicit::<goods::SendAgain>();
    register_explicit::<renewal::ChangeRenewal>();
}

async fn answer(State(host): State<Host>, request: Request<Body>) -> Response {
    let context = move || provide_context(host.clone());
    leptos_axum::handle_server_fns_with_context(context, request)
        .await
        .into_response()
}
