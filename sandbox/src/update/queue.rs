//! The queue itself: order, acknowledgement, retries.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Delivery, KINDS, ON_DEMAND, Queue, UNNUMBERED, Update};
use crate::limits::{UPDATE_REST_MS, UPDATES_PAGE_BYTES, UPDATES_PER_BOT};

/// Updates in the order in which they happened.
#[derive(Debug, Serialize, Deserialize)]
pub struct UpdateQueue {
    pub(super) items: VecDeque<Update>,
    late: Vec<Update>,
    next_id: i64,
    /// When the newest came, milliseconds; 0 before the first.
    #[serde(default)]
    newest_ms: i64,
    allowed: Option<BTreeSet<String>>,
    /// Deliveries under way, by the update's number.
    #[serde(skip)]
    flying: HashSet<i64>,
    /// How many updates of each queue wait; says when a search has seen them all.
    #[serde(skip)]
    waiting: HashMap<Queue, usize>,
    /// Nothing expires before this, milliseconds.
    #[serde(skip)]
    fresh_until_ms: i64,
    /// Every retry is due by then, milliseconds.
    #[serde(skip)]
    retries_until_ms: i64,
}

impl UpdateQueue {
    /// An empty queue.
    #[must_use]
    pub fn new(first_id: i64) -> Self {
        Self {
            items: VecDeque::new(),
            late: Vec::new(),
            next_id: first_id,
            newest_ms: 0,
            allowed: None,
            flying: HashSet::new(),
            waiting: HashMap::new(),
            fresh_until_ms: i64::MAX,
            retries_until_ms: i64::MIN,
        }
    }

    /// Forgets deliveries under way, when the webhook they went to is gone, and counts
    /// anew what waits.
    pub fn release(&mut self) {
        self.flying.clear();
        self.waiting.clear();
        for update in &self.items {
            *self.waiting.entry(update.queue).or_default() += 1;
        }
        let expiries = self.items.iter().map(|update| update.expires_ms);
        self.fresh_until_ms = expiries.min().unwrap_or(i64::MAX);
        let wakes = self.items.iter().map(|update| update.wake_ms);
        self.retries_until_ms = wakes.max().unwrap_or(i64::MIN);
    }

    /// Whether the bot wants this kind.
    #[must_use]
    pub fn wants(&self, kind: &str) -> bool {
        match &self.allowed {
            None => !ON_DEMAND.contains(&kind),
            // A kind of the future reaches nobody who chose from today's list.
            Some(kinds) => kinds.contains(kind),
        }
    }

    /// Sets the wanted kinds from `allowed_updates`; an unreadable list changes
    /// nothing, an empty one or one of unknown names restores the default.
    /// Source: tdlib/telegram-bot-api Client.cpp `get_allowed_update_types`.
    pub fn allow(&mut self, list: &Value) {
        let Some(names) = list.as_array() else { return };
        if names.iter().any(|name| !name.is_string()) {
            return;
        }
        let wanted: BTreeSet<String> = names
            .iter()
            .filter_map(|name| name.as_str().map(str::to_lowercase))
            .filter(|name| KINDS.contains(&name.as_str()))
            .collect();
        let is_default = wanted.is_empty()
            || KINDS
                .iter()
                .all(|kind| wanted.contains(*kind) != ON_DEMAND.contains(kind));
        self.allowed = (!is_default).then_some(wanted);
    }

    /// The wanted kinds when they are not the default ones.
    #[must_use]
    pub fn allowed(&self) -> Option<Vec<&'static str>> {
        let kinds = self.allowed.as_ref()?;
        Some(
            KINDS
                .iter()
                .copied()
                .filter(|kind| kinds.contains(*kind))
                .collect(),
        )
    }

    /// Gives the next update a number of its own when there was none for a week.
    pub fn renumber_after_rest(&mut self, now_ms: i64, number: impl FnOnce() -> i64) {
        if self.newest_ms > 0 && now_ms - self.newest_ms >= UPDATE_REST_MS {
            self.next_id = number();
        }
    }

    /// Appends an update and numbers it.
    pub fn push(&mut self, update: Update) {
        let wake_ms = update.wake_ms;
        self.append(update);
        let swapped: Vec<_> = self.late.extract_if(.., |late| late.is_swapped).collect();
        for late in swapped {
            self.append(Update { wake_ms, ..late });
        }
    }

    /// The number of the next update.
    fn number(&mut self) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        id
    }

    fn append(&mut self, mut update: Update) {
        if update.id == UNNUMBERED {
            update.id = self.number();
        }
        self.newest_ms = self.newest_ms.max(update.wake_ms);
        if self.items.len() == UPDATES_PER_BOT {
            self.take(0);
        }
        *self.waiting.entry(update.queue).or_default() += 1;
        self.fresh_until_ms = self.fresh_until_ms.min(update.expires_ms);
        self.items.push_back(update);
    }

    /// Takes the update at a place out.
    fn take(&mut self, at: usize) {
        if let Some(update) = self.items.remove(at) {
            self.flying.remove(&update.id);
            if let Some(count) = self.waiting.get_mut(&update.queue) {
                *count -= 1;
                if *count == 0 {
                    self.waiting.remove(&update.queue);
                }
            }
        }
    }

    /// Keeps only what `stays`.
    fn keep(&mut self, mut stays: impl FnMut(&mut Update, bool) -> bool) {
        let flying = std::mem::take(&mut self.flying);
        self.items
            .retain_mut(|update| stays(update, flying.contains(&update.id)));
        self.release();
        let left = self.items.iter().map(|update| update.id);
        self.flying = left.filter(|id| flying.contains(id)).collect();
    }

    /// Takes an update in on the way that it is to go. One that is kept back keeps its number
    /// towards a webhook (`keeps_number`), so that a higher one arrives before it, as at Telegram;
    /// a poll would acknowledge it unseen, and it is numbered when it comes in.
    pub fn accept(&mut self, mut update: Update, delivery: Delivery, keeps_number: bool) {
        if let (Delivery::Late(_) | Delivery::Swapped(_), true) = (delivery, keeps_number) {
            update.id = self.number();
        }
        match delivery {
            Delivery::Lost => {}
            Delivery::Late(late_ms) => {
                update.wake_ms = update.wake_ms.saturating_add(late_ms);
                self.defer(update);
            }
            Delivery::Swapped(late_ms) => {
                update.wake_ms = update.wake_ms.saturating_add(late_ms);
                update.is_swapped = true;
                self.defer(update);
            }
            Delivery::Doubled => self.push(Update {
                repeats: 1,
                ..update
            }),
            Delivery::Unheard => self.push(Update {
                is_unheard: true,
                ..update
            }),
            Delivery::Normal => self.push(update),
        }
    }

    /// Keeps an update back until its `wake_ms`.
    pub fn defer(&mut self, update: Update) {
        self.late.push(update);
    }

    /// Drops what is too old and lets in what was kept back until now.
    pub fn settle(&mut self, now_ms: i64) {
        if self.fresh_until_ms <= now_ms {
            self.keep(|update, flies| flies || update.expires_ms > now_ms);
        }
        for update in self
            .late
            .extract_if(.., |update| update.wake_ms <= now_ms)
            .collect::<Vec<_>>()
        {
            self.append(update);
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.keep(|_, _| false);
    }

    /// How many wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether none waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Takes note of a poll's offset and returns a page, which ends after so many bytes. A
    /// negative offset keeps only that many of the newest, one beyond the next number is ignored. Source: tdlib/telegram-bot-api
    /// Client.cpp `do_get_updates`.
    pub fn poll(&mut self, offset: i64, limit: usize, now_ms: i64) -> Vec<Update> {
        if offset < 0 {
            let keep = usize::try_from(-offset).unwrap_or(usize::MAX);
            let extra = self.items.len().saturating_sub(keep);
            for _ in 0..extra {
                self.take(0);
            }
        } else if (1..=self.next_id).contains(&offset) {
            self.acknowledge(offset);
        }
        let ready = self.items.iter().filter(|update| update.wake_ms <= now_ms);
        let mut bytes = 0;
        let fits = |update: &&Update| {
            let begins_within = bytes < UPDATES_PAGE_BYTES;
            bytes += update.bytes();
            begins_within
        };
        ready.take(limit).take_while(fits).cloned().collect()
    }

    /// The updates before `offset` have arrived; those that come twice, or whose first answer
    /// got lost, stay once more.
    fn acknowledge(&mut self, offset: i64) {
        let mut at = 0;
        while self.items.get(at).is_some_and(|update| update.id < offset) {
            let update = &mut self.items[at];
            if update.is_unheard {
                update.is_unheard = false;
                at += 1;
            } else if update.repeats == 0 {
                self.take(at);
            } else {
                update.repeats -= 1;
                at += 1;
            }
        }
    }

    /// When something that waits becomes ready, milliseconds.
    #[must_use]
    pub fn next_wake(&self, now_ms: i64) -> Option<i64> {
        let retry = self.next_retry(now_ms).into_iter();
        retry.chain(self.next_late(now_ms)).min()
    }

    /// When the next failed delivery is tried again, milliseconds.
    #[must_use]
    pub fn next_retry(&self, now_ms: i64) -> Option<i64> {
        if self.retries_until_ms <= now_ms {
            return None;
        }
        let wakes = self.items.iter().map(|update| update.wake_ms);
        wakes.filter(|wake| *wake > now_ms).min()
    }

    /// When the next update that was kept back comes in, milliseconds.
    #[must_use]
    pub fn next_late(&self, now_ms: i64) -> Option<i64> {
        let wakes = self.late.iter().map(|update| update.wake_ms);
        wakes.filter(|wake| *wake > now_ms).min()
    }

    /// Whether a delivery is under way, or the first of some queue may leave now.
    #[must_use]
    pub fn has_ready(&self, now_ms: i64) -> bool {
        let mut seen = HashSet::new();
        let is_due = |update: &Update| update.wake_ms <= now_ms && update.expires_ms > now_ms;
        self.late.iter().any(|update| update.wake_ms <= now_ms)
            || self.items.iter().any(|update| {
                let is_first = seen.insert(update.queue);
                self.flying.contains(&update.id) || (is_first && is_due(update))
            })
    }

    /// How many deliveries are under way.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.flying.len()
    }

    /// Picks updates for delivery, the first of each idle queue, until `most` are under way.
    pub fn start(&mut self, most: usize, now_ms: i64) -> Vec<Update> {
        let mut seen = HashSet::new();
        let mut started = Vec::new();
        for update in &self.items {
            if self.flying.len() >= most || seen.len() == self.waiting.len() {
                break;
            }
            let is_first = seen.insert(update.queue);
            if is_first && update.wake_ms <= now_ms && self.flying.insert(update.id) {
                started.push(update.clone());
            }
        }
        started
    }

    /// A delivery succeeded: the update leaves, or comes again when it is to be doubled.
    pub fn delivered(&mut self, id: i64) {
        if let Some(at) = self.items.iter().position(|update| update.id == id) {
            let update = &mut self.items[at];
            if update.repeats == 0 {
                self.take(at);
            } else {
                update.repeats -= 1;
                self.flying.remove(&id);
            }
        }
    }

    /// A delivery failed: the update waits or, when it would be too old by then,
    /// leaves. `bound_seconds` ends the doubling of the delay. Source:
    /// tdlib/telegram-bot-api WebhookActor.cpp `on_update_error`.
    pub fn failed(&mut self, id: i64, retry_after: i64, bound_seconds: i64, now_ms: i64) {
        let Some(at) = self.items.iter().position(|update| update.id == id) else {
            return;
        };
        let update = &mut self.items[at];
        let mut wait = retry_after;
        if retry_after == 0 && update.fails > 0 {
            update.delay_seconds = bound_seconds.min(update.delay_seconds * 2);
            wait = update.delay_seconds;
        }
        let wake_ms = now_ms + wait * 1000;
        if wake_ms > update.expires_ms {
            self.take(at);
            return;
        }
        update.wake_ms = wake_ms;
        update.is_unheard = false;
        update.fails += 1;
        self.flying.remove(&id);
        self.retries_until_ms = self.retries_until_ms.max(wake_ms);
    }
}
