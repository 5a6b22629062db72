//! The live state of one order, as server-sent events.
//!
//! An `EventSource` can send no header, so the address carries a signed ticket for this one order,
//! good for minutes and for nothing else.

use std::convert::Infallible;

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::Stream;
use serde::Deserialize;
use shop::{
    Shop,
    domain::{OrderId, OrderState},
};
use tokio::{sync::broadcast, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::{clock::now, limits, state::AppState};

/// The query of the stream's address.
#[derive(Deserialize)]
pub(crate) struct Ticket {
    ticket: String,
}

/// `GET /orders/{id}/events?ticket=`: an event `state` at once and on each change; ends when the
/// order has come to an end.
pub(crate) async fn order_events(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<Ticket>,
) -> Response {
    let Ok(order) = id.parse::<OrderId>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if !state
        .host
        .sessions
        .check_ticket(&query.ticket, order, now())
    {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Ok(place) = state.streams.clone().try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let watch = Watch {
        order,
        changes: state.host.shop.order_changes(),
        shop: state.host.shop.clone(),
        stop: state.stop.clone(),
        until: Instant::now() + limits::STREAM_LIFE,
        last: None,
        _place: place,
    };
    let keep_alive = KeepAlive::new().interval(limits::STREAM_KEEP_ALIVE);
    Sse::new(watch.into_stream())
        .keep_alive(keep_alive)
        .into_response()
}

struct Watch {
    order: OrderId,
    changes: broadcast::Receiver<OrderId>,
    shop: Shop,
    stop: CancellationToken,
    until: Instant,
    last: Option<OrderState>,
    _place: tokio::sync::OwnedSemaphorePermit,
}

impl Watch {
    fn into_stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        futures::stream::unfold(self, |mut watch| async move {
            let state = watch.next_state().await?;
            Some((
                Ok(Event::default().event("state").data(state_word(state))),
                watch,
            ))
        })
    }

    /// The next state that differs from the last one told; nothing when there is none to come.
    async fn next_state(&mut self) -> Option<OrderState> {
        loop {
            if self.last.is_some_and(is_final) || Instant::now() >= self.until {
                return None;
            }
            // A database that fails for a moment is looked at again; the client has its own polling.
            if let Ok(Some(state)) = self.shop.order_state(self.order).await
                && self.last != Some(state)
            {
                self.last = Some(state);
                return Some(state);
            }
            tokio::select! {
                () = self.stop.cancelled() => return None,
                () = changed(&mut self.changes, self.order) => {}
                () = tokio::time::sleep(limits::STREAM_POLL) => {}
            }
        }
    }
}

/// Waits for a change of this order in this process.
async fn changed(changes: &mut broadcast::Receiver<OrderId>, order: OrderId) {
    loop {
        match changes.recv().await {
            Ok(other) if other != order => {}
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

fn is_final(state: OrderState) -> bool {
    matches!(
        state,
        OrderState::Delivered | OrderState::Expired | OrderState::Refunded
    )
}

/// The state's stable word, the same as in server functions' answers.
fn state_word(state: OrderState) -> &'static str {
    match state {
        OrderState::Opened => "opened",
        OrderState::Prechecked => "prechecked",
        OrderState::Paid => "paid",
        OrderState::Delivered => "delivered",
        OrderState::Expired => "expired",
        OrderState::Refunded => "refunded",
    }
}
