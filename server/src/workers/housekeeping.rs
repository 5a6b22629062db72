//! What keeps the shop small while it runs: history of the queues that nobody needs any more, and
//! samples of the histograms that were rendered or are too old.

use metrics_exporter_prometheus::PrometheusHandle;
use shop::Shop;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::now,
    limits::{SAMPLES_EVERY, SWEEP_EVERY},
};

/// Runs until told to stop.
pub(crate) async fn run(shop: Shop, metrics: PrometheusHandle, stop: CancellationToken) {
    let (mut samples, mut sweep) = (interval(SAMPLES_EVERY), interval(SWEEP_EVERY));
    samples.set_missed_tick_behavior(MissedTickBehavior::Delay);
    sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = samples.tick() => metrics.run_upkeep(),
            _ = sweep.tick() => sweep_once(&shop).await,
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
