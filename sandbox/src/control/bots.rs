//! Bots as the window lists them.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::error::{Answer, Body, Failure, Problem, Query};
use crate::event::Event;
use crate::sandbox::Shared;
use crate::token::Token;

/// Whose eyes to see with.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Viewer {
    /// Show commands and menu button as this user sees them.
    pub user_id: Option<i64>,
}

/// A bot.
#[derive(Debug, Serialize, ToSchema)]
pub struct BotView {
    /// User id of the bot.
    pub id: i64,
    /// Its token; the sandbox has no secrets from its owner.
    pub token: String,
    /// Name after `@`.
    pub username: String,
    /// Name.
    pub first_name: String,
    /// The Bot API's `MenuButton`.
    #[schema(value_type = Object)]
    pub menu_button: Value,
    /// The Bot API's list of `BotCommand`.
    #[schema(value_type = Vec<Object>)]
    pub commands: Value,
    /// Text of an empty chat.
    pub description: String,
    /// Text of the profile.
    pub short_description: String,
    /// Stars that it has.
    pub stars: i64,
}

/// All bots, by id.
#[utoipa::path(get, path = "/bots", params(Viewer), responses((status = 200, body = [BotView])))]
pub async fn list(
    State(sandbox): State<Shared>,
    Query(viewer): Query<Viewer>,
) -> Json<Vec<BotView>> {
    let state = sandbox.state();
    let user_id = viewer.user_id.unwrap_or(0);
    let language = state
        .account(user_id)
        .and_then(|account| account.user.language_code.clone())
        .unwrap_or_default();
    let in_language = |texts: &crate::profile::Localized| {
        texts
            .get(&language)
            .or_else(|| texts.get(""))
            .cloned()
            .unwrap_or_default()
    };
    let view = |bot: &crate::bot::Bot| BotView {
        id: bot.id(),
        token: bot.token.as_str().to_owned(),
        username: bot.profile.username.clone(),
        first_name: bot.profile.name(&language).to_owned(),
        menu_button: bot.profile.menu_of(user_id).clone(),
        commands: bot.profile.commands_for(user_id, &language),
        description: in_language(&bot.profile.descriptions),
        short_description: in_language(&bot.profile.short_descriptions),
        stars: bot.ledger.balance().whole(),
    };
    Json(state.bots.values().map(view).collect())
}

/// A bot's own name, as its owner tells BotFather.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Username {
    /// The bot.
    pub token: String,
    /// 5 to 32 Latin letters, digits and underscores; it ends in `bot`.
    pub username: String,
}

/// Gives a bot another name after `@`: links by its real one then open here.
#[utoipa::path(put, path = "/username", request_body = Username,
    responses((status = 200, body = Username), (status = 400, body = Problem)))]
pub async fn set_username(
    State(sandbox): State<Shared>,
    Body(wanted): Body<Username>,
) -> Answer<Username> {
    let token = Token::parse(&wanted.token)?;
    if !is_username(&wanted.username) {
        let why = "A bot's username has 5 to 32 Latin letters, digits and underscores, begins with \
                   a letter and ends in “bot”.";
        return Err(Failure::bad("username_invalid", why));
    }
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let mut others = state.bots.values().filter(|bot| bot.id() != bot_id);
    if others.any(|bot| bot.profile.username.eq_ignore_ascii_case(&wanted.username)) {
        let why = "Another bot of the sandbox has this username.";
        return Err(Failure::bad("username_occupied", why));
    }
    state
        .bot_of(&token)?
        .profile
        .username
        .clone_from(&wanted.username);
    state.tell(Event::Bot { bot_id });
    Ok(Json(wanted))
}

/// source: core.telegram.org/bots/features, BotFather
fn is_username(name: &str) -> bool {
    (5..=32).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.to_ascii_lowercase().ends_with("bot")
}

/// What a bot sees in groups, as its owner tells BotFather.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    /// The bot.
    pub token: String,
    /// On: commands, answers to its messages and service messages. Off: everything.
    pub on: bool,
}

/// Turns a bot's privacy mode on or off; it is on from the start.
#[utoipa::path(put, path = "/privacy", request_body = Privacy,
    responses((status = 200, body = Privacy), (status = 401, body = Problem)))]
pub async fn set_privacy(
    State(sandbox): State<Shared>,
    Body(privacy): Body<Privacy>,
) -> Answer<Privacy> {
    let token = Token::parse(&privacy.token)?;
    let mut state = sandbox.state();
    state.bot_of(&token)?.profile.sees_all = !privacy.on;
    Ok(Json(privacy))
}
