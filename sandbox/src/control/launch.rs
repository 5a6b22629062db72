//! Opening Mini Apps.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use crate::launch::{ChatType, Launch, Origin, Quirks, day_theme};
use crate::sandbox::Shared;
use crate::token::Token;

/// Where a launch comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum From {
    /// The menu button.
    Menu,
    /// An inline button.
    Button,
    /// A direct link.
    Link,
    /// A button of the reply keyboard: without launch data.
    Keyboard,
}

/// A Mini App to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LaunchRequest {
    /// The bot.
    pub token: String,
    /// The user.
    pub user_id: i64,
    /// Parameter of the link.
    pub start_param: Option<String>,
    /// Platform name; `weba` without it.
    pub platform: Option<String>,
    /// Protocol version; `9.6` without it.
    pub version: Option<String>,
    /// Address; the menu button's without it.
    pub url: Option<String>,
    /// Colours; Telegram's day theme without them.
    #[schema(value_type = Option<Object>)]
    pub theme_params: Option<Value>,
    /// Whether it opens in fullscreen.
    #[serde(default)]
    pub fullscreen: bool,
    /// Where from; a start parameter means `link`, nothing means `menu`.
    pub from: Option<From>,
    /// How old the signed data are, seconds: `auth_date` is so much earlier.
    #[serde(default)]
    pub age_seconds: u32,
    /// The signed data stand in the fragment as they are, not percent-encoded once more.
    #[serde(default)]
    pub unencoded: bool,
    /// Kind of the chat that a link was opened in; `sender` without it.
    #[serde(default)]
    pub chat_type: ChatType,
    /// What the signed data name instead of `start_param`; nothing when it is empty.
    pub stale_start_param: Option<String>,
}

/// A Mini App that can be opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Launched {
    /// Address with its fragment.
    pub url: String,
    /// The signed launch data.
    pub init_data: String,
}

/// Signs initData and builds the address of a Mini App.
#[utoipa::path(post, path = "/launch", request_body = LaunchRequest,
    responses((status = 200, body = Launched), (status = 400, body = Problem),
              (status = 404, body = Problem)))]
pub async fn launch(
    State(sandbox): State<Shared>,
    Body(request): Body<LaunchRequest>,
) -> Answer<Launched> {
    let token = Token::parse(&request.token)?;
    let origin = match request.from {
        Some(From::Menu | From::Button) => Origin::Button,
        Some(From::Link) => Origin::Link,
        Some(From::Keyboard) => Origin::Keyboard,
        None if request.start_param.is_some() => Origin::Link,
        None => Origin::Button,
    };
    let wanted = Launch {
        user_id: request.user_id,
        start_param: request.start_param.filter(|param| !param.is_empty()),
        platform: request.platform.unwrap_or_else(|| "weba".into()),
        version: request.version.unwrap_or_else(|| "9.6".into()),
        url: request.url,
        theme: request.theme_params.unwrap_or_else(day_theme),
        fullscreen: request.fullscreen,
        origin,
        quirks: Quirks {
            age_seconds: request.age_seconds,
            is_unencoded: request.unencoded,
            chat_type: request.chat_type,
            stale_start_param: request.stale_start_param,
        },
    };
    let mut state = sandbox.state();
    state.bot_of(&token)?;
    let opened = state.launch(&token, &sandbox.keys, &wanted)?;
    Ok(Json(Launched {
        url: opened.url,
        init_data: opened.init_data,
    }))
}

/// Public keys of the sandbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicKeys {
    /// Ed25519 key that verifies `signature`, hexadecimal.
    pub ed25519_public_key: String,
}

/// The key that third parties verify initData with.
#[utoipa::path(get, path = "/keys", responses((status = 200, body = PublicKeys)))]
pub async fn keys(State(sandbox): State<Shared>) -> Json<PublicKeys> {
    Json(PublicKeys {
        ed25519_public_key: sandbox.keys.public_hex(),
    })
}

/// A Mini App that is open still.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenApp {
    /// `query_id` of its launch data.
    pub query_id: String,
}

/// A launch that goes on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Prolonged {
    /// The bot can answer until then, seconds since 1970.
    pub alive_until: i64,
}

/// Prolongs the `query_id` of a Mini App that is open, as clients do each minute. One that is
/// over or was answered is refused: then a client closes the app.
#[utoipa::path(post, path = "/launch/prolong", request_body = OpenApp,
    responses((status = 200, body = Prolonged), (status = 400, body = Problem)))]
pub async fn prolong(State(sandbox): State<Shared>, Body(app): Body<OpenApp>) -> Answer<Prolonged> {
    let alive_until = sandbox
        .state()
        .prolong_web_app_query(&app.query_id)
        .ok_or_else(|| {
            Failure::bad(
                "query_id_invalid",
                "QUERY_ID_INVALID: the launch is over, or the bot has answered it.",
            )
        })?;
    Ok(Json(Prolonged { alive_until }))
}

/// A method that a Mini App calls on Telegram's server.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomMethod {
    /// The bot of the Mini App.
    pub token: String,
    /// The user.
    pub user_id: i64,
    /// Its name, such as `saveStorageValue`.
    pub method: String,
    /// Its parameters.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub params: Value,
}

/// What the Mini App is told: one of the two.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomResult {
    /// The result.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub result: Option<Value>,
    /// The error's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Runs a custom method: cloud storage, current time, requested contact.
#[utoipa::path(post, path = "/custom-methods", request_body = CustomMethod,
    responses((status = 200, body = CustomResult), (status = 404, body = Problem)))]
pub async fn custom_method(
    State(sandbox): State<Shared>,
    Body(call): Body<CustomMethod>,
) -> Answer<CustomResult> {
    let token = Token::parse(&call.token)?;
    let mut state = sandbox.state();
    state.bot_of(&token)?;
    if state.account(call.user_id).is_none() {
        return Err(Failure::no_user());
    }
    let done = state.custom_method(token.bot_id(), call.user_id, &call.method, &call.params);
    Ok(Json(match done {
        Ok(result) => CustomResult {
            result: Some(result),
            error: None,
        },
        Err(code) => CustomResult {
            result: None,
            error: Some(code.to_owned()),
        },
    }))
}
