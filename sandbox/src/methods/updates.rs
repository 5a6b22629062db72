//! getUpdates.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::{MethodResult, webhooks};
use crate::api_error::{ApiError, ApiResult};
use crate::limits::{LONG_POLL_SECONDS, PAGE_MAX, POLL_PATIENCE};
use crate::params::Params;
use crate::sandbox::Shared;
use crate::update::Update;

/// Returns updates, waiting for the first as long as the bot wants. The wait is
/// in real time; delays on the virtual clock end it too.
///
/// # Errors
/// 409 while a webhook is set, or when another poll or webhook takes over.
pub async fn get_updates(sandbox: &Shared, bot_id: i64, params: &Params) -> MethodResult {
    let offset = params.integer("offset", 0, i64::MIN, i64::MAX);
    let limit = usize::try_from(params.integer("limit", PAGE_MAX, 1, PAGE_MAX)).unwrap_or(1);
    let seconds = params.integer("timeout", 0, 0, LONG_POLL_SECONDS);
    let patience = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
    let until = Instant::now() + patience;
    let mut place: Option<u64> = None;
    loop {
        let wake = {
            let mut state = sandbox.state();
            let bot = state.bot_mut(bot_id)?;
            bot.polled = Some(std::time::Instant::now());
            bot.wake.clone()
        };
        let mut rung = std::pin::pin!(wake.notified());
        rung.as_mut().enable();
        let (found, next_ms) = look(sandbox, bot_id, offset, limit, &mut place, params)?;
        if !found.is_empty() || Instant::now() >= until || sandbox.stop.is_cancelled() {
            return Ok(found.iter().map(Update::to_api).collect::<Value>().into());
        }
        let line_up = {
            let mut state = sandbox.state();
            let bot = state.bot_mut(bot_id)?;
            if place.is_none() {
                bot.poll += 1;
                place = Some(bot.poll);
                true
            } else {
                false
            }
        };
        if line_up {
            wake.notify_waiters(); // an older poll finds that it is not the current one
            continue;
        }
        tokio::select! {
            () = rung => {}
            () = tokio::time::sleep(POLL_PATIENCE / 2) => {} // still here
            () = tokio::time::sleep_until(until) => {}
            () = sandbox.clock.sleep_until(next_ms.unwrap_or(i64::MAX)) => {}
            () = sandbox.stop.cancelled() => {}
        }
    }
}

/// Takes note of the offset and returns what is ready, and when more will be.
fn look(
    sandbox: &Shared,
    bot_id: i64,
    offset: i64,
    limit: usize,
    place: &mut Option<u64>,
    params: &Params,
) -> ApiResult<(Vec<Update>, Option<i64>)> {
    let now_ms = sandbox.clock.now_ms();
    let mut state = sandbox.state();
    let bot = state.bot_mut(bot_id)?;
    // source of the texts: tdlib/telegram-bot-api Client.cpp `process_get_updates_query`,
    // `abort_long_poll`
    if bot.webhook.is_set() {
        return Err(ApiError::new(
            409,
            if place.is_some() {
                "Conflict: terminated by setWebhook request"
            } else {
                "Conflict: can't use getUpdates method while webhook is active; \
                 use deleteWebhook to delete the webhook first"
            },
        ));
    }
    match place {
        Some(mine) if *mine != bot.poll => {
            return Err(ApiError::new(
                409,
                "Conflict: terminated by other getUpdates request; \
                 make sure that only one bot instance is running",
            ));
        }
        Some(_) => {}
        None => webhooks::allow(&mut bot.updates, params),
    }
    bot.updates.settle(now_ms);
    let found = bot.updates.poll(offset, limit, now_ms);
    Ok((found, bot.updates.next_wake(now_ms)))
}
