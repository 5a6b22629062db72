//! Messages that a Mini App sends in the user's name.

use serde_json::{Value, json};

use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::inline::PreparedMessage;

/// Seconds that a prepared message can be shared; not documented.
const PREPARED_SECONDS: i64 = 3_600;

/// answerWebAppQuery: the message goes out in the user's name, once.
///
/// # Errors
/// 400 when the launch is unknown or was answered, or the result is bad.
pub fn answer_web_app_query(call: &mut Call<'_>) -> MethodResult {
    read_result(call)?;
    let query_id = call.params.text("web_app_query_id");
    let is_ours = |query: &crate::inline::WebAppQuery| query.bot_id == call.bot_id;
    if !call
        .state
        .web_app_queries
        .get(&query_id)
        .is_some_and(is_ours)
    {
        // source: tdlib/telegram-bot-api Client.cpp, QUERY_ID_INVALID
        return Err(ApiError::bad(
            "query is too old and response timeout expired or query ID is invalid",
        ));
    }
    call.state.web_app_queries.remove(&query_id);
    let id = call.state.ids.text(18);
    Ok(json!({ "inline_message_id": id }).into())
}

/// savePreparedInlineMessage.
///
/// # Errors
/// 400 when the user is unknown or the result is bad.
pub fn save_prepared(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let result = read_result(call)?;
    if call.state.account(user_id).is_none() {
        return Err(ApiError::bad("user not found"));
    }
    let id = call.state.ids.text(12);
    let expires = call.state.clock.now() + PREPARED_SECONDS;
    let prepared = PreparedMessage {
        bot_id: call.bot_id,
        user_id,
        result,
        expires,
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
