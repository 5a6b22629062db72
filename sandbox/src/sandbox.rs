//! The handle that every part of the sandbox shares.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{broadcast, mpsc};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::clock::ClockSetting;
use crate::event::Event;
use crate::kept::{self, KeptError};
use crate::keys::Keys;
use crate::limits::EVENT_BACKLOG;
use crate::lock::StateLock;
use crate::script::{Script, ScriptError};
use crate::state::{State, World};
use crate::user::User;
use crate::work::Job;

/// What a sandbox is started with.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The official script; without it, the usual places are searched.
    pub script_path: Option<PathBuf>,
    /// Seed of all identifiers; without it, they are random.
    pub seed: Option<u64>,
    /// Start with one user who has Stars.
    pub demo: bool,
    /// File that keeps the state; without it, the state ends with the sandbox.
    pub state_path: Option<PathBuf>,
    /// Script to play from the start, unless the state comes from a file.
    pub script: Option<PathBuf>,
    /// Where the clock stands still, seconds since 1970; without it, it runs.
    pub start_time: Option<i64>,
    /// Webhooks may be anywhere in a local network.
    pub is_local: bool,
    /// The rules of Telegram's test servers hold.
    pub is_test: bool,
}

/// Why a sandbox cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The HTTP client cannot be made.
    #[error("cannot set up the HTTP client: {0}")]
    Client(#[from] reqwest::Error),
    /// The state's file is not usable.
    #[error(transparent)]
    Kept(#[from] KeptError),
    /// The script is not usable.
    #[error(transparent)]
    Script(#[from] ScriptError),
}

impl BeginError {
    /// Stable, in snake_case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Client(_) => "http_client_unusable",
            Self::Kept(why) => why.code(),
            Self::Script(why) => why.code(),
        }
    }
}

/// One sandbox: its memory, its clock, its keys, its way out to the network.
#[derive(Debug)]
pub struct Sandbox {
    /// The one clock.
    pub clock: Arc<Clock>,
    /// Keys that sign initData for third parties.
    pub keys: Keys,
    /// Client for webhook deliveries.
    pub http: reqwest::Client,
    /// What it was started with.
    pub config: Config,
    /// Ends streams, polls and senders when the sandbox stops.
    pub stop: CancellationToken,
    /// One jump of the clock at a time.
    pub jump: tokio::sync::Mutex<()>,
    /// One writer of the state's file at a time.
    pub saving: Mutex<()>,
    /// Held while this sandbox keeps its world in a file.
    pub lock: Option<StateLock>,
    touched: AtomicBool,
    events: broadcast::Sender<Event>,
    state: Mutex<State>,
}

/// A shared sandbox.
pub type Shared = Arc<Sandbox>;

impl Sandbox {
    /// A fresh world, or the one in the state's file; and the jobs to be done for it,
    /// which [`crate::work::run`] takes.
    ///
    /// # Errors
    /// When the system has no usable TLS roots or sockets for the HTTP client, or a
    /// file is not usable.
    pub fn new(config: Config) -> Result<(Shared, mpsc::UnboundedReceiver<Job>), BeginError> {
        // A second sandbox in the same process finds the provider already set.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent("starfront-sandbox")
            .build()?;
        let script = config.script.as_deref().map(Script::load).transpose()?;
        let lock = config.state_path.as_deref().map(kept::lock).transpose()?;
        let kept = match &config.state_path {
            Some(path) => kept::load(path)?,
            None => None,
        };
        let is_new = kept.is_none();
        let (setting, world) = kept.unwrap_or_else(|| {
            let setting = ClockSetting {
                still_ms: config
                    .start_time
                    .map(|seconds| seconds.saturating_mul(1000)),
                offset_ms: 0,
            };
            (setting, World::new(config.seed))
        });
        let clock = Arc::new(Clock::new(setting));
        let (events, _) = broadcast::channel(EVENT_BACKLOG);
        let (jobs, waiting) = mpsc::unbounded_channel();
        let mut state = State::new(world, clock.clone(), events.clone(), jobs);
        if is_new && config.demo {
            let mila = User {
                username: Some("mila".into()),
                language_code: Some("en".into()),
                ..User::named("Mila")
            };
            state.add_user(mila, 1_000);
        }
        if let Some(script) = script.filter(|_| is_new) {
            state.play(&script)?;
        }
        let sandbox = Self {
            clock,
            keys: Keys::default(),
            http,
            config,
            stop: CancellationToken::new(),
            jump: tokio::sync::Mutex::default(),
            saving: Mutex::default(),
            lock,
            touched: AtomicBool::new(true),
            events,
            state: Mutex::new(state),
        };
        Ok((Arc::new(sandbox), waiting))
    }

    /// Locks the memory, with everything done that is due. Never held across an await.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.touched.store(true, Ordering::SeqCst);
        let mut state = self.raw_state();
        state.catch_up();
        state
    }

    /// Locks the memory as it is, to look at it without changing it.
    pub fn raw_state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether anybody has had their hands on the memory since the last time this was
    /// asked.
    pub fn was_touched(&self) -> bool {
        self.touched.swap(false, Ordering::SeqCst)
    }

    /// A listener for what happens from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }
}
