//! A bot's queue of updates.
//!
//! Updates of one [`Queue`] leave strictly one by one; different queues do not
//! wait for each other. Both ways out, polling and webhook, use this queue.

use std::collections::{HashSet, VecDeque};

use serde_json::{Value, json};

use crate::limits::{PRECHECKOUT_UPDATE_SECONDS, UPDATE_SECONDS, UPDATES_PER_BOT};

/// Kinds that a bot gets only when it asks for them by name. Source:
/// tdlib/telegram-bot-api Client.h `DEFAULT_ALLOWED_UPDATE_TYPES`.
const ON_DEMAND: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// Every update kind. Source: Bot API 10.3, `Update`.
pub const KINDS: [&str; 27] = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "message_reaction",
    "message_reaction_count",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
    "guest_message",
    "managed_bot",
    "subscription",
    "stopped_message_generation",
];

/// What must stay in order. Source: tdlib/telegram-bot-api Client.cpp, the
/// `webhook_queue_id` of each kind; `subscription` is our own choice, since its
/// code is not public yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Queue {
    /// Messages of a chat.
    Message(i64),
    /// Pressed buttons of a user.
    Callback(i64),
    /// Pre-checkout queries of a user.
    PreCheckout(i64),
    /// Changes of the bot's own membership in a chat.
    MyChatMember(i64),
    /// Subscription changes of a user.
    Subscription(i64),
}

/// How an update is to reach the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delivery {
    /// As it should.
    #[default]
    Normal,
    /// Not at all.
    Lost,
    /// Twice, with the same number.
    Doubled,
    /// This much later, milliseconds; later updates overtake it.
    Late(i64),
}

/// One update on its way.
#[derive(Debug, Clone)]
pub struct Update {
    /// Counts up by one.
    pub id: i64,
    /// Field name of the payload.
    pub kind: &'static str,
    /// The payload.
    pub payload: Value,
    /// What it must stay in order with.
    pub queue: Queue,
    /// Dropped after this, milliseconds.
    pub expires_ms: i64,
    /// Not delivered before this, milliseconds.
    pub wake_ms: i64,
    /// How often it is delivered again after success.
    pub repeats: u32,
    /// Failed deliveries.
    pub fails: u32,
    /// Delay before the latest retry, seconds.
    pub delay_seconds: i64,
    /// A delivery is under way.
    pub in_flight: bool,
}

impl Update {
    /// An update that has just happened; it gets its number in the queue.
    #[must_use]
    pub fn new(kind: &'static str, payload: Value, queue: Queue, now_ms: i64) -> Self {
        let keep_seconds = match queue {
            Queue::PreCheckout(_) => PRECHECKOUT_UPDATE_SECONDS,
            _ => UPDATE_SECONDS,
        };
        Self {
            id: 0,
            kind,
            payload,
            queue,
            expires_ms: now_ms + keep_seconds * 1000,
            wake_ms: now_ms,
            repeats: 0,
            fails: 0,
            delay_seconds: 1,
            in_flight: false,
        }
    }

    /// The Bot API's `Update` object.
    #[must_use]
    pub fn to_api(&self) -> Value {
        json!({ "update_id": self.id, self.kind: self.payload })
    }
}

/// Updates in the order in which they happened.
#[derive(Debug)]
pub struct UpdateQueue {
    items: VecDeque<Update>,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn update(queue: Queue) -> Update {
        Update {
            expires_ms: 100_000,
            ..Update::new("message", json!({}), queue, 0)
        }
    }

    fn ids(updates: &[Update]) -> Vec<i64> {
        updates.iter().map(|update| update.id).collect()
    }

    #[test]
    fn one_queue_is_strictly_ordered_and_others_do_not_wait() {
        let mut queue = UpdateQueue::new(1);
        queue.push(update(Queue::Message(7)));
        queue.push(update(Queue::Message(7)));
        queue.push(update(Queue::PreCheckout(7)));
        assert_eq!(ids(&queue.start(10, 0)), [1, 3]);
        assert!(queue.start(10, 0).is_empty());
        queue.delivered(1);
        assert_eq!(ids(&queue.start(10, 0)), [2]);
    }

    #[test]
    fn retries_double_and_give_up_at_expiry() {
        let mut queue = UpdateQueue::new(1);
        queue.push(update(Queue::Message(7)));
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..5 {
            queue.start(1, now);
            queue.failed(1, 0, 60, now);
            let wake = queue.items[0].wake_ms;
            waits.push((wake - now) / 1000);
            now = wake;
        }
        assert_eq!(waits, [0, 2, 4, 8, 16]);
        queue.start(1, 99_000);
        queue.failed(1, 0, 60, 99_000);
        assert!(queue.is_empty());
    }

    #[test]
    fn offsets_acknowledge_and_negative_ones_keep_the_newest() {
        let mut queue = UpdateQueue::new(10);
        for user in 0..4 {
            queue.push(update(Queue::Message(user)));
        }
        assert_eq!(ids(&queue.poll(0, 2, 0)), [10, 11]);
        assert_eq!(ids(&queue.poll(11, 100, 0)), [11, 12, 13]);
        assert_eq!(ids(&queue.poll(-1, 100, 0)), [13]);
        assert_eq!(queue.len(), 1);
    }

    #[test]
    fn a_doubled_update_comes_twice() {
        let mut queue = UpdateQueue::new(1);
        queue.push(Update {
            repeats: 1,
            ..update(Queue::Message(7))
        });
        queue.push(update(Queue::Message(7)));
        assert_eq!(ids(&queue.poll(3, 100, 0)), [1]);
        assert!(queue.poll(3, 100, 0).is_empty());
    }

    #[test]
    fn a_late_update_is_overtaken_and_never_lost() {
        let mut queue = UpdateQueue::new(1);
        queue.defer(Update {
            wake_ms: 50,
            ..update(Queue::Message(7))
        });
        queue.push(update(Queue::Message(7)));
        queue.settle(0);
        assert_eq!(ids(&queue.poll(0, 100, 0)), [1]);
        assert_eq!(queue.next_wake(0), Some(50));
        queue.settle(50);
        assert_eq!(ids(&queue.poll(2, 100, 50)), [2]);
    }

    #[test]
    fn allowed_updates_follow_the_servers_rules() {
        let mut queue = UpdateQueue::new(1);
        assert!(queue.wants("message") && !queue.wants("chat_member"));
        queue.allow(&json!(["Message", "nonsense"]));
        assert!(queue.wants("message") && !queue.wants("callback_query"));
        queue.allow(&json!("not a list"));
        assert_eq!(queue.allowed(), Some(vec!["message"]));
        queue.allow(&json!([]));
        assert_eq!(queue.allowed(), None);
    }
}
