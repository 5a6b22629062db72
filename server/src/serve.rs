//! Boots the parts of a shop, runs them, and stops them in order.

use std::{
    future::{Future, IntoFuture},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use app::{
    host::{AssetNames, Host},
    session::Sessions,
};
use leptos::config::LeptosOptions;
use secrecy::ExposeSecret;
use shop::{Shop, store::StoreError};
use telegram::{BotToken, Client, init_data::AgeLimits};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    bot::Bot,
    config::{Config, Updates},
    intake::Intake,
    layers::{panic, security::SecurityHeaders},
    limits, metrics, router,
    state::AppState,
    web::script::TelegramScript,
    workers,
};

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// No token in the settings.
    #[error(
        "the setting bot_token is missing: get one from @BotFather and set STARFRONT_BOT_TOKEN, or run `cargo xtask run` to try the shop without one"
    )]
    NoToken,
    /// The token is none.
    #[error("the setting bot_token is wrong: {0}")]
    Token(#[from] telegram::TokenError),
    /// The Bot API client could not be made.
    #[error("the client for Telegram could not be made: {0}")]
    Client(#[from] telegram::ApiError),
    /// The store could not be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Leptos.toml or the built site is missing or wrong.
    #[error(
        "the built site cannot be used: {0}; build it with `cargo xtask run` or `cargo leptos build`"
    )]
    Site(String),
    /// The address cannot be listened on.
    #[error(
        "the address {address} cannot be used: {why}; free it, or choose another with LEPTOS_SITE_ADDR"
    )]
    Address {
        /// The address.
        address: String,
        /// The system's words.
        why: String,
    },
    /// Something that only happens once per process was done twice, or the system refused it.
    #[error("the server could not run: {0}")]
    System(String),
}

/// Runs the shop until it is told to stop (SIGTERM or Ctrl-C).
pub async fn serve(config: Config) -> Result<(), ServeError> {
    panic::log_places();
    let stop = CancellationToken::new();
    let running = Running::start(config, &stop).await?;
    stop_on_signal(stop)?;
    running.until_stopped().await
}

/// Opens the database and the folder of files that the settings name.
pub async fn open_shop(config: &Config) -> Result<Shop, StoreError> {
    Shop::open(config.database_url.expose_secret(), &config.files).await
}

/// A shop that answers at its address.
pub struct Running {
    listener: TcpListener,
    state: AppState,
    tasks: TaskTracker,
}

impl Running {
    /// Opens everything and starts the workers; requests wait in the listener's queue.
    pub async fn start(config: Config, stop: &CancellationToken) -> Result<Self, ServeError> {
        // A second start in one process (tests) finds it set.
        let _ = any_spawner::Executor::init_tokio();
        let leptos = leptos_options()?;
        let listener = listen(&leptos).await?;
        let client = telegram_client(&config)?;
        let shop = open_shop(&config).await?;
        let state = assemble(&config, leptos, client.clone(), shop, stop).await?;
        let tasks = TaskTracker::new();
        start_tasks(&config, &state, client, &tasks);
        tracing::info!(address = %listener_address(&listener), "the shop is open");
        Ok(Self {
            listener,
            state,
            tasks,
        })
    }

    /// The address that it listens on.
    pub fn address(&self) -> String {
        listener_address(&self.listener)
    }

    /// Serves until the token is cancelled, then ends what is under way, within a bound.
    pub async fn until_stopped(self) -> Result<(), ServeError> {
        let stop = self.state.stop.clone();
        let service = router::router(self.state);
        let signal = stop.clone().cancelled_owned();
        let server = axum::serve(self.listener, service).with_graceful_shutdown(signal);
        let served = bounded(server.into_future(), &stop).await;
        self.tasks.close();
        let worked = tokio::time::timeout(limits::SHUTDOWN_GRACE, self.tasks.wait()).await;
        if worked.is_err() {
            tracing::warn!("work under way was cut off; it goes on at the next start");
        }
        tracing::info!("the shop is closed");
        served.map_err(|error| ServeError::System(error.to_string()))
    }
}

/// Lets a server that was told to stop take so long and no longer.
async fn bounded(
    server: impl Future<Output = std::io::Result<()>>,
    stop: &CancellationToken,
) -> std::io::Result<()> {
    let too_long = async {
        stop.cancelled().await;
        tokio::time::sleep(limits::SHUTDOWN_GRACE).await;
    };
    tokio::select! {
        served = server => served,
        () = too_long => Ok(()),
    }
}

fn listener_address(listener: &TcpListener) -> String {
    listener
        .local_addr()
        .map(|address| address.to_string())
        .unwrap_or_default()
}

fn leptos_options() -> Result<LeptosOptions, ServeError> {
    // Leptos.toml stands in the working folder, or beside the binary of an unpacked archive.
    let beside = binary_folder().map(|folder| folder.join("Leptos.toml"));
    let file = [Some(PathBuf::from("Leptos.toml")), beside]
        .into_iter()
        .flatten()
        .find(|p| p.is_file());
    let name = file.as_deref().and_then(Path::to_str);
    leptos::config::get_configuration(name)
        .map(|config| config.leptos_options)
        .map_err(|error| ServeError::Site(error.to_string()))
}

fn binary_folder() -> Option<PathBuf> {
    std::env::current_exe()
        .ok()?
        .parent()
        .map(Path::to_path_buf)
}

async fn listen(leptos: &LeptosOptions) -> Result<TcpListener, ServeError> {
    TcpListener::bind(leptos.site_addr)
        .await
        .map_err(|error| ServeError::Address {
            address: leptos.site_addr.to_string(),
            why: error.to_string(),
        })
}

fn bot_token(config: &Config) -> Result<BotToken, ServeError> {
    let token = config.bot_token.as_ref().ok_or(ServeError::NoToken)?;
    Ok(BotToken::parse(token.expose_secret())?)
}

pub(crate) fn telegram_client(config: &Config) -> Result<Client, ServeError> {
    Ok(Client::new(&config.telegram_api, bot_token(config)?)?)
}

async fn assemble(
    config: &Config,
    leptos: LeptosOptions,
    client: Client,
    shop: Shop,
    stop: &CancellationToken,
) -> Result<AppState, ServeError> {
    let sandbox = config.is_sandbox().then_some(config.telegram_api.as_str());
    let script = TelegramScript::open(&config.files, sandbox);
    let bot = Bot::new(client.clone(), &shop, config).await?;
    let beside = binary_folder().unwrap_or_default();
    let assets = AssetNames::read(&leptos, &beside).map_err(|e| ServeError::Site(e.to_string()))?;
    let development = leptos.env == leptos::config::Env::DEV;
    let https = config.public_url.starts_with("https://");
    let (name_of, url_of) = (bot.clone(), script.clone());
    let host = Host {
        sessions: Sessions::new(shop.secret("session").await?, config.session_seconds),
        bot_username: Arc::new(move || name_of.username()),
        public_url: config.public_url.as_str().into(),
        script_url: Arc::new(move || url_of.url()),
        assets: Arc::new(assets),
        leptos: Arc::new(leptos),
        telegram: client.clone(),
        token: bot_token(config)?,
        init_data_ages: AgeLimits::with_max_age(config.init_data_max_age_seconds.into()),
        shop: shop.clone(),
    };
    Ok(AppState {
        intake: Intake::new(shop, client),
        bot,
        script,
        host,
        streams: Arc::new(Semaphore::new(limits::STREAMS)),
        stop: stop.clone(),
        metrics: metrics::start().map_err(|e| ServeError::System(e.to_string()))?,
        security: SecurityHeaders::new(sandbox, development, https),
        download_origin: sandbox.unwrap_or("https://web.telegram.org").to_owned(),
    })
}

fn start_tasks(config: &Config, state: &AppState, client: Client, tasks: &TaskTracker) {
    let (shop, stop) = (&state.host.shop, &state.stop);
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(15))
        .build()
        .unwrap_or_default();
    tasks.spawn(state.script.clone().keep_fresh(http, stop.clone()));
    tasks.spawn(state.bot.clone().set_up(stop.clone()));
    tasks.spawn(workers::expiry::run(shop.clone(), stop.clone()));
    let inbox = workers::inbox::Inbox::new(shop.clone(), client.clone(), state.bot.clone());
    tasks.spawn(inbox.run(stop.clone()));
    let outbox = workers::outbox::Outbox::new(shop.clone(), client.clone(), state.bot.clone());
    tasks.spawn(outbox.run(stop.clone()));
    if config.updates == Updates::Polling {
        let polling =
            workers::polling::Polling::new(client, state.intake.clone(), state.bot.clone());
        tasks.spawn(polling.run(stop.clone()));
    }
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
