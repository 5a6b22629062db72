//! Works what comes in batches to its end.

use shop::store::StoreError;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::limits::{BATCH_PATIENCE, DRAIN_BATCHES};

/// Works batches until one was not full, or until told to stop. Between two of them others have their
/// turn. Gives how many were worked in all.
pub(super) async fn drain<F>(
    full: i64,
    stop: &CancellationToken,
    mut batch: impl FnMut() -> F,
) -> Result<u64, StoreError>
where
    F: Future<Output = Result<u64, StoreError>>,
{
    let full = u64::try_from(full).unwrap_or(u64::MAX);
    let mut worked = 0;
    for _ in 0..DRAIN_BATCHES {
        // Nothing is lost with a batch that is given up: the next round begins with it.
        let Ok(count) = timeout(BATCH_PATIENCE, batch()).await else {
            tracing::error!("the database does not answer");
            break;
        };
        let count = count?;
        worked += count;
        if count < full || stop.is_cancelled() {
            break;
        }
        tokio::task::yield_now().await;
    }
    Ok(worked)
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// Drains batches of so many; gives what was worked and how many batches are left.
    async fn drained(batches: &[u64], stop: &CancellationToken) -> (u64, usize) {
        let mut left: VecDeque<u64> = batches.iter().copied().collect();
        let worked = drain(200, stop, || {
            let batch = left.pop_front().unwrap_or(0);
            async move { Ok(batch) }
        });
        (worked.await.unwrap(), left.len())
    }

    #[tokio::test]
    async fn it_goes_on_while_batches_are_full() {
        let stop = CancellationToken::new();
        assert_eq!(drained(&[200, 250, 199, 7], &stop).await, (649, 1));
        assert_eq!(drained(&[0, 200], &stop).await, (0, 1));
        stop.cancel();
        assert_eq!(drained(&[200, 200], &stop).await, (200, 1));
    }

    #[tokio::test]
    async fn it_has_an_end() {
        let stop = CancellationToken::new();
        let (worked, _) = drained(&[200; 2 * DRAIN_BATCHES as usize], &stop).await;
        assert_eq!(worked, 200 * u64::from(DRAIN_BATCHES));
    }
}
