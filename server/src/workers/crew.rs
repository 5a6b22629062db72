//! Works a queue of the store with a bounded number of hands.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use shop::store::StoreError;
use tokio::{task::JoinSet, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::sleep,
    limits::{DATABASE_PATIENCE, WORK_GRACE, WORK_POLL, WORKERS},
};

/// A queue whose rows are leased, worked and ended.
pub(crate) trait Queue: Clone + Send + 'static {
    /// A leased row.
    type Item: Clone + Send + 'static;

    /// Its name in log lines.
    const NAME: &'static str;

    /// Leases rows that are due, so many at most; never two that must not overtake each other.
    fn lease(&self, most: u32) -> impl Future<Output = Result<Vec<Self::Item>, StoreError>> + Send;

    /// Wakes when there may be a new row.
    fn arrived(&self) -> impl Future<Output = ()> + Send;

    /// Works one row to its end. It may be worked again, after a crash or a lost lease.
    fn work(self, item: Self::Item) -> impl Future<Output = ()> + Send;

    /// Ends a row whose work panicked as any other failure: put off, and put aside in the end.
    fn panicked(self, item: Self::Item) -> impl Future<Output = ()> + Send;

    /// Gives a row back whose work was cut off, as it was before it was leased.
    fn give_back(self, item: Self::Item) -> impl Future<Output = ()> + Send;
}

/// Works until told to stop. What is under way then has some time to be finished, and is given back
/// else. A slow row keeps one hand and not the others.
pub(crate) async fn run<Q: Queue>(queue: Q, stop: CancellationToken) {
    let (mut hands, cut) = (JoinSet::new(), CancellationToken::new());
    while !stop.is_cancelled() {
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
            hands.spawn(hand(queue.clone(), item, cut.clone()));
        }
    }
    let all_done = async { while hands.join_next().await.is_some() {} };
    if timeout(WORK_GRACE, all_done).await.is_err() {
        cut.cancel();
        while hands.join_next().await.is_some() {}
    }
}

/// Works one row, until it is cut off.
async fn hand<Q: Queue>(queue: Q, item: Q::Item, cut: CancellationToken) {
    // What a panicking row held is dropped with it: the store's transactions roll back.
    let work = AssertUnwindSafe(queue.clone().work(item.clone())).catch_unwind();
    tokio::select! {
        worked = work => {
            if worked.is_err() {
                queue.panicked(item).await;
            }
        }
        () = cut.cancelled() => queue.give_back(item).await,
    }
}

async fn lease<Q: Queue>(queue: &Q, free: usize) -> Vec<Q::Item> {
    let most = u32::try_from(free).unwrap_or(u32::MAX);
    if most == 0 {
        return Vec::new();
    }
    match timeout(DATABASE_PATIENCE, queue.lease(most)).await {
        Ok(Ok(leased)) => leased,
        Ok(Err(error)) => {
            tracing::error!(queue = Q::NAME, error.code = error.code(), error = %error, "a queue cannot be read");
            Vec::new()
        }
        // What it leased in silence is due again when the lease has run out.
        Err(_) => {
            tracing::error!(queue = Q::NAME, "the database does not answer");
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tokio::sync::Notify;

    use super::*;

    /// Rows by their number: 1 panics, 2 never ends, 3 is done.
    #[derive(Clone, Default)]
    struct Rows {
        leased: Arc<Mutex<bool>>,
        ends: Arc<Mutex<Vec<(u32, &'static str)>>>,
        ended: Arc<Notify>,
    }

    impl Rows {
        fn end(&self, item: u32, how: &'static str) {
            self.ends.lock().unwrap().push((item, how));
            self.ended.notify_one();
        }
    }

    impl Queue for Rows {
        type Item = u32;

        const NAME: &'static str = "rows";

        async fn lease(&self, _: u32) -> Result<Vec<u32>, StoreError> {
            let before = std::mem::replace(&mut *self.leased.lock().unwrap(), true);
            Ok(if before { Vec::new() } else { vec![1, 2, 3] })
        }

        async fn arrived(&self) {
            std::future::pending().await
        }

        async fn work(self, item: u32) {
            match item {
                1 => panic!("as the test wants it"),
                2 => std::future::pending().await,
                _ => self.end(item, "done"),
            }
        }

        async fn panicked(self, item: u32) {
            self.end(item, "panicked");
        }

        async fn give_back(self, item: u32) {
            self.end(item, "given back");
        }
    }

    #[tokio::test]
    async fn each_row_comes_to_an_end() {
        let (rows, stop) = (Rows::default(), CancellationToken::new());
        let crew = tokio::spawn(run(rows.clone(), stop.clone()));
        while rows.ends.lock().unwrap().len() < 2 {
            rows.ended.notified().await;
        }
        stop.cancel();
        crew.await.unwrap();
        let mut ends = rows.ends.lock().unwrap().clone();
        ends.sort_unstable();
        assert_eq!(ends, [(1, "panicked"), (2, "given back"), (3, "done")]);
    }
}
