//! Groups and channels, and the users who come and go.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use crate::community::join::Entry;
use crate::community::talk::TalkError;
use crate::community::{BotPlace, Community, Kind, Rights};
use crate::sandbox::Shared;
use crate::token::Token;

/// A group or channel to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCommunity {
    /// The bot that is in it.
    pub token: String,
    /// What it is.
    pub kind: Kind,
    /// Name.
    pub title: String,
    /// The user who owns it.
    pub owner_id: i64,
    /// Name after `@`, which makes it public.
    pub username: Option<String>,
    /// Where the bot stands; an administrator without it.
    #[serde(default)]
    pub bot_place: BotPlace,
    /// What the bot may do as an administrator; everything without it.
    #[serde(default)]
    pub rights: Rights,
}

/// A group or channel that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Founded {
    /// Chat id.
    pub id: i64,
}

/// A user who follows a link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Joining {
    /// The user.
    pub user_id: i64,
    /// The link, as the bot got it.
    pub invite_link: String,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Joined {
    /// In, or waiting.
    pub entry: Entry,
}

/// A user who goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaving {
    /// The user.
    pub user_id: i64,
}

/// In a channel a bot administers, or is not there.
fn check_place(kind: Kind, place: BotPlace) -> Result<(), Failure> {
    if kind == Kind::Channel && place == BotPlace::Member {
        let why = "In a channel a bot is an administrator or not there.";
        return Err(Failure::bad("bot_place_invalid", why));
    }
    Ok(())
}

/// Where the bot is to stand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BotStanding {
    /// Its place.
    pub place: BotPlace,
    /// What it may do as an administrator; as before without it.
    pub rights: Option<Rights>,
    /// The user who does it; the bot's own doing without one.
    pub by: Option<i64>,
}

/// Promotes the bot, makes it a member, puts it out or lets it in again; it is told.
#[utoipa::path(put, path = "/communities/{id}/bot", request_body = BotStanding,
    params(("id" = i64, Path, description = "Chat id")),
    responses((status = 200, body = Object), (status = 404, body = Problem)))]
pub async fn place_bot(
    State(sandbox): State<Shared>,
    Path(id): Path<i64>,
    Body(standing): Body<BotStanding>,
) -> Answer<Value> {
    let mut state = sandbox.state();
    let community = state.communities.get(&id).ok_or(TalkError::NotFound)?;
    check_place(community.kind, standing.place)?;
    state.place_bot(id, standing.place, standing.rights, standing.by);
    Ok(Json(json!({ "ok": true })))
}

/// Makes a group or channel with a bot in it.
#[utoipa::path(post, path = "/communities", request_body = NewCommunity,
    responses((status = 200, body = Founded), (status = 404, body = Problem)))]
pub async fn found(
    State(sandbox): State<Shared>,
    Body(new): Body<NewCommunity>,
) -> Answer<Founded> {
    let token = Token::parse(&new.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    if state.account(new.owner_id).is_none() {
        return Err(Failure::no_user());
    }
    check_place(new.kind, new.bot_place)?;
    let community = Community {
        id: 0,
        bot_id,
        kind: new.kind,
        title: new.title,
        username: new.username.filter(|name| !name.is_empty()),
        description: String::new(),
        bot: new.bot_place,
        rights: new.rights,
        last_message_id: 0,
        places: BTreeMap::new(),
        links: BTreeMap::new(),
        requests: BTreeMap::new(),
        came_by: BTreeMap::new(),
        months: BTreeMap::new(),
        stars: 0,
    };
    let id = state.found(community, new.owner_id);
    Ok(Json(Founded { id }))
}

/// A user follows an invite link: is in, or asks to be let in. A link that costs takes
/// its Stars.
#[utoipa::path(post, path = "/joins", request_body = Joining,
    responses((status = 200, body = Joined), (status = 400, body = Problem)))]
pub async fn join(State(sandbox): State<Shared>, Body(joining): Body<Joining>) -> Answer<Joined> {
    let mut state = sandbox.state();
    if state.account(joining.user_id).is_none() {
        return Err(Failure::no_user());
    }
    let entry = state.join(joining.user_id, &joining.invite_link)?;
    Ok(Json(Joined { entry }))
}

/// A user leaves.
#[utoipa::path(post, path = "/communities/{id}/leave", request_body = Leaving,
    params(("id" = i64, Path, description = "Chat id")),
    responses((status = 200, body = Object), (status = 400, body = Problem)))]
pub async fn leave(
    State(sandbox): State<Shared>,
    Path(id): Path<i64>,
    Body(leaving): Body<Leaving>,
) -> Answer<Value> {
    sandbox.state().leave(id, leaving.user_id)?;
    Ok(Json(json!({ "ok": true })))
}
