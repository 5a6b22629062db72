//! The sandbox's memory. One lock guards it; each noun's module adds its own
//! methods to [`State`].

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::broadcast;

use crate::bot::Bot;
use crate::chat::Chat;
use crate::clock::Clock;
use crate::event::Event;
use crate::fault::Faults;
use crate::file::StoredFile;
use crate::ids::Ids;
use crate::inline::{PreparedMessage, WebAppQuery};
use crate::invoice::Invoice;
use crate::journal::Journal;
use crate::methods::callback::PendingCallback;
use crate::payment::Charge;
use crate::precheck::PreCheckout;
use crate::subscription::Subscription;
use crate::update::{Delivery, Queue, Update};
use crate::user::Account;

/// Everything that the sandbox knows.
#[derive(Debug)]
pub struct State {
    /// The one clock.
    pub clock: Arc<Clock>,
    /// Source of identifiers.
    pub ids: Ids,
    /// Bots by id.
    pub bots: BTreeMap<i64, Bot>,
    /// Users by id.
    pub users: BTreeMap<i64, Account>,
    /// Private chats by bot and user.
    pub chats: HashMap<(i64, i64), Chat>,
    /// Files by `file_id`.
    pub files: HashMap<String, StoredFile>,
    /// Invoices by slug.
    pub invoices: HashMap<String, Invoice>,
    /// Payments by charge id.
    pub charges: HashMap<String, Charge>,
    /// Subscriptions by the charge id of their first payment.
    pub subscriptions: BTreeMap<String, Subscription>,
    /// Pre-checkout queries that wait for an answer, by query id.
    pub prechecks: HashMap<i64, PreCheckout>,
    /// Pressed buttons that wait for an answer, by query id.
    pub callbacks: HashMap<i64, PendingCallback>,
    /// Mini App launches that can send a message, by query id.
    pub web_app_queries: HashMap<String, WebAppQuery>,
    /// Messages prepared for sharing, by id.
    pub prepared: HashMap<String, PreparedMessage>,
    /// What is set to go wrong.
    pub faults: Faults,
    /// The latest calls.
    pub journal: Journal,
    events: broadcast::Sender<Event>,
}

impl State {
    /// An empty world.
    #[must_use]
    pub fn new(clock: Arc<Clock>, seed: Option<u64>, events: broadcast::Sender<Event>) -> Self {
        Self {
            clock,
            ids: Ids::new(seed),
            bots: BTreeMap::new(),
            users: BTreeMap::new(),
            chats: HashMap::new(),
            files: HashMap::new(),
            invoices: HashMap::new(),
            charges: HashMap::new(),
            subscriptions: BTreeMap::new(),
            prechecks: HashMap::new(),
            callbacks: HashMap::new(),
            web_app_queries: HashMap::new(),
            prepared: HashMap::new(),
            faults: Faults::default(),
            journal: Journal::default(),
            events,
        }
    }

    /// Tells the windows. Nobody listening is fine.
    pub fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// Queues an update, unless the bot does not want its kind or a fault eats it.
    pub fn push_update(&mut self, bot_id: i64, kind: &'static str, payload: Value, queue: Queue) {
        self.push_update_as(bot_id, kind, payload, queue, Delivery::Normal);
    }

    /// Queues an update that takes an unusual way.
    pub fn push_update_as(
        &mut self,
        bot_id: i64,
        kind: &'static str,
        payload: Value,
        queue: Queue,
        delivery: Delivery,
    ) {
        let fault = self.faults.for_update(bot_id, kind, &payload);
        let delivery = fault.map_or(delivery, |fault| fault.delivery());
        let now_ms = self.clock.now_ms();
        let Some(bot) = self
            .bots
            .get_mut(&bot_id)
            .filter(|bot| bot.updates.wants(kind))
        else {
            return;
        };
        let mut update = Update::new(kind, payload, queue, now_ms);
        match delivery {
            Delivery::Lost => return,
            Delivery::Late(late_ms) => {
                update.wake_ms += late_ms;
                bot.updates.defer(update);
            }
            Delivery::Doubled => bot.updates.push(Update {
                repeats: 1,
                ..update
            }),
            Delivery::Normal => bot.updates.push(update),
        }
        bot.wake.notify_waiters();
    }
}
