//! A live stream of what happens.

use std::convert::Infallible;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event as SseEvent, KeepAlive};
use futures::{Stream, StreamExt};
use serde::Deserialize;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use utoipa::IntoParams;

use super::error::{Failure, Problem, Query};
use crate::event::Event;
use crate::sandbox::Shared;
use crate::token::Token;

/// What to be told of.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Only what concerns this user, or nobody in particular.
    pub user_id: Option<i64>,
    /// With `user_id`: what happens in this group or channel, too.
    pub chat_id: Option<i64>,
    /// Only what concerns this bot, or none in particular, and that there are others.
    pub token: Option<String>,
}

/// Server-Sent Events, one JSON object each, told apart by `type`. A reader
/// that falls behind gets an event named `lagged` and should load afresh.
#[utoipa::path(get, path = "/events", params(Filter),
    responses((status = 200, body = Event, content_type = "text/event-stream"),
              (status = 401, body = Problem)))]
pub async fn stream(
    State(sandbox): State<Shared>,
    Query(filter): Query<Filter>,
) -> Result<Sse<impl Stream<Item = Result<SseEvent, Infallible>>>, Failure> {
    let bot_id = filter
        .token
        .as_deref()
        .map(Token::parse)
        .transpose()?
        .map(|t| t.bot_id());
    let Filter {
        user_id, chat_id, ..
    } = filter;
    let concerns = move |event: &Event| {
        let same = |wanted: Option<i64>, found: Option<i64>| match (wanted, found) {
            (Some(wanted), Some(found)) => wanted == found,
            _ => true,
        };
        let is_in_chat = chat_id.is_some() && chat_id == event.user_id();
        // That there is another bot is news for everybody who shows a list of them.
        let is_news = matches!(event, Event::Bot { .. });
        is_news || (is_in_chat || same(user_id, event.user_id())) && same(bot_id, event.bot_id())
    };
    let stop = sandbox.stop.clone();
    let events = BroadcastStream::new(sandbox.events())
        .filter_map(move |event| {
            let shown = match event {
                Ok(event) if concerns(&event) => SseEvent::default().json_data(&event).ok(),
                Ok(_) => None,
                Err(BroadcastStreamRecvError::Lagged(_)) => {
                    Some(SseEvent::default().event("lagged").data("{}"))
                }
            };
            std::future::ready(shown.map(Ok))
        })
        .take_until(stop.cancelled_owned());
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}
