//! The invoice link of an order.

use axum::http::StatusCode;
use shop::domain::Order;
use telegram::{
    NewInvoice,
    limits::{INVOICE_DESCRIPTION_CHARS, INVOICE_TITLE_CHARS},
    text::truncate,
};

use super::{ApiError, Remedy, caller::Caller};

/// The link kept with the order, or a new one, which is then kept: an order has one link, so that
/// a second tap opens the same payment sheet.
pub(super) async fn link(caller: &Caller, order: &Order) -> Result<String, ApiError> {
    if let Some(link) = &order.invoice_link {
        return Ok(link.clone());
    }
    let host = caller.host();
    let made = host.telegram.create_invoice_link(&invoice(order)).await;
    let link = made.map_err(|error| {
        tracing::warn!(
            error.code = error.code(),
            "no invoice link was made: {error}"
        );
        caller.told(StatusCode::BAD_GATEWAY, "telegram", Remedy::Retry)
    })?;
    let kept = host.shop.keep_invoice_link(order.id, &link).await;
    kept.map_err(|error| caller.store_failed(&error))?;
    Ok(link)
}

fn invoice(order: &Order) -> NewInvoice {
    // Prices are far below this bound; the client refuses the invoice all the same if one is not.
    let stars = i64::try_from(order.price.0).unwrap_or(i64::MAX);
    let title = truncate(&order.title, INVOICE_TITLE_CHARS);
    let description = truncate(&order.title, INVOICE_DESCRIPTION_CHARS);
    NewInvoice::new(title, description, order.id.to_string(), stars)
}
