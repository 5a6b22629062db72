//! Works a queue of the store with a bounded number of hands.

use shop::store::StoreError;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{
    clock::sleep,
    limits::{WORK_POLL, WORKERS},
};

/// A queue whose rows are leased, worked and ended.
pub(crate) trait Queue: Clone + Send + 'static {
    /// A leased row.
    type Item: Send + 'static;

    /// Its name in log lines.
    const NAME: &'static str;

    /// Leases rows that are due, so many at most; never two that must not overtake each other.
    fn lease(&self, most: u32) -> impl Future<Output = Result<Vec<Self::Item>, StoreError>> + Send;

    /// Wakes when there may be a new row.
    fn arrived(&self) -> impl Future<Output = ()> + Send;

    /// Works one row to its end. It may be worked again, after a crash or a lost lease.
    fn work(self, item: Self::Item) -> impl Future<Output = ()> + Send;
}

/// Works until told to stop; what is under way then is finished first. A slow row keeps one hand
/// and not the others.
pub(crate) async fn run<Q: Queue>(queue: Q, stop: CancellationToken) {
    let mut hands = JoinSet::new();
    while !stop.is_cancelled() {
        // A row whose work panicked is worked again when its lease has run out.
        while hands.try_join_next().is_some() {}
        let free = WORKERS.saturating_sub(hands.len());
        let leased = lease(&queue, free).await;
        if leased.is_empty() {
            tokio::select! {
                () = stop.cancelled() => break,
                () = queue.arrived(), if free > 0 => {}
                Some(_) = hands.join_next() => {}
                () = sleep(WORK_POLL) => {}
            }
        }
        for item in leased {
            hands.spawn(queue.clone().work(item));
        }
    }
    while hands.join_next().await.is_some() {}
}

async fn lease<Q: Queue>(queue: &Q, free: usize) -> Vec<Q::Item> {
    let most = u32::try_from(free).unwrap_or(u32::MAX);
    if most == 0 {
        return Vec::new();
    }
    queue.lease(most).await.unwrap_or_else(|error| {
        tracing::error!(queue = Q::NAME, error.code = error.code(), error = %error, "a queue cannot be read");
        Vec::new()
    })
}
