//! Whether Telegram may charge for a subscription again.

use leptos::prelude::*;

use super::{ApiError, RenewalView, Wire};

/// Stops the renewal of the buyer's own subscription, or takes back that the buyer stopped it here.
/// Gives how it stands then, also where there was nothing to change.
///
/// # Errors
/// `order_not_found` for another's order and for one without a term, `session_expired` without a
/// session.
#[server(prefix = "/api/app", endpoint = "change_renewal", protocol = Wire)]
pub async fn change_renewal(order: String, allow: bool) -> Result<RenewalView, ApiError> {
    use shop::domain::{RenewalChange, StoppedBy};

    let caller = super::caller::Caller::of_call()?;
    let (buyer, host) = (caller.buyer()?, caller.host());
    let id = order.parse().map_err(|_| caller.no_order())?;
    let change = if allow {
        RenewalChange::Allow(StoppedBy::Buyer)
    } else {
        RenewalChange::Stop(StoppedBy::Buyer)
    };
    let shop = &host.shop;
    let now = host.now();
    let changed = shop.change_renewal(id, Some(buyer), change, now).await;
    changed.map_err(|error| caller.store_failed(&error))?;
    let entry = shop.order(id, buyer).await;
    let entry = entry.map_err(|error| caller.store_failed(&error))?;
    let standing = entry.and_then(|entry| entry.subscription);
    let standing = standing.ok_or_else(|| caller.no_order())?;
    Ok(crate::pages::draw_standing(caller.page(), standing))
}
