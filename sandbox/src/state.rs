//! The sandbox's memory. One lock guards it; each noun's module adds its own
//! methods to [`State`].

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::{broadcast, mpsc};

use crate::affiliate::Referral;
use crate::agenda::Agenda;
use crate::bot::Bot;
use crate::charge::Charge;
use crate::chat::Chat;
use crate::choices::Choices;
use crate::clock::Clock;
use crate::community::Community;
use crate::event::Event;
use crate::fault::{Faults, UpdateFault};
use crate::file::StoredFile;
use crate::form::Form;
use crate::ids::Ids;
use crate::inline::{PreparedMessage, WebAppQuery};
use crate::invoice::Invoice;
use crate::journal::Journal;
use crate::limits::FIRST_UPDATE_IDS;
use crate::methods::callback::PendingCallback;
use crate::precheck::PreCheckout;
use crate::sticker::StickerSet;
use crate::subscription::Subscription;
use crate::update::{Delivery, Queue, Update};
use crate::user::Account;
use crate::work::Job;

/// Everything that the sandbox knows.
#[derive(Debug)]
pub struct State {
    /// What is kept in a file, if the sandbox keeps one.
    pub world: World,
    /// The one clock.
    pub clock: Arc<Clock>,
    /// The time of the deed that is being done, milliseconds; the clock may be ahead.
    pub moment_ms: Option<i64>,
    /// What the network leaves to chance. Apart from the identifiers: which ones are drawn must
    /// not depend on when a bot answers.
    pub chance: Ids,
    /// Pre-checkout queries that wait for an answer, by query id.
    pub prechecks: BTreeMap<i64, PreCheckout>,
    /// The latest calls.
    pub journal: Journal,
    /// Where work goes that waits for a bot.
    pub jobs: mpsc::UnboundedSender<Job>,
    /// Jobs that were handed over and have not begun.
    pub starting: usize,
    /// Pre-checkout queries that were answered, and of which nothing has come yet.
    pub ending: usize,
    events: broadcast::Sender<Event>,
}

/// The part of the memory that outlives the sandbox when it keeps its state in a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct World {
    /// Source of identifiers.
    pub ids: Ids,
    /// Bots by id.
    pub bots: BTreeMap<i64, Bot>,
    /// Users by id.
    pub users: BTreeMap<i64, Account>,
    /// Chats by bot and the other side: a user, a group or a channel.
    #[serde(with = "crate::pairs")]
    pub chats: BTreeMap<(i64, i64), Chat>,
    /// Files by `file_id`.
    pub files: BTreeMap<String, StoredFile>,
    /// Invoices by slug.
    pub invoices: BTreeMap<String, Invoice>,
    /// Forms that buyers have open, by id.
    #[serde(default)]
    pub forms: BTreeMap<i64, Form>,
    /// Payments by charge id.
    pub charges: BTreeMap<String, Charge>,
    /// Subscriptions by the charge id of their first payment.
    pub subscriptions: BTreeMap<String, Subscription>,
    /// Buyers who came through an affiliate, by bot and buyer.
    #[serde(with = "crate::pairs")]
    pub referrals: BTreeMap<(i64, i64), Referral>,
    /// Groups and channels by chat id.
    pub communities: BTreeMap<i64, Community>,
    /// Sticker sets by the key of their name.
    pub sticker_sets: BTreeMap<String, StickerSet>,
    /// How many of each gift were given.
    pub gifts_sold: BTreeMap<i64, i64>,
    /// Pressed buttons that wait for an answer, by query id.
    pub callbacks: BTreeMap<i64, PendingCallback>,
    /// Mini App launches that can send a message, by query id.
    pub web_app_queries: BTreeMap<String, WebAppQuery>,
    /// Messages prepared for sharing, by id.
    pub prepared: BTreeMap<String, PreparedMessage>,
    /// What is to happen later.
    pub agenda: Agenda,
    /// What is set to go wrong.
    pub faults: Faults,
    /// What holds where Telegram's behaviour is not known.
    pub choices: Choices,
}

impl World {
    /// An empty one.
    #[must_use]
    pub fn new(seed: Option<u64>) -> Self {
        Self {
            ids: Ids::new(seed),
            bots: BTreeMap::new(),
            users: BTreeMap::new(),
            chats: BTreeMap::new(),
            files: BTreeMap::new(),
            invoices: BTreeMap::new(),
            forms: BTreeMap::new(),
            charges: BTreeMap::new(),
            subscriptions: BTreeMap::new(),
            referrals: BTreeMap::new(),
            communities: BTreeMap::new(),
            sticker_sets: BTreeMap::new(),
            gifts_sold: BTreeMap::new(),
            callbacks: BTreeMap::new(),
            web_app_queries: BTreeMap::new(),
            prepared: BTreeMap::new(),
            agenda: Agenda::default(),
            faults: Faults::default(),
            choices: Choices::default(),
        }
    }
}

impl Deref for State {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl DerefMut for State {
    fn deref_mut(&mut self) -> &mut World {
        &mut self.world
    }
}

impl State {
    /// The memory around a world.
    #[must_use]
    pub fn new(
        world: World,
        clock: Arc<Clock>,
        events: broadcast::Sender<Event>,
        jobs: mpsc::UnboundedSender<Job>,
    ) -> Self {
        Self {
            chance: Ids::new(Some(world.ids.seed())),
            world,
            clock,
            moment_ms: None,
            prechecks: BTreeMap::new(),
            journal: Journal::default(),
            jobs,
            starting: 0,
            ending: 0,
            events,
        }
    }

    /// Milliseconds since 1970: the clock's, or those of the deed that is being done.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.moment_ms.unwrap_or_else(|| self.clock.now_ms())
    }

    /// Seconds since 1970, as Telegram writes dates.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.now_ms() / 1000
    }

    /// Whether any window listens; what only windows need is not made for nobody.
    #[must_use]
    pub fn is_watched(&self) -> bool {
        self.events.receiver_count() > 0
    }

    /// Tells the windows. Nobody listening is fine.
    pub fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// Queues an update, unless the bot does not want its kind or a fault eats it.
    pub fn push_update(&mut self, bot_id: i64, kind: &str, payload: Value, queue: Queue) {
        self.push_update_as(bot_id, kind, payload, queue, Delivery::Normal);
    }

    /// Queues an update that takes an unusual way.
    pub fn push_update_as(
        &mut self,
        bot_id: i64,
        kind: &str,
        payload: Value,
        queue: Queue,
        delivery: Delivery,
    ) {
        let now_ms = self.now_ms();
        let World {
            ids, bots, faults, ..
        } = &mut self.world;
        let bot = bots.get_mut(&bot_id);
        let Some(bot) = bot.filter(|bot| bot.updates.wants(kind)) else {
            return;
        };
        // Only now: a fault is not spent on what the bot would never have heard.
        let fault = faults.for_update(bot_id, kind, &payload);
        let number = || ids.between(FIRST_UPDATE_IDS);
        bot.updates.renumber_after_rest(now_ms, number);
        let mut payload = payload;
        if fault.as_ref().is_some_and(UpdateFault::is_strange) {
            garnish(&mut payload);
        }
        let update = Update::new(kind, payload, queue, now_ms);
        let delivery = fault.and_then(|fault| fault.delivery()).unwrap_or(delivery);
        let keeps_number = bot.webhook.is_set();
        bot.updates.accept(update, delivery, keeps_number);
        bot.wake.notify_waiters();
    }
}

/// Adds fields that no Bot API has yet, to the update's payload and one level below.
fn garnish(payload: &mut Value) {
    let Some(fields) = payload.as_object_mut() else {
        return;
    };
    for inner in fields.values_mut() {
        if let Some(inner) = inner.as_object_mut() {
            inner.insert("sandbox_unknown_field".into(), json!(true));
        }
    }
    let unknown = json!({ "type": "sandbox_unknown", "list": [1, null, "two"] });
    fields.insert("sandbox_unknown_field".into(), unknown);
}
