//! The sandbox's time.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use crate::jump;
use crate::limits::CLOCK_STEP_SECONDS;
use crate::sandbox::Shared;

/// What the clock shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Time {
    /// Seconds since 1970.
    pub now: i64,
    /// Milliseconds since 1970.
    pub now_ms: i64,
    /// How far it has jumped, seconds: a clock that does not stand still is so far ahead of real time.
    pub offset_seconds: i64,
    /// Whether it stands still between jumps.
    pub is_still: bool,
}

/// How far to jump.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// Seconds, at most ten years' worth.
    pub advance_seconds: u64,
}

/// The time.
#[utoipa::path(get, path = "/time", responses((status = 200, body = Time)))]
pub async fn show(State(sandbox): State<Shared>) -> Json<Time> {
    Json(time(&sandbox))
}

/// Moves the clock forward: renewals, deadlines, retries, late updates and the steps of
/// a script come due, each at its own time. Answers when bots that listen have taken in
/// what happened, or were silent for two seconds.
#[utoipa::path(post, path = "/clock", request_body = Advance,
    responses((status = 200, body = Time), (status = 400, body = Problem)))]
pub async fn advance(State(sandbox): State<Shared>, Body(step): Body<Advance>) -> Answer<Time> {
    if step.advance_seconds > CLOCK_STEP_SECONDS {
        return Err(Failure::bad(
            "step_too_long",
            "The clock jumps ten years at most.",
        ));
    }
    jump::advance(&sandbox, step.advance_seconds).await;
    Ok(Json(time(&sandbox)))
}

fn time(sandbox: &Shared) -> Time {
    Time {
        now: sandbox.clock.now(),
        now_ms: sandbox.clock.now_ms(),
        offset_seconds: sandbox.clock.offset_seconds(),
        is_still: sandbox.clock.is_still(),
    }
}
