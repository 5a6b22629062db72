//! Looking around: session, search, choices.

use leptos::prelude::*;

use super::{ApiError, Fragment, Session, Wire};

/// Trades Telegram's raw launch data for a session. The raw bytes go as they came.
///
/// # Errors
/// The launch data's own code when it is not accepted.
#[server(prefix = "/api/app", endpoint = "start_session", protocol = Wire)]
pub async fn start_session(init_data: String) -> Result<Session, ApiError> {
    super::launch::trade(&init_data).await
}

/// The list of products for a search, drawn. An empty category stands for all.
///
/// # Errors
/// `database` when the shop cannot read its catalogue.
#[server(prefix = "/api/app", endpoint = "search_products", protocol = Wire)]
pub async fn search_products(query: String, category: String) -> Result<Fragment, ApiError> {
    let caller = super::caller::Caller::of_call()?;
    let search = crate::pages::Search::new(&query, &category, 0);
    crate::pages::draw_results(caller.page(), search)
        .await
        .map_err(|error| caller.store_failed(&error))
}

/// Keeps the buyer's language, for the bot's messages too.
///
/// # Errors
/// `session_expired` without a session.
#[server(prefix = "/api/app", endpoint = "choose_language", protocol = Wire)]
pub async fn choose_language(language: String) -> Result<(), ApiError> {
    let caller = super::caller::Caller::of_call()?;
    let buyer = caller.buyer()?;
    let Some(lang) = words::Lang::from_tag(&language) else {
        // The menu offers only languages that the shop speaks.
        return Ok(());
    };
    let kept = caller.host().shop.choose_language(buyer, lang.tag()).await;
    kept.map_err(|error| caller.store_failed(&error))
}

/// Notes Telegram's answer to the question whether the bot may write.
///
/// # Errors
/// `session_expired` without a session.
#[server(prefix = "/api/app", endpoint = "note_write_access", protocol = Wire)]
pub async fn note_write_access(allowed: bool) -> Result<(), ApiError> {
    let caller = super::caller::Caller::of_call()?;
    let (buyer, host) = (caller.buyer()?, caller.host());
    let noted = host.shop.set_can_write(buyer, allowed, host.now()).await;
    noted.map_err(|error| caller.store_failed(&error))
}
