//! The journal.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Query;
use crate::journal::Call;
use crate::sandbox::Shared;

/// Where to continue.
#[derive(Debug, Deserialize, IntoParams)]
pub struct After {
    /// Only calls with a larger id.
    #[serde(default)]
    pub after: u64,
}

/// The latest Bot API calls and webhook deliveries, oldest first. Tokens are
/// taken out; polls that brought nothing are left out.
#[utoipa::path(get, path = "/calls", params(After), responses((status = 200, body = [Call])))]
pub async fn list(State(sandbox): State<Shared>, Query(page): Query<After>) -> Json<Vec<Call>> {
    Json(sandbox.state().journal.after(page.after))
}
