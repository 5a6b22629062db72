//! What the passing of time does: orders that were not paid in time end, so that what they held can
//! be sold again; subscriptions and passes are reminded of, and end.

use shop::{Shop, limits::EXPIRE_BATCH, store::StoreError};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::drain::drain;
use crate::{
    clock::{now, sleep},
    limits::{EXPIRY_EVERY, FIRST_LOOK_PATIENCE},
};

/// The first look at Telegram's ledger since the start. A subscription that was renewed during an
/// outage seems to be over until then.
struct FirstLook {
    /// Cancelled when it has come to its end.
    looked: CancellationToken,
    /// When it is waited for no longer, in real time: the shop's clock may jump.
    until: Instant,
}

impl FirstLook {
    fn new(looked: CancellationToken) -> Self {
        let until = Instant::now() + FIRST_LOOK_PATIENCE;
        Self { looked, until }
    }

    /// Whether it is waited for no longer.
    fn is_over(&self) -> bool {
        self.looked.is_cancelled() || Instant::now() >= self.until
    }

    /// Comes back when it is waited for no longer.
    async fn over(&self) {
        // Either way.
        let _ = timeout_at(self.until, self.looked.cancelled()).await;
    }
}

/// Runs until told to stop. Subscriptions have to wait for the first look at Telegram's ledger, which
/// cancels `looked`.
pub(crate) async fn run(shop: Shop, looked: CancellationToken, stop: CancellationToken) {
    let first_look = FirstLook::new(looked);
    loop {
        let expired = drain(EXPIRE_BATCH, &stop, || shop.expire_orders(now()));
        report("orders expired", expired.await);
        let is_over = first_look.is_over();
        if is_over {
            let turned = drain(EXPIRE_BATCH, &stop, || shop.turn_subscriptions(now()));
            report("subscriptions turned", turned.await);
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = first_look.over(), if !is_over => {}
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

#[cfg(test)]
mod tests {
    use super::*;

    /// It is over when it has come to its end, and else when patience is.
    #[tokio::test(start_paused = true)]
    async fn the_first_look_is_waited_for_and_not_for_ever() {
        let looked = CancellationToken::new();
        let first_look = FirstLook::new(looked.clone());
        assert!(!first_look.is_over());
        looked.cancel();
        assert!(first_look.is_over());
        let begun = Instant::now();
        first_look.over().await;
        assert_eq!(Instant::now(), begun);

        let first_look = FirstLook::new(CancellationToken::new());
        first_look.over().await;
        assert!(first_look.is_over());
        assert!(begun.elapsed() >= FIRST_LOOK_PATIENCE);
    }
}
