//! Keeps one request from hurting the others: a bound on how many are under way, a bound on the
//! time until an answer begins, and an answer when a handler panics.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use app::{
    api::{ApiError, Remedy},
    host::Host,
    page::PageContext,
};
use axum::{
    Json,
    extract::{FromRequestParts, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use leptos::server_fn::error::FromServerFnError;
use tokio::{sync::Semaphore, time::timeout};

use crate::{error::told, limits::REQUEST_TIMEOUT, metrics};

/// The bounds of one group of routes. Groups do not take each other's places: a rush of visitors
/// must not keep Telegram out.
#[derive(Clone)]
pub(crate) struct Guard {
    host: Host,
    places: Arc<Semaphore>,
    patience: Duration,
}

impl Guard {
    /// For so many requests at once.
    pub(crate) fn new(host: Host, places: usize) -> Self {
        Self {
            host,
            places: Arc::new(Semaphore::new(places)),
            patience: REQUEST_TIMEOUT,
        }
    }

    /// Says that it did not work: as a page to people, as server functions do to islands, and
    /// else as JSON.
    async fn apologise(&self, mut asker: Parts, status: StatusCode, code: &str) -> Response {
        let Ok(page) = PageContext::from_request_parts(&mut asker, &self.host).await;
        let sentence = page.words().error(code);
        let mut answer = if said(&asker, header::ACCEPT, "text/html") {
            let mut drawn = app::pages::failed(&page);
            *drawn.status_mut() = status;
            drawn
        } else if asker.uri.path().starts_with(app::paths::API) {
            let error = ApiError::new(code, sentence, Remedy::Retry);
            match said(&asker, header::CONTENT_TYPE, "application/json") {
                true => (status, Json(error)).into_response(),
                false => (status, error.ser()).into_response(),
            }
        } else {
            (status, told(code, sentence)).into_response()
        };
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        answer
    }
}

/// Lets a request through, within the bounds.
pub(crate) async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let asker = asker(&request);
    let unavailable = StatusCode::SERVICE_UNAVAILABLE;
    let Ok(_place) = guard.places.try_acquire() else {
        metrics::turned_away("too_many");
        return guard.apologise(asker, unavailable, "too_many").await;
    };
    // A handler that panics holds nothing that others go on using: the store's transactions roll
    // back when dropped.
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind();
    match timeout(guard.patience, answered).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_panic)) => {
            // The panic's text may hold anything: the hook has logged its place alone.
            let broken = StatusCode::INTERNAL_SERVER_ERROR;
            guard.apologise(asker, broken, "internal").await
        }
        Err(_late) => {
            metrics::turned_away("too_slow");
            guard.apologise(asker, unavailable, "too_slow").await
        }
    }
}

/// What must be known of a request to answer in its place.
fn asker(request: &Request) -> Parts {
    let mut asker = Request::new(()).into_parts().0;
    asker.uri = request.uri().clone();
    for name in [
        header::ACCEPT,
        header::ACCEPT_LANGUAGE,
        header::CONTENT_TYPE,
    ] {
        if let Some(value) = request.headers().get(&name) {
            asker.headers.insert(name, value.clone());
        }
    }
    asker
}

/// Whether a header of the request holds this.
fn said(asker: &Parts, name: HeaderName, part: &str) -> bool {
    let value = asker.headers.get(name);
    value
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains(part))
}

/// Counts each panic, whoever catches it, and logs where it happened, without its message.
pub(crate) fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        metrics::panicked();
        tracing::error!(panic.place = place, "a task panicked");
    }));
}

#[cfg(test)]
mod tests;
