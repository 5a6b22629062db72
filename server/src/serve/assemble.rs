//! Puts the parts of a shop together.

use std::{collections::HashSet, sync::Arc, time::Duration};

use app::{host::Host, session::Sessions};
use leptos::config::LeptosOptions;
use secrecy::ExposeSecret;
use shop::Shop;
use telegram::{BotToken, Client, init_data::AgeLimits};
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{ServeError, site};
use crate::{
    bot::{Bot, replies::Replies},
    clock::{self, SandboxClock},
    config::{Config, Updates},
    intake::Intake,
    layers::security::SecurityHeaders,
    limits, metrics,
    state::AppState,
    web::script::{ScriptSource, TelegramScript},
    workers::{
        self, crew, inbox::Inbox, outbox::Outbox, pace::Pace, polling::Polling,
        reconcile::Reconciler, supervise::Keeper,
    },
};

/// Where Telegram's web client reads downloads from.
const TELEGRAM_WEB: &str = "https://web.telegram.org";

pub(super) async fn assemble(
    config: &Config,
    leptos: LeptosOptions,
    shop: Shop,
    stop: &CancellationToken,
) -> Result<AppState, ServeError> {
    let client = telegram_client(config)?;
    let bot = Bot::new(client.clone(), &shop, config).await?;
    let script = TelegramScript::open(&config.files).await;
    let stand_in = config.stand_in_origin();
    // Set by tools that watch the sources; the page then holds a script that reloads it.
    let live_reload = std::env::var_os("LEPTOS_WATCH").is_some();
    let https = config.public_url.starts_with("https://");
    let host = Host {
        sessions: Sessions::new(shop.secret("session").await?, config.session_seconds),
        bot_username: Arc::new({
            let bot = bot.clone();
            move || bot.username()
        }),
        public_url: config.public_url.as_str().into(),
        script_url: Arc::new({
            let script = script.clone();
            move || script.url()
        }),
        assets: Arc::new(site::assets(&leptos)?),
        leptos: Arc::new(leptos),
        telegram: client.clone(),
        token: bot_token(config)?,
        init_data_ages: AgeLimits::with_max_age(config.init_data_max_age_seconds.into()),
        shop: shop.clone(),
        clock: clock::now,
    };
    Ok(AppState {
        intake: Intake::new(shop, client),
        bot,
        script,
        host,
        streams: Arc::new(Semaphore::new(limits::STREAMS)),
        stop: stop.clone(),
        metrics: metrics::start().map_err(|error| ServeError::System(error.to_string()))?,
        security: SecurityHeaders::new(stand_in.as_deref(), live_reload, https),
        download_origins: Arc::new(download_origins(stand_in)),
    })
}

fn download_origins(stand_in: Option<String>) -> HashSet<String> {
    stand_in
        .into_iter()
        .chain([TELEGRAM_WEB.to_owned()])
        .collect()
}

/// Starts all that goes on beside answering requests.
pub(super) fn start_tasks(
    config: &Config,
    state: &AppState,
    clock: Option<SandboxClock>,
    tasks: &TaskTracker,
) {
    let (shop, bot) = (&state.host.shop, &state.bot);
    let client = &state.host.telegram;
    let pace = Arc::new(Pace::new(config.processes));
    let every = Duration::from_secs(config.reconcile_seconds.into());
    let source = ScriptSource::new(config.stand_in());
    let keeper = Keeper::new(tasks, &state.stop);
    let script = state.script.clone();
    keeper.keep("script", move |stop| {
        script.clone().keep_fresh(source.clone(), stop)
    });
    keeper.keep("bot", {
        let bot = bot.clone();
        move |stop| bot.clone().keep_set_up(every, stop)
    });
    if let Some(clock) = clock {
        keeper.keep("clock", move |stop| clock.clone().follow(stop));
    }
    let reconciler = Reconciler::new(shop.clone(), client.clone(), pace.clone());
    keeper.keep("expiry", {
        let (shop, looked) = (shop.clone(), reconciler.looked());
        move |stop| workers::expiry::run(shop.clone(), looked.clone(), stop)
    });
    keeper.keep("housekeeping", {
        let (shop, metrics) = (shop.clone(), state.metrics.clone());
        move |stop| workers::housekeeping::run(shop.clone(), metrics.clone(), stop)
    });
    let replies = Replies::new(shop.clone(), client.clone(), bot.clone(), pace.clone());
    let inbox = Inbox::new(shop.clone(), replies);
    keeper.keep("inbox", move |stop| crew::run(inbox.clone(), stop));
    keeper.keep("reconcile", {
        let reconciler = reconciler.clone();
        move |stop| reconciler.clone().run(every, stop)
    });
    let outbox = Outbox::new(shop.clone(), client.clone(), bot.clone(), reconciler, pace);
    keeper.keep("outbox", move |stop| crew::run(outbox.clone(), stop));
    if config.updates == Updates::Polling {
        let intake = state.intake.clone();
        let polling = Polling::new(client.clone(), intake, bot.clone(), tasks.clone());
        keeper.keep("polling", move |stop| polling.clone().run(stop));
    }
}

fn bot_token(config: &Config) -> Result<BotToken, ServeError> {
    let token = config.bot_token.as_ref().ok_or(ServeError::NoToken)?;
    Ok(BotToken::parse(token.expose_secret())?)
}

/// The client for the bot that the settings name.
pub(crate) fn telegram_client(config: &Config) -> Result<Client, ServeError> {
    Ok(Client::new(&config.telegram_api, bot_token(config)?)?)
}
