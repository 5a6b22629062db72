//! What is set to go wrong.

use axum::Json;
use axum::extract::State;

use super::error::{Answer, Body, Problem};
use crate::fault::Faults;
use crate::sandbox::Shared;

/// The faults that are set, with what is left of their counts.
#[utoipa::path(get, path = "/faults", responses((status = 200, body = Faults)))]
pub async fn show(State(sandbox): State<Shared>) -> Json<Faults> {
    Json(sandbox.state().faults.clone())
}

/// Replaces all faults; an empty object ends them.
#[utoipa::path(put, path = "/faults", request_body = Faults,
    responses((status = 200, body = Faults), (status = 422, body = Problem)))]
pub async fn replace(State(sandbox): State<Shared>, Body(faults): Body<Faults>) -> Answer<Faults> {
    sandbox.state().faults = faults.clone();
    Ok(Json(faults))
}
