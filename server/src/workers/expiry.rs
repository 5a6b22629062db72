//! What the passing of time does: orders that were not paid in time end, so that what they held can
//! be sold again; subscriptions and passes are reminded of, and end.

use shop::{Shop, limits::EXPIRE_BATCH, store::StoreError};
use tokio_util::sync::CancellationToken;

use super::drain::drain;
use crate::{
    clock::{now, sleep},
    limits::EXPIRY_EVERY,
};

/// Runs until told to stop.
pub(crate) async fn run(shop: Shop, stop: CancellationToken) {
    loop {
        let expired = drain(EXPIRE_BATCH, &stop, || shop.expire_orders(now()));
        report("orders expired", expired.await);
        let turned = drain(EXPIRE_BATCH, &stop, || shop.turn_subscriptions(now()));
        report("subscriptions turned", turned.await);
        tokio::select! {
            () = stop.cancelled() => return,
            () = sleep(EXPIRY_EVERY) => {}
        }
    }
}

fn report(what: &'static str, done: Result<u64, StoreError>) {
    match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "{what}"),
        Err(error) => {
            tracing::error!(error.code = error.code(), error = %error, "{what}: failed");
        }
    }
}
