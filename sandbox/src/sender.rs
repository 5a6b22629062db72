//! Pushes a bot's updates to its webhook.
//!
//! One task per webhook picks what may leave and starts deliveries; each
//! delivery reports back to the queue. The schedule follows the virtual clock,
//! the requests themselves take real time.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use serde_json::{Value, json};

use crate::journal::{Call, Direction};
use crate::limits::{
    WEBHOOK_ANSWER_BYTES, WEBHOOK_GONE_MS, WEBHOOK_RESEND_SECONDS, WEBHOOK_RETRY_AFTER_SECONDS,
    WEBHOOK_TIMEOUT,
};
use crate::methods;
use crate::params::Params;
use crate::sandbox::Shared;
use crate::update::Update;

/// Header that carries the bot's secret. Source: Bot API, `setWebhook`.
const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// Starts the sender of one webhook setting; it stops when the setting changes.
pub fn start(sandbox: Shared, bot_id: i64, generation: u64) {
    tokio::spawn(async move {
        let stop = sandbox.stop.clone();
        tokio::select! {
            () = run(&sandbox, bot_id, generation) => {}
            () = stop.cancelled() => {}
        }
    });
}

async fn run(sandbox: &Shared, bot_id: i64, generation: u64) {
    loop {
        let Ok(wake) = sandbox.state().bot_mut(bot_id).map(|bot| bot.wake.clone()) else {
            return;
        };
        let mut rung = std::pin::pin!(wake.notified());
        rung.as_mut().enable();
        let now_ms = sandbox.clock.now_ms();
        let (started, next_ms) = {
            let mut state = sandbox.state();
            let Ok(bot) = state.bot_mut(bot_id) else {
                return;
            };
            if bot.webhook.generation != generation {
                return;
            }
            bot.updates.settle(now_ms);
            let most = bot.webhook.max_connections;
            (
                bot.updates.start(most, now_ms),
                bot.updates.next_wake(now_ms),
            )
        };
        for update in started {
            tokio::spawn(deliver(sandbox.clone(), bot_id, generation, update));
        }
        tokio::select! {
            () = rung => {}
            () = sandbox.clock.sleep_until(next_ms.unwrap_or(i64::MAX)) => {}
        }
    }
}

/// What a bot answered.
struct Answer {
    status: u16,
    retry_after: i64,
    body: Value,
}

async fn deliver(sandbox: Shared, bot_id: i64, generation: u64, update: Update) {
    let begun = Instant::now();
    let at_ms = sandbox.clock.now_ms();
    let mut answer = send(&sandbox, bot_id, &update).await;
    if update.is_unheard && answer.is_ok() {
        answer = Err("Read timeout expired".to_owned());
    }
    let (status, response) = match &answer {
        Ok(answer) => (answer.status, answer.body.clone()),
        Err(why) => (0, json!(why)),
    };
    let entry = Call {
        id: 0,
        at_ms,
        direction: Direction::Webhook,
        bot_id,
        method: update.kind.clone(),
        request: update.to_api(),
        status,
        response,
        duration_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    sandbox.state().note_call(entry);
    match answer {
        Ok(answer) if (200..300).contains(&answer.status) => {
            execute_reply(&sandbox, bot_id, &answer.body).await;
            settle(&sandbox, bot_id, generation, &update, None, 0);
        }
        Ok(answer) => {
            let code = StatusCode::from_u16(answer.status).unwrap_or_default();
            let reason = code.canonical_reason().unwrap_or_default();
            // source: tdlib/telegram-bot-api WebhookActor.cpp `handle`
            let why = format!(
                "Wrong response from the webhook: {} {reason}",
                answer.status
            );
            let failure = Some((answer.status, why));
            settle(
                &sandbox,
                bot_id,
                generation,
                &update,
                failure,
                answer.retry_after,
            );
        }
        Err(why) => settle(&sandbox, bot_id, generation, &update, Some((0, why)), 0),
    }
}

/// Makes one request.
async fn send(sandbox: &Shared, bot_id: i64, update: &Update) -> Result<Answer, String> {
    let (url, secret, fault) = {
        let mut state = sandbox.state();
        let fault = state.faults.for_delivery();
        let bot = state.bot_mut(bot_id).map_err(|error| error.description)?;
        (bot.webhook.url.clone(), bot.webhook.secret.clone(), fault)
    };
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    if fault.outage {
        return Err("Connection refused".into());
    }
    let full = if url.contains("://") {
        url
    } else {
        format!("https://{url}")
    };
    let mut request = sandbox
        .http
        .post(full)
        .timeout(WEBHOOK_TIMEOUT)
        .header(CONTENT_TYPE, "application/json")
        .body(update.to_text());
    if !secret.is_empty() {
        request = request.header(SECRET_HEADER, secret);
    }
    // source of the texts: tdlib/telegram-bot-api WebhookActor.cpp
    let mut response = request.send().await.map_err(|error| {
        if error.is_timeout() {
            "Read timeout expired".to_owned()
        } else if error.is_connect() {
            "Connection refused".to_owned()
        } else {
            "Webhook connection closed".to_owned()
        }
    })?;
    let status = response.status().as_u16();
    let retry_after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse::<i64>().ok())
        .unwrap_or(0)
        .clamp(0, WEBHOOK_RETRY_AFTER_SECONDS);
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > WEBHOOK_ANSWER_BYTES {
            break;
        }
    }
    let body = serde_json::from_slice(&body)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned()));
    Ok(Answer {
        status,
        retry_after,
        body,
    })
}

/// Reports a delivery to the queue and to the webhook's information.
fn settle(
    sandbox: &Shared,
    bot_id: i64,
    generation: u64,
    update: &Update,
    failure: Option<(u16, String)>,
    retry_after: i64,
) {
    let now_ms = sandbox.clock.now_ms();
    let mut state = sandbox.state();
    let bound = state
        .chance
        .between(WEBHOOK_RESEND_SECONDS..=2 * WEBHOOK_RESEND_SECONDS);
    let Ok(bot) = state.bot_mut(bot_id) else {
        return;
    };
    if bot.webhook.generation != generation {
        return;
    }
    let Some((status, why)) = failure else {
        bot.webhook.gone_since_ms = 0;
        bot.updates.delivered(update.id);
        bot.wake.notify_waiters();
        return;
    };
    bot.webhook.last_error_date = now_ms / 1000;
    bot.webhook.last_error_message = why;
    bot.updates.failed(update.id, retry_after, bound, now_ms);
    match (status, bot.webhook.gone_since_ms) {
        (410, 0) => bot.webhook.gone_since_ms = now_ms,
        (410, since) if now_ms > since + WEBHOOK_GONE_MS => bot.webhook.remove(),
        (410, _) => {}
        _ => bot.webhook.gone_since_ms = 0,
    }
    bot.wake.notify_waiters();
}

/// Runs the method that a bot put into its answer; its result is not reported.
/// Source: Bot API, "Making requests when getting updates"; tdlib/telegram-bot-api
/// WebhookActor.cpp for the methods that are left out.
async fn execute_reply(sandbox: &Shared, bot_id: i64, body: &Value) {
    let Some(method) = body["method"].as_str().map(str::to_lowercase) else {
        return;
    };
    const LEFT_OUT: [&str; 4] = ["deletewebhook", "setwebhook", "close", "logout"];
    if LEFT_OUT.contains(&method.as_str()) || method.starts_with("get") {
        return;
    }
    let Ok(token) = sandbox.state().bot_mut(bot_id).map(|bot| bot.token.clone()) else {
        return;
    };
    let mut params = Params::default();
    for (name, value) in body.as_object().into_iter().flatten() {
        if name != "method" {
            params.set(name, value.clone());
        }
    }
    let begun = Instant::now();
    let result = methods::call(sandbox, &token, &method, &mut params).await;
    crate::front::bot_api::note(sandbox, &token, &method, &params, &result, begun);
}
