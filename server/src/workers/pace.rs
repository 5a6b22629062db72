//! Telegram's send limits, kept on our side: so many messages a second in all, and a gap between
//! two messages to one chat.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use shop::domain::UserId;
use tokio::time::Instant;

use crate::limits::{CHAT_SEND_GAP, SENDS_PER_SECOND};

/// When the next message may go out. One for all workers.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    slots: Mutex<Slots>,
}

#[derive(Debug, Default)]
struct Slots {
    next: Option<Instant>,
    chats: HashMap<UserId, Instant>,
}

impl Pace {
    /// Waits until a message to this chat may go out.
    pub(crate) async fn wait(&self, chat: UserId) {
        let at = self.reserve(chat, Instant::now());
        tokio::time::sleep_until(at).await;
    }

    /// Takes the next free slot for this chat.
    fn reserve(&self, chat: UserId, now: Instant) -> Instant {
        let Ok(mut slots) = self.slots.lock() else {
            return now;
        };
        slots.chats.retain(|_, next| *next > now);
        let chat_free = slots.chats.get(&chat).copied().unwrap_or(now);
        let free = now.max(slots.next.unwrap_or(now));
        // A chat that must wait longer does not hold up the others.
        slots.next = Some(free + Duration::from_secs(1) / SENDS_PER_SECOND);
        let at = free.max(chat_free);
        slots.chats.insert(chat, at + CHAT_SEND_GAP);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_chat_is_spaced_and_all_chats_share_the_total() {
        let pace = Pace::default();
        let now = Instant::now();
        assert_eq!(pace.reserve(UserId(1), now), now);
        assert!(pace.reserve(UserId(1), now) >= now + CHAT_SEND_GAP);

        let pace = Pace::default();
        let last = (0..=SENDS_PER_SECOND)
            .map(|chat| pace.reserve(UserId(chat.into()), now))
            .max()
            .unwrap();
        assert!(last >= now + Duration::from_millis(990));
    }
}
