//! Messages that a Mini App prepared for sharing.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::error::{Answer, Failure, Problem};
use crate::sandbox::Shared;
use crate::sharing::Target;

/// A prepared message.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreparedView {
    /// The bot that prepared it.
    pub bot_id: i64,
    /// The user who may share it.
    pub user_id: i64,
    /// The Bot API's `InlineQueryResult`.
    #[schema(value_type = Object)]
    pub result: Value,
    /// Whether it can still be shared.
    pub is_valid: bool,
    /// Where its user may send it.
    pub chats: Vec<Target>,
    /// Whether it may go to people, too.
    pub to_people: bool,
}

/// One prepared message, as `web_app_send_prepared_message` names it.
#[utoipa::path(get, path = "/prepared-messages/{id}",
    params(("id" = String, Path, description = "What savePreparedInlineMessage returned")),
    responses((status = 200, body = PreparedView), (status = 404, body = Problem)))]
pub async fn show(State(sandbox): State<Shared>, Path(id): Path<String>) -> Answer<PreparedView> {
    let state = sandbox.state();
    let found = state.prepared.get(&id).cloned().ok_or_else(|| {
        Failure::not_found(
            "prepared_message_not_found",
            "There is no such prepared message.",
        )
    })?;
    let chats = state.share_targets(&found);
    Ok(Json(PreparedView {
        bot_id: found.bot_id,
        user_id: found.user_id,
        is_valid: sandbox.clock.now() <= found.expires,
        chats,
        to_people: found.allowed.users,
        result: found.result,
    }))
}
