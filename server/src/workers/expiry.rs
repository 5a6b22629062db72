//! Ends orders that were not paid in time, so that what they held can be sold again.

use shop::Shop;
use tokio_util::sync::CancellationToken;

use crate::{clock::now, limits::EXPIRY_EVERY};

/// Runs until told to stop.
pub(crate) async fn run(shop: Shop, stop: CancellationToken) {
    loop {
        match shop.expire_orders(now()).await {
            Ok(0) => {}
            Ok(orders) => tracing::info!(orders, "unpaid orders expired"),
            Err(error) => {
                tracing::error!(error.code = error.code(), error = %error, "expiry failed");
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EXPIRY_EVERY) => {}
        }
    }
}
