//! The buyer's session: launch data is traded for it once, at first need.
//!
//! It is kept in memory and in the tab's storage, so that the next page has it; never in a cookie,
//! which frames of other sites lose. It is bound to the launch it came from: launch data of
//! another account or of a later launch gets a session of its own.

use std::{cell::RefCell, future::Future};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{page, storage::Place};
use crate::{
    api::{ApiError, Remedy, Session, start_session},
    bridge,
    limits::SESSION_MARGIN_SECONDS,
};

const NAME: &str = "starfront.session";

thread_local! {
    static KEPT: RefCell<Option<Session>> = const { RefCell::new(None) };
    /// The trade under way, so that two askers make one trade.
    static TRADE: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// The token, while it is good.
pub fn token() -> Option<String> {
    let good = |session: &Session| session.expires_at > page::now() + SESSION_MARGIN_SECONDS;
    let kept = KEPT
        .with_borrow(|kept| kept.clone())
        .or_else(stored)
        .filter(good)?;
    let token = kept.token.clone();
    KEPT.set(Some(kept));
    Some(token)
}

/// Calls a server function that needs to know the buyer. A session that has ended meanwhile is
/// replaced once, if the launch data is still young enough for that.
///
/// # Errors
/// The call's own, or those of the trade: `session_missing` in a plain browser,
/// `init_data_expired` when the Mini App has to be opened again.
pub async fn with_session<T, F>(mut call: impl FnMut() -> F) -> Result<T, ApiError>
where
    F: Future<Output = Result<T, ApiError>>,
{
    begin().await?;
    match call().await {
        Err(error) if error.is_session() => {
            forget();
            begin().await?;
            call().await
        }
        done => done,
    }
}

/// Makes sure that there is a session.
pub async fn begin() -> Result<(), ApiError> {
    if token().is_some() {
        return Ok(());
    }
    let Some(init_data) = bridge::init_data() else {
        return Err(ApiError::new("session_missing", "", Remedy::OpenInTelegram));
    };
    let trade = TRADE.with_borrow_mut(|trade| {
        trade
            .get_or_insert_with(|| future_to_promise(trade_in(init_data)))
            .clone()
    });
    let traded = JsFuture::from(trade).await;
    TRADE.set(None);
    traded.map(drop).map_err(|error| read_error(&error))
}

async fn trade_in(init_data: String) -> Result<JsValue, JsValue> {
    match start_session(init_data.clone()).await {
        Ok(session) => {
            keep(&init_data, session);
            Ok(JsValue::UNDEFINED)
        }
        Err(error) => Err(serde_json::to_string(&error).unwrap_or_default().into()),
    }
}

/// Promises carry values of the browser, so the error travels as JSON.
fn read_error(error: &JsValue) -> ApiError {
    let read = error
        .as_string()
        .and_then(|json| serde_json::from_str(&json).ok());
    read.unwrap_or_else(|| ApiError::new("server", "", Remedy::Retry))
}

fn keep(init_data: &str, session: Session) {
    if let Ok(json) = serde_json::to_string(&session) {
        Place::Tab.set(NAME, &format!("{}\n{json}", launch_mark(init_data)));
    }
    KEPT.set(Some(session));
}

fn stored() -> Option<Session> {
    let text = Place::Tab.get(NAME)?;
    let (mark, json) = text.split_once('\n')?;
    let same_launch = bridge::init_data().is_some_and(|data| launch_mark(&data) == mark);
    same_launch
        .then(|| serde_json::from_str(json).ok())
        .flatten()
}

/// Tells launches apart without keeping their data: the `hash` that ends it is unique to each.
fn launch_mark(init_data: &str) -> &str {
    let hash = init_data
        .split('&')
        .find_map(|pair| pair.strip_prefix("hash="));
    hash.unwrap_or_default()
}

fn forget() {
    Place::Tab.remove(NAME);
    KEPT.set(None);
}
