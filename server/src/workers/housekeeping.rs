//! What keeps the shop small while it runs: history of the queues that nobody needs any more, and
//! samples of the histograms that were rendered or are too old. And what keeps an eye on the queues:
//! how much lies there, and whether something was put aside that the owners should know of.

use metrics_exporter_prometheus::PrometheusHandle;
use shop::{Shop, limits::SWEEP_BATCH, store::StoreError};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;

use super::drain::drain;
use crate::{
    clock::now,
    limits::{DATABASE_PATIENCE, QUEUES_EVERY, SAMPLES_EVERY, SWEEP_EVERY},
    metrics::queue,
};

/// Runs until told to stop.
pub(crate) async fn run(shop: Shop, metrics: PrometheusHandle, stop: CancellationToken) {
    let every = [SAMPLES_EVERY, SWEEP_EVERY, QUEUES_EVERY];
    let [mut samples, mut sweep, mut queues] = every.map(|every| {
        let mut interval = interval(every);
        interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        interval
    });
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = samples.tick() => metrics.run_upkeep(),
            _ = sweep.tick() => sweep_all(&shop, &stop).await,
            _ = queues.tick() => match timeout(DATABASE_PATIENCE, look_at_queues(&shop)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    tracing::error!(error.code = error.code(), error = %error, "the queues were not looked at");
                }
                Err(_) => tracing::error!("the database does not answer"),
            },
        }
    }
}

async fn sweep_all(shop: &Shop, stop: &CancellationToken) {
    match drain(SWEEP_BATCH, stop, || shop.sweep(now())).await {
        Ok(0) => {}
        Ok(rows) => tracing::info!(rows, "old rows of the queues were deleted"),
        Err(error) => {
            tracing::error!(error.code = error.code(), error = %error, "the queues were not swept");
        }
    }
}

async fn look_at_queues(shop: &Shop) -> Result<(), StoreError> {
    for load in shop.queue_loads().await? {
        queue(&load, now());
    }
    shop.warn_of_rows_put_aside(now()).await
}

#[cfg(test)]
mod tests {
    use shop::{Outcome, domain::UnixSeconds, limits::INBOX_KEPT_SECONDS};

    use super::*;

    /// What a busy shop leaves behind between two sweeps is more than one transaction takes.
    #[tokio::test]
    async fn a_sweep_takes_all_that_is_old() {
        let folder = std::env::temp_dir().join(format!("sweep-test-{}", uuid::Uuid::new_v4()));
        let shop = Shop::open("sqlite::memory:", &folder).await.unwrap();
        let long_ago = now().plus(-INBOX_KEPT_SECONDS - 60);
        for update in 0..=SWEEP_BATCH {
            shop.receive(update, "{}", long_ago).await.unwrap();
        }
        let end_all = async |at: UnixSeconds| loop {
            let leased = shop.lease_updates(at, 100).await.unwrap();
            if leased.is_empty() {
                return;
            }
            for item in leased {
                shop.end_update(item.lease, Outcome::Done, at)
                    .await
                    .unwrap();
            }
        };
        end_all(long_ago).await;
        sweep_all(&shop, &CancellationToken::new()).await;
        assert_eq!(shop.sweep(now()).await.unwrap(), 0, "nothing was left");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
