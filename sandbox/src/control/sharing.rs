//! A user sends a prepared message to a chat.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use super::messages::Sent;
use crate::sandbox::Shared;
use crate::sharing::ShareError;

/// Who sends it where.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// The user it was prepared for.
    pub user_id: i64,
    /// One of the message's `chats`. Without it the message goes to a person, if it may; people
    /// have no chats with each other in the sandbox, and nothing is shown.
    pub chat_id: Option<i64>,
}

impl From<ShareError> for Failure {
    fn from(error: ShareError) -> Self {
        let message = error.to_string();
        match error {
            ShareError::NotFound => Self::not_found("prepared_message_not_found", &message),
            ShareError::Expired => Self::bad("prepared_message_expired", message),
            ShareError::WrongChat => Self::bad("chat_not_allowed", message),
            ShareError::Refused(error) => error.into(),
        }
    }
}

/// Sends a prepared message, as `shareMessage` of a Mini App does once the user chose a chat.
#[utoipa::path(post, path = "/prepared-messages/{id}", request_body = Sharing,
    params(("id" = String, Path, description = "What savePreparedInlineMessage returned")),
    responses((status = 200, body = Sent), (status = 400, body = Problem),
              (status = 404, body = Problem)))]
pub async fn share(
    State(sandbox): State<Shared>,
    Path(id): Path<String>,
    Body(sharing): Body<Sharing>,
) -> Answer<Sent> {
    let mut state = sandbox.state();
    let message = state.share(&id, sharing.user_id, sharing.chat_id)?;
    Ok(Json(Sent { message }))
}
