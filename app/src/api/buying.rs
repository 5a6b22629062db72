//! From the tap on "buy" to the goods.

use leptos::prelude::*;

use super::{ApiError, OpenedOrder, OrderView, Wire};

/// Opens an order at the price that the buyer saw, with the promo code that was tried on the page,
/// and makes its invoice link.
///
/// # Errors
/// The refusal's code (`sold_out`, `price_changed`…), `telegram` when no link could
/// be made (no Stars were taken), `session_expired` without a session.
#[server(prefix = "/api/app", endpoint = "open_order", protocol = Wire)]
pub async fn open_order(
    product: String,
    offer: String,
    seen_price: u64,
    promo: Option<String>,
) -> Result<OpenedOrder, ApiError> {
    use shop::domain::{NewOrder, Stars};

    let caller = super::caller::Caller::of_call()?;
    let (buyer, host) = (caller.buyer()?, caller.host());
    let new = NewOrder {
        buyer,
        product: product.parse().map_err(|_| caller.no_product())?,
        offer: offer.parse().map_err(|_| caller.no_product())?,
        seen_price: Stars(seen_price),
        promo: promo
            .map(|promo| promo.parse().map_err(|_| caller.no_promo()))
            .transpose()?,
        language: caller.lang().tag().to_owned(),
    };
    let order = host.shop.open_order(&new, host.now()).await;
    let order = order.map_err(|error| caller.order_not_opened(&error))?;
    Ok(OpenedOrder {
        order: order.id.to_string(),
        ticket: host.sessions.ticket(order.id, host.now()),
        invoice_link: super::invoice::link(&caller, &order).await?,
    })
}

/// One order of the buyer's own, with its goods once it is paid; only these when `brief`.
///
/// # Errors
/// `order_not_found` for another's order, `session_expired` without a session.
#[server(prefix = "/api/app", endpoint = "get_order", protocol = Wire)]
pub async fn get_order(id: String, brief: bool) -> Result<OrderView, ApiError> {
    use crate::pages::Show;

    let caller = super::caller::Caller::of_call()?;
    let (buyer, host) = (caller.buyer()?, caller.host());
    let id = id.parse().map_err(|_| caller.no_order())?;
    let entry = host.shop.order(id, buyer).await;
    let entry = entry.map_err(|error| caller.store_failed(&error))?;
    let entry = entry.ok_or_else(|| caller.no_order())?;
    let known = host.shop.buyer(buyer).await;
    let known = known.map_err(|error| caller.store_failed(&error))?;
    let ask_to_write = known.is_some_and(|buyer| !buyer.can_write);
    let stage = crate::pages::stage(entry.order.state);
    Ok(OrderView {
        stage,
        ticket: host.sessions.ticket(id, host.now()),
        invoice_link: entry
            .order
            .invoice_link
            .clone()
            .filter(|_| !stage.is_settled()),
        fragment: crate::pages::draw_order(
            caller.page(),
            entry,
            Show {
                brief,
                ask_to_write,
            },
        ),
    })
}
