//! The queue itself: order, acknowledgement, retries.

use std::collections::{HashSet, VecDeque};

use serde_json::Value;

use super::{KINDS, ON_DEMAND, Update};
use crate::limits::UPDATES_PER_BOT;

/// Updates in the order in which they happened.
#[derive(Debug)]
pub struct UpdateQueue {
    pub(super) items: VecDeque<Update>,
    late: Vec<Update>,
    next_id: i64,
    allowed: Option<HashSet<&'static str>>,
}

impl UpdateQueue {
    /// An empty queue.
    #[must_use]
    pub fn new(first_id: i64) -> Self {
        Self {
            items: VecDeque::new(),
            late: Vec::new(),
            next_id: first_id,
            allowed: None,
        }
    }

    /// Whether the bot wants this kind.
    #[must_use]
    pub fn wants(&self, kind: &str) -> bool {
        match &self.allowed {
            None => !ON_DEMAND.contains(&kind),
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
        let wanted: HashSet<&'static str> = names
            .iter()
            .filter_map(|name| name.as_str().map(str::to_lowercase))
            .filter_map(|name| KINDS.iter().copied().find(|kind| *kind == name))
            .collect();
        let is_default = wanted.is_empty()
            || KINDS
                .iter()
                .all(|kind| wanted.contains(kind) != ON_DEMAND.contains(kind));
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
                .filter(|kind| kinds.contains(kind))
                .collect(),
        )
    }

    /// Appends an update and numbers it.
    pub fn push(&mut self, mut update: Update) {
        update.id = self.next_id;
        self.next_id += 1;
        if self.items.len() == UPDATES_PER_BOT {
            self.items.pop_front();
        }
        self.items.push_back(update);
    }

    /// Keeps an update back until its `wake_ms`; it is numbered only then.
    pub fn defer(&mut self, update: Update) {
        self.late.push(update);
    }

    /// Drops what is too old and lets in what was kept back until now.
    pub fn settle(&mut self, now_ms: i64) {
        self.items
            .retain(|update| update.in_flight || update.expires_ms > now_ms);
        for update in self
            .late
            .extract_if(.., |update| update.wake_ms <= now_ms)
            .collect::<Vec<_>>()
        {
            self.push(update);
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.items.clear();
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

    /// Takes note of a poll's offset and returns a page. A negative offset
    /// keeps only that many of the newest. Source: tdlib/telegram-bot-api
    /// Client.cpp `do_get_updates`.
    pub fn poll(&mut self, offset: i64, limit: usize, now_ms: i64) -> Vec<Update> {
        if offset < 0 {
            let keep = usize::try_from(-offset).unwrap_or(usize::MAX);
            let extra = self.items.len().saturating_sub(keep);
            self.items.drain(..extra);
        } else if (1..=self.next_id).contains(&offset) {
            self.items.retain_mut(|update| {
                let stays = update.id >= offset || update.repeats > 0;
                if update.id < offset {
                    update.repeats = update.repeats.saturating_sub(1);
                }
                stays
            });
        }
        let ready = self.items.iter().filter(|update| update.wake_ms <= now_ms);
        ready.take(limit).cloned().collect()
    }

    /// When something that waits becomes ready, milliseconds.
    #[must_use]
    pub fn next_wake(&self, now_ms: i64) -> Option<i64> {
        let waiting = self
            .items
            .iter()
            .chain(&self.late)
            .map(|update| update.wake_ms);
        waiting.filter(|wake| *wake > now_ms).min()
    }

    /// How many deliveries are under way.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.items.iter().filter(|update| update.in_flight).count()
    }

    /// Picks up to `room` updates for delivery, the first of each idle queue,
    /// and marks them.
    pub fn start(&mut self, room: usize, now_ms: i64) -> Vec<Update> {
        let mut seen = HashSet::new();
        let mut started = Vec::new();
        for update in &mut self.items {
            let is_first = seen.insert(update.queue);
            let is_ready = is_first && !update.in_flight && update.wake_ms <= now_ms;
            if is_ready && started.len() < room {
                update.in_flight = true;
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
                self.items.remove(at);
            } else {
                update.repeats -= 1;
                update.in_flight = false;
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
            self.items.remove(at);
            return;
        }
        update.wake_ms = wake_ms;
        update.fails += 1;
        update.in_flight = false;
    }

    /// Forgets deliveries under way, when the webhook they went to is gone.
    pub fn release(&mut self) {
        for update in &mut self.items {
            update.in_flight = false;
        }
    }
}
