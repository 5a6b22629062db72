//! What the buyer has.

use leptos::prelude::*;

use super::{ApiError, Download, Fragment, Wire};

/// The buyer's purchases, drawn.
///
/// # Errors
/// `session_expired` without a session.
#[server(prefix = "/api/app", endpoint = "list_library", protocol = Wire)]
pub async fn list_library() -> Result<Fragment, ApiError> {
    let caller = super::caller::Caller::of_call()?;
    let buyer = caller.buyer()?;
    let entries = caller.host().shop.library(buyer, caller.lang().tag()).await;
    let entries = entries.map_err(|error| caller.store_failed(&error))?;
    Ok(crate::pages::draw_library(caller.page(), entries))
}

/// A short link to a file that the buyer owns.
///
/// # Errors
/// `goods_not_found` for what is not the buyer's (any more), `session_expired` without a session.
#[server(prefix = "/api/app", endpoint = "open_download", protocol = Wire)]
pub async fn open_download(entitlement: String) -> Result<Download, ApiError> {
    use shop::domain::GoodsContent;

    let caller = super::caller::Caller::of_call()?;
    let (buyer, host) = (caller.buyer()?, caller.host());
    let id = entitlement.parse().map_err(|_| caller.no_goods())?;
    let goods = host.shop.goods(id, buyer).await;
    let goods = goods.map_err(|error| caller.store_failed(&error))?;
    let Some(GoodsContent::File { name, .. }) = goods.map(|goods| goods.content) else {
        return Err(caller.no_goods());
    };
    let path = host.sessions.download_path(id, &name, host.now());
    Ok(Download {
        url: format!("{}{path}", host.public_url),
        name,
    })
}

/// Owes a benefit to the buyer's chat once more.
///
/// # Errors
/// `goods_not_found` for what is not the buyer's (any more), `session_expired` without a session.
#[server(prefix = "/api/app", endpoint = "send_again", protocol = Wire)]
pub async fn send_again(entitlement: String) -> Result<(), ApiError> {
    let caller = super::caller::Caller::of_call()?;
    let (buyer, host) = (caller.buyer()?, caller.host());
    let id = entitlement.parse().map_err(|_| caller.no_goods())?;
    match host.shop.send_again(id, buyer, host.now()).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(caller.no_goods()),
        Err(error) => Err(caller.store_failed(&error)),
    }
}
