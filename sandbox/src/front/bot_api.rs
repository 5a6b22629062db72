//! `/bot<token>/<method>`.

use std::time::Instant;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{extract, router};
use crate::api_error::ApiError;
use crate::journal::{Call, Direction};
use crate::methods::{self, MethodResult};
use crate::params::Params;
use crate::sandbox::Shared;
use crate::token::Token;

/// Answers one call; `rest` is what follows `/bot`.
pub async fn serve(sandbox: &Shared, rest: &str, request: Request) -> Response {
    let begun = Instant::now();
    let Some((token, method)) = rest.split_once('/') else {
        return router::not_found();
    };
    // source: tdlib/telegram-bot-api HttpConnection.cpp, the test servers' prefix
    let on_test_server = method.strip_prefix("test/");
    let method = on_test_server
        .unwrap_or(method)
        .trim_end_matches('/')
        .to_owned();
    let is_test = on_test_server.is_some();
    let token = percent_decode_str(token).decode_utf8_lossy().into_owned();
    let token = match Token::parse(&token) {
        Ok(token) => token,
        Err(error) => return respond(&Err(error)),
    };
    let mut params = match extract::params(request).await {
        Ok(params) => params,
        Err(error) => {
            let unread = Err(error);
            note(sandbox, &token, &method, &Params::default(), &unread, begun);
            return respond(&unread);
        }
    };
    params.is_test = is_test;
    let result = methods::call(sandbox, &token, &method, &mut params).await;
    note(sandbox, &token, &method, &params, &result, begun);
    respond(&result)
}

/// Telegram's answer: the status is the error code.
fn respond(result: &MethodResult) -> Response {
    if result.as_ref().is_err_and(ApiError::is_cut) {
        let broken = std::io::Error::other("cut");
        let body = Body::from_stream(futures::stream::once(async { Err::<Bytes, _>(broken) }));
        return body.into_response();
    }
    let (status, body) = parts(result);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(body)).into_response();
    if let Err(ApiError {
        retry_after: Some(seconds),
        ..
    }) = result
    {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response
}

fn parts(result: &MethodResult) -> (u16, Value) {
    match result {
        Ok(reply) => (200, reply.to_json()),
        Err(error) => (error.code, error.to_json()),
    }
}

/// Journals a call. Polls that brought nothing are left out: they would bury
/// everything else.
pub fn note(
    sandbox: &Shared,
    token: &Token,
    method: &str,
    params: &Params,
    result: &MethodResult,
    begun: Instant,
) {
    let (status, response) = parts(result);
    let is_idle_poll = method.eq_ignore_ascii_case("getupdates")
        && response["result"].as_array().is_some_and(Vec::is_empty);
    if is_idle_poll {
        return;
    }
    let duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let at_ms = sandbox.clock.now_ms() - i64::try_from(duration_ms).unwrap_or(0);
    tracing::debug!(
        bot_id = token.bot_id(),
        method,
        status,
        duration_ms,
        "bot api call"
    );
    sandbox.state().note_call(Call {
        id: 0,
        at_ms,
        direction: Direction::Api,
        bot_id: token.bot_id(),
        method: method.to_owned(),
        request: params.to_json(),
        status,
        response,
        duration_ms,
    });
}
