//! The buyer's session: launch data is traded for it once, at first need.
//!
//! It is kept in memory and in the tab's storage, so that the next page has it; never in a cookie,
//! which frames of other sites lose. It is bound to the launch it came from: launch data of
//! another account or of a later launch gets a session of its own.

use std::{
    cell::{Cell, RefCell},
    future::Future,
};

use super::{page, storage::Place};
use crate::{
    api::{ApiError, Remedy, Session, start_session},
    bridge,
    limits::{SESSION_MARGIN_SECONDS, TRADE_LOOK_MILLISECONDS},
};

const NAME: &str = "starfront.session";

thread_local! {
    static KEPT: RefCell<Option<Session>> = const { RefCell::new(None) };
    /// Whether a trade is under way, so that two askers make one trade.
    static TRADING: Cell<bool> = const { Cell::new(false) };
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
///
/// # Errors
/// Those of the trade.
pub async fn begin() -> Result<(), ApiError> {
    while TRADING.get() {
        page::sleep(TRADE_LOOK_MILLISECONDS).await;
    }
    if token().is_some() {
        return Ok(());
    }
    let Some(init_data) = bridge::init_data() else {
        return Err(ApiError::new("session_missing", "", Remedy::OpenInTelegram));
    };
    TRADING.set(true);
    let traded = start_session(init_data.clone()).await;
    TRADING.set(false);
    keep(&init_data, traded?);
    Ok(())
}

/// Keeps a session as three lines: the launch it came from, its end, its token.
fn keep(init_data: &str, session: Session) {
    let end = session.expires_at.to_string();
    Place::Tab.set(
        NAME,
        &[launch_mark(init_data), &end, &session.token].join("\n"),
    );
    KEPT.set(Some(session));
}

fn stored() -> Option<Session> {
    let text = Place::Tab.get(NAME)?;
    let mut lines = text.split('\n');
    let mark = lines.next()?;
    if bridge::init_data().is_none_or(|data| launch_mark(&data) != mark) {
        return None;
    }
    Some(Session {
        expires_at: lines.next()?.parse().ok()?,
        token: lines.next()?.to_owned(),
    })
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
