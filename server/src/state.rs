//! What every handler of the server shares.

use std::{collections::HashSet, sync::Arc};

use app::host::Host;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::{
    bot::Bot, intake::Intake, layers::security::SecurityHeaders, web::script::TelegramScript,
};

/// The parts of a running shop. Cheap to clone.
#[derive(Clone)]
pub(crate) struct AppState {
    /// What pages and server functions use.
    pub host: Host,
    /// The bot: who it is, and whether Telegram has accepted it.
    pub bot: Bot,
    /// Where updates go.
    pub intake: Intake,
    /// The copy of Telegram's script.
    pub script: TelegramScript,
    /// Places for event streams.
    pub streams: Arc<Semaphore>,
    /// Cancelled when the server is to stop.
    pub stop: CancellationToken,
    /// The numbers for Prometheus.
    pub metrics: PrometheusHandle,
    /// The headers of this instance.
    pub security: SecurityHeaders,
    /// The origins that may read downloads besides our own.
    pub download_origins: Arc<HashSet<String>>,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        (*state.host.leptos).clone()
    }
}

impl FromRef<AppState> for Host {
    fn from_ref(state: &AppState) -> Self {
        state.host.clone()
    }
}

impl FromRef<AppState> for SecurityHeaders {
    fn from_ref(state: &AppState) -> Self {
        state.security.clone()
    }
}
