//! Scripts, made-up updates, and choices where Telegram's behaviour is not known.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use crate::choices::Choices;
use crate::sandbox::Shared;
use crate::script::Script;
use crate::token::Token;

/// A script that was planned.
#[derive(Debug, Serialize, ToSchema)]
pub struct Planned {
    /// How many steps it has, with repeated and random ones.
    pub steps: usize,
}

/// Plays a script, as `--script` takes it, in JSON, from now on.
#[utoipa::path(post, path = "/script", request_body = Object,
    responses((status = 200, body = Planned), (status = 400, body = Problem)))]
pub async fn play(State(sandbox): State<Shared>, Body(script): Body<Value>) -> Answer<Planned> {
    let script = Script::parse(&script.to_string(), true)?;
    let steps = sandbox.state().play(&script)?;
    Ok(Json(Planned { steps }))
}

/// An update that nobody caused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUpdate {
    /// The bot.
    pub token: String,
    /// Field name of the payload: any kind, known or not.
    pub kind: String,
    /// The payload, taken as it is.
    #[schema(value_type = Object)]
    pub payload: Value,
}

/// Gives a bot an update, whether it asked for the kind or not.
#[utoipa::path(post, path = "/updates", request_body = NewUpdate,
    responses((status = 200, body = Object), (status = 400, body = Problem)))]
pub async fn update(State(sandbox): State<Shared>, Body(new): Body<NewUpdate>) -> Answer<Value> {
    let token = Token::parse(&new.token)?;
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_free = new.kind != "update_id" && !new.kind.is_empty();
    if !is_free || !new.kind.bytes().all(is_name) {
        let why = "A kind is a name in snake_case other than update_id.";
        return Err(Failure::bad("kind_invalid", why));
    }
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    state.make_update(bot_id, &new.kind, new.payload);
    Ok(Json(json!({ "ok": true })))
}

/// What holds where Telegram's behaviour is not known.
#[utoipa::path(get, path = "/choices", responses((status = 200, body = Choices)))]
pub async fn choices(State(sandbox): State<Shared>) -> Json<Choices> {
    Json(sandbox.state().choices)
}

/// Chooses anew; an empty object goes back to the likeliest.
#[utoipa::path(put, path = "/choices", request_body = Choices,
    responses((status = 200, body = Choices), (status = 422, body = Problem)))]
pub async fn choose(State(sandbox): State<Shared>, Body(wanted): Body<Choices>) -> Answer<Choices> {
    sandbox.state().choices = wanted;
    Ok(Json(wanted))
}
