//! Keeps workers at work: one that panics is started again.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::limits::WORKER_PAUSE;

/// Starts workers and keeps them.
pub(crate) struct Keeper<'a> {
    tasks: &'a TaskTracker,
    stop: &'a CancellationToken,
}

impl<'a> Keeper<'a> {
    /// For workers that are tracked, and told by this token to stop.
    pub(crate) const fn new(tasks: &'a TaskTracker, stop: &'a CancellationToken) -> Self {
        Self { tasks, stop }
    }

    /// Starts a worker; again, after a pause, each time that it panics. All that is owed stands in
    /// the store, so one that starts anew goes on where it was.
    pub(crate) fn keep<W>(
        &self,
        name: &'static str,
        mut start: impl FnMut(CancellationToken) -> W + Send + 'static,
    ) where
        W: Future<Output = ()> + Send + 'static,
    {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            while AssertUnwindSafe(start(stop.clone()))
                .catch_unwind()
                .await
                .is_err()
            {
                tracing::error!(worker = name, "a worker panicked and is started again");
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(WORKER_PAUSE) => {}
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use super::*;

    #[tokio::test]
    async fn a_worker_that_panics_goes_on() {
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        let starts = Arc::new(AtomicU32::new(0));
        let counted = starts.clone();
        Keeper::new(&tasks, &stop).keep("test", move |_| {
            let start = counted.fetch_add(1, Ordering::Relaxed);
            async move { assert!(start > 0, "as the test wants it") }
        });
        tasks.close();
        tasks.wait().await;
        assert_eq!(starts.load(Ordering::Relaxed), 2);
    }
}
