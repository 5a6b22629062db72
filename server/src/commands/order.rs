//! `starfront order refund ID`.

use shop::domain::OrderId;

use super::{CommandError, open_shop, say};
use crate::{cli::OrderAction, clock::now};

pub(super) async fn run(action: &OrderAction) -> Result<(), CommandError> {
    let OrderAction::Refund { id } = action;
    let order: OrderId = id.parse().map_err(|_| {
        CommandError::Told(format!(
            "{id:?} is no order id: 32 hex digits, as on the order's page"
        ))
    })?;
    if !open_shop().await?.queue_refund(order, now()).await? {
        return Err(CommandError::Told(format!(
            "order {order} is not paid, so nothing goes back"
        )));
    }
    say("The refund is queued; the running shop carries it out within seconds.");
    Ok(())
}
