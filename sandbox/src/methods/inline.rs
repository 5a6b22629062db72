//! Messages that a Mini App sends in the user's name.

use serde_json::{Value, json};

use super::inline_result::message_of;
use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::inline::{ChatKinds, PreparedMessage};
use crate::limits::PREPARED_SECONDS;
use crate::message::Sender;
use crate::update::Delivery;

/// answerWebAppQuery: the message goes out in the user's name, once.
///
/// # Errors
/// 400 when the launch is unknown, over or was answered, or the result is bad.
pub fn answer_web_app_query(call: &mut Call<'_>) -> MethodResult {
    let result = read_result(call)?;
    let (content, markup) = message_of(call.state, call.bot_id, &result)?;
    let query_id = call.params.text("web_app_query_id");
    let bot_id = call.bot_id;
    let query = call
        .state
        .web_app_query(&query_id)
        .filter(|query| query.bot_id == bot_id)
        .cloned()
        // source: tdlib/telegram-bot-api Client.cpp, QUERY_ID_INVALID
        .ok_or_else(|| {
            ApiError::bad("query is too old and response timeout expired or query ID is invalid")
        })?;
    call.state.web_app_queries.remove(&query_id);
    let mut message = call
        .state
        .new_message(bot_id, query.user_id, Sender::User, content);
    message.via_bot = true;
    message.markup = markup;
    call.state
        .post(bot_id, query.user_id, message, Delivery::Normal);
    let id = call.state.ids.text(18);
    Ok(json!({ "inline_message_id": id }).into())
}

/// savePreparedInlineMessage.
///
/// # Errors
/// 400 when the user is unknown, the result is bad, or no kind of chat is allowed.
pub fn save_prepared(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let result = read_result(call)?;
    message_of(call.state, call.bot_id, &result)?;
    if call.state.account(user_id).is_none() {
        // source: tdlib/telegram-bot-api Client.cpp `check_user`
        return Err(ApiError::bad("user not found"));
    }
    let allowed = ChatKinds {
        users: call.params.flag("allow_user_chats"),
        bots: call.params.flag("allow_bot_chats"),
        groups: call.params.flag("allow_group_chats"),
        channels: call.params.flag("allow_channel_chats"),
    };
    if !allowed.any() {
        // source: tdlib/td TargetDialogTypes.cpp `get_target_dialog_types`
        return Err(ApiError::bad("At least one chat type must be allowed"));
    }
    let id = call.state.ids.text(12);
    let expires = call.state.now() + PREPARED_SECONDS;
    let prepared = PreparedMessage {
        bot_id: call.bot_id,
        user_id,
        result,
        expires,
        allowed,
    };
    call.state.prepared.insert(id.clone(), prepared);
    Ok(json!({ "id": id, "expiration_date": expires }).into())
}

/// Source of the texts: tdlib/telegram-bot-api Client.cpp `get_inline_query_result`.
fn read_result(call: &Call<'_>) -> ApiResult<Value> {
    let result = call
        .params
        .json("result", "Can't parse JSON encoded web app query results")?
        .ok_or_else(|| ApiError::bad("Result isn't specified"))?;
    if !result.is_object() {
        return Err(ApiError::bad("Inline query result must be an object"));
    }
    for field in ["type", "id"] {
        if result[field].as_str().is_none_or(str::is_empty) {
            return Err(ApiError::bad(&format!(
                "Can't parse inline query result: Can't find field \"{field}\""
            )));
        }
    }
    Ok(result)
}
