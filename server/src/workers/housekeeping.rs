//! What keeps the shop small while it runs: history of the queues that nobody needs any more, and
//! samples of the histograms that were rendered or are too old. And what keeps an eye on the queues:
//! how much lies there, and whether something was put aside that the owners should know of.

use metrics_exporter_prometheus::PrometheusHandle;
use shop::{Shop, store::StoreError};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::now,
    limits::{QUEUES_EVERY, SAMPLES_EVERY, SWEEP_EVERY},
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
            _ = sweep.tick() => sweep_once(&shop).await,
            _ = queues.tick() => if let Err(error) = look_at_queues(&shop).await {
                tracing::error!(error.code = error.code(), error = %error, "the queues were not looked at");
            },
        }
    }
}

async fn sweep_once(shop: &Shop) {
    match shop.sweep(now()).await {
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
