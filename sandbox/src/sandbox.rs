//! The handle that every part of the sandbox shares.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::event::Event;
use crate::keys::Keys;
use crate::limits::EVENT_BACKLOG;
use crate::state::State;

/// What a sandbox is started with.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The official script; without it, the usual places are searched.
    pub script_path: Option<PathBuf>,
    /// Seed of all identifiers; without it, they are random.
    pub seed: Option<u64>,
    /// Start with one user who has Stars.
    pub demo: bool,
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
    events: broadcast::Sender<Event>,
    state: Mutex<State>,
}

/// A shared sandbox.
pub type Shared = Arc<Sandbox>;

impl Sandbox {
    /// A fresh world.
    ///
    /// # Errors
    /// When the system has no usable TLS roots or sockets for the HTTP client.
    pub fn new(config: Config) -> Result<Shared, reqwest::Error> {
        // A second sandbox in the same process finds the provider already set.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent("starfront-sandbox")
            .build()?;
        let clock = Arc::new(Clock::default());
        let (events, _) = broadcast::channel(EVENT_BACKLOG);
        let mut state = State::new(clock.clone(), config.seed, events.clone());
        if config.demo {
            state.add_demo_user();
        }
        Ok(Arc::new(Self {
            clock,
            keys: Keys::default(),
            http,
            config,
            stop: CancellationToken::new(),
            events,
            state: Mutex::new(state),
        }))
    }

    /// Locks the memory. Never held across an await.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A listener for what happens from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }
}

impl State {
    fn add_demo_user(&mut self) {
        let mila = crate::user::User {
            id: 0,
            first_name: "Mila".into(),
            last_name: None,
            username: Some("mila".into()),
            language_code: Some("en".into()),
            is_premium: false,
            photo_url: None,
        };
        self.add_user(mila, 1_000);
    }
}
