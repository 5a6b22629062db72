//! Boots the parts of a shop, runs them, and stops them in order.

mod assemble;
mod error;
mod site;

use std::future::{Future, IntoFuture};

use axum::serve::ListenerExt;
use leptos::config::LeptosOptions;
use secrecy::ExposeSecret;
use shop::{Shop, domain::UserId, store::StoreError};
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::assemble::{assemble, start_tasks};
pub use self::error::ServeError;
pub(crate) use self::{assemble::telegram_client, site::check as check_site};
use crate::{
    clock::{SandboxClock, now},
    config::Config,
    layers::guard::log_panics,
    limits, router,
    state::AppState,
};

/// Runs the shop until it is told to stop (SIGTERM or Ctrl-C).
///
/// # Errors
/// What keeps it from starting, as a sentence.
pub async fn serve(config: Config) -> Result<(), ServeError> {
    log_panics();
    let stop = CancellationToken::new();
    let running = Running::start(config, site::options()?, &stop).await?;
    stop_on_signal(stop)?;
    running.until_stopped().await
}

/// Opens the database and the folder of files that the settings name.
pub(crate) async fn open_shop(config: &Config) -> Result<Shop, StoreError> {
    let shop = Shop::open(config.database_url.expose_secret(), &config.files).await?;
    shop.configure(config.shop_settings());
    Ok(shop)
}

/// The clock that holds where it is not this machine's, after a first look at it.
pub(crate) async fn sandbox_clock(config: &Config) -> Result<Option<SandboxClock>, ServeError> {
    let clock = config.sandbox_clock();
    let clock = clock.map_err(|error| ServeError::System(error.to_string()))?;
    if let Some(clock) = &clock
        && let Err(error) = clock.look().await
    {
        tracing::warn!(%error, "the sandbox's clock cannot be read yet");
    }
    Ok(clock)
}

/// A shop that answers at its address.
struct Running {
    listener: TcpListener,
    state: AppState,
    tasks: TaskTracker,
}

impl Running {
    /// Opens everything and starts the workers; requests wait in the listener's queue until
    /// [`Running::until_stopped`].
    ///
    /// # Errors
    /// What keeps it from starting, as a sentence.
    async fn start(
        config: Config,
        leptos: LeptosOptions,
        stop: &CancellationToken,
    ) -> Result<Self, ServeError> {
        // The one executor of this process: it can only be set already.
        let _ = any_spawner::Executor::init_tokio();
        let listener = listen(&leptos).await?;
        let shop = open_shop(&config).await?;
        let state = assemble(&config, leptos, shop, stop).await?;
        let tasks = TaskTracker::new();
        let clock = sandbox_clock(&config).await?;
        // Before any update is worked: what was sold until now without an order of ours is none of ours.
        let bot = UserId(state.host.telegram.bot_id());
        state.host.shop.star_rows_read(bot, now()).await?;
        let offered = state.host.shop.offer_parked_updates(now()).await?;
        if offered > 0 {
            tracing::info!(
                rows = offered,
                "updates that were not understood are worked again"
            );
        }
        start_tasks(&config, &state, clock, &tasks);
        let running = Self {
            listener,
            state,
            tasks,
        };
        tracing::info!(address = running.address(), "the shop is open");
        Ok(running)
    }

    /// The address that it listens on, as `host:port`.
    fn address(&self) -> String {
        let address = self.listener.local_addr();
        address
            .map(|address| address.to_string())
            .unwrap_or_default()
    }

    /// Serves until the token is cancelled, then ends what is under way, within a bound.
    ///
    /// # Errors
    /// When the system takes the listener away.
    async fn until_stopped(self) -> Result<(), ServeError> {
        let (stop, shop) = (self.state.stop.clone(), self.state.host.shop.clone());
        let service = router::router(self.state);
        // An event of a stream must not wait for the one after it.
        let listener = self.listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(error = %error, "a connection stays slow");
            }
        });
        let server = axum::serve(listener, service)
            .with_graceful_shutdown(stop.clone().cancelled_owned())
            .into_future();
        let ended = async {
            let served = server.await;
            self.tasks.close();
            self.tasks.wait().await;
            served
        };
        let served = within_grace(ended, &stop).await;
        // Whatever was cut off above: the database takes no harm, and the work goes on at the
        // next start.
        let _ = tokio::time::timeout(limits::CLOSING_GRACE, shop.close()).await;
        tracing::info!("the shop is closed");
        served.map_err(|error| ServeError::System(error.to_string()))
    }
}

/// Lets a server that was told to stop take so long and no longer.
async fn within_grace(
    ended: impl Future<Output = std::io::Result<()>>,
    stop: &CancellationToken,
) -> std::io::Result<()> {
    let too_long = async {
        stop.cancelled().await;
        tokio::time::sleep(limits::SHUTDOWN_GRACE).await;
    };
    tokio::select! {
        served = ended => served,
        () = too_long => {
            tracing::warn!("work under way was cut off; it goes on at the next start");
            Ok(())
        }
    }
}

async fn listen(leptos: &LeptosOptions) -> Result<TcpListener, ServeError> {
    let bound = TcpListener::bind(leptos.site_addr).await;
    bound.map_err(|error| ServeError::Address {
        address: leptos.site_addr.to_string(),
        why: error.to_string(),
    })
}

fn stop_on_signal(stop: CancellationToken) -> Result<(), ServeError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term =
        signal(SignalKind::terminate()).map_err(|error| ServeError::System(error.to_string()))?;
    tokio::spawn(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        tracing::info!("stopping");
        stop.cancel();
    });
    Ok(())
}
