//! Telegram's limits, kept on our side: so many messages a second in all and to one chat, and no call
//! of a kind before the time that Telegram asked to wait for is over.

use std::{collections::HashMap, future::Future, sync::Mutex, time::Duration};

use shop::domain::UserId;
use telegram::ApiError;
use tokio::time::{Instant, sleep_until};

use crate::limits::{CHAT_SEND_BURST, CHAT_SEND_GAP, HOLD_PATIENCE, SENDS_PER_SECOND};

/// What Telegram counts together when it asks to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// A message to a chat.
    Message(UserId),
    /// Giving a charge back.
    Refund,
    /// Whether a subscription may be charged again.
    Renewal,
    /// Reading the ledger of Stars.
    Ledger,
}

impl Kind {
    /// The word for it in log lines, which name nobody.
    const fn word(self) -> &'static str {
        match self {
            Self::Message(_) => "message",
            Self::Refund => "refund",
            Self::Renewal => "renewal",
            Self::Ledger => "ledger",
        }
    }
}

/// When the next call may be made. One for all workers of a process.
///
/// Pre-checkouts are answered past it: they are worthless after seconds.
#[derive(Debug)]
pub(crate) struct Pace {
    /// Least time between two messages.
    gap: Duration,
    /// Least time between two messages to one chat, in the long run.
    chat_gap: Duration,
    slots: Mutex<Slots>,
}

#[derive(Debug, Default)]
struct Slots {
    /// When the next message may go out.
    next: Option<Instant>,
    /// When each chat has been quiet long enough for a whole burst.
    chats: HashMap<UserId, Instant>,
    /// Until when calls of a kind are held.
    held: HashMap<Kind, Instant>,
    /// Until when every message is held.
    all_held: Option<Instant>,
}

impl Pace {
    /// For one of so many processes that speak for the same bot: each has its share.
    pub(crate) fn new(processes: u32) -> Self {
        Self {
            gap: Duration::from_secs(1) / SENDS_PER_SECOND * processes,
            chat_gap: CHAT_SEND_GAP * processes,
            slots: Mutex::default(),
        }
    }

    /// Makes a call when it may be made, and keeps the wait that Telegram asks for. Where calls of
    /// the kind are held for long, the call is not made and the answer is Telegram's own: the caller
    /// does something else meanwhile.
    pub(crate) async fn call<T>(
        &self,
        kind: Kind,
        call: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<T, ApiError> {
        self.wait_out_hold(kind).await?;
        if let Kind::Message(chat) = kind {
            sleep_until(self.slot(chat, Instant::now())).await;
            // Another message may have been told to wait meanwhile.
            self.wait_out_hold(kind).await?;
        }
        let answer = call.await;
        if let Err(ApiError::RetryAfter { seconds }) = answer {
            self.hold(kind, seconds, Instant::now());
        }
        answer
    }

    /// Waits for the end of a hold that is near.
    async fn wait_out_hold(&self, kind: Kind) -> Result<(), ApiError> {
        loop {
            let now = Instant::now();
            let Some(end) = self.held_until(kind, now) else {
                return Ok(());
            };
            let left = end - now;
            if left > HOLD_PATIENCE {
                // Rounded up; rows keep time in whole seconds.
                let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
                return Err(ApiError::RetryAfter { seconds });
            }
            sleep_until(end).await;
        }
    }

    /// Takes the next free slot for this chat.
    fn slot(&self, chat: UserId, now: Instant) -> Instant {
        let Ok(mut slots) = self.slots.lock() else {
            return now;
        };
        slots.chats.retain(|_, quiet| *quiet > now);
        let quiet = slots.chats.get(&chat).copied().unwrap_or(now);
        // A burst is what a chat may be ahead of its time.
        let ahead = self.chat_gap * (CHAT_SEND_BURST - 1);
        let chat_free = quiet.checked_sub(ahead).unwrap_or(now);
        let free = now.max(slots.next.unwrap_or(now));
        // A chat that must wait longer does not hold up the others.
        slots.next = Some(free + self.gap);
        let at = free.max(chat_free);
        slots.chats.insert(chat, at.max(quiet) + self.chat_gap);
        at
    }

    /// Until when a call of this kind is held, if it is.
    fn held_until(&self, kind: Kind, now: Instant) -> Option<Instant> {
        let slots = self.slots.lock().ok()?;
        let own = slots.held.get(&kind).copied();
        let all = match kind {
            Kind::Message(_) => slots.all_held,
            _ => None,
        };
        own.max(all).filter(|end| *end > now)
    }

    /// Holds calls of this kind for so long.
    ///
    /// Telegram does not say whether a chat has heard too much or the bot has said too much
    /// (its server also has a guard over all calls of a bot). One chat's wait is taken for the
    /// chat's, so that who floods the bot stops nobody else's goods. When a second chat is told to
    /// wait before the first may be written to again, it is the bot's, and every message waits.
    fn hold(&self, kind: Kind, seconds: u64, now: Instant) {
        tracing::warn!(kind = kind.word(), seconds, "Telegram asks to wait");
        let Ok(mut slots) = self.slots.lock() else {
            return;
        };
        let end = now + Duration::from_secs(seconds);
        slots.held.retain(|_, end| *end > now);
        let is_message = |kind: &Kind| matches!(kind, Kind::Message(_));
        let another = |held: &Kind| is_message(held) && *held != kind;
        if is_message(&kind) && slots.held.keys().any(another) {
            slots.all_held = slots.all_held.max(Some(end));
        }
        let held = slots.held.entry(kind).or_insert(end);
        *held = end.max(*held);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    const CHAT: Kind = Kind::Message(UserId(1));
    const OTHER: Kind = Kind::Message(UserId(2));
    const THIRD: Kind = Kind::Message(UserId(3));

    /// A Telegram that counts what it is asked.
    #[derive(Default)]
    struct Counted(AtomicU32);

    impl Counted {
        async fn says(&self, wait: Option<u64>) -> Result<(), ApiError> {
            self.0.fetch_add(1, Ordering::Relaxed);
            wait.map_or(Ok(()), |seconds| Err(ApiError::RetryAfter { seconds }))
        }

        fn calls(&self) -> u32 {
            self.0.load(Ordering::Relaxed)
        }
    }

    #[tokio::test]
    async fn a_chat_has_its_burst_and_then_its_gap() {
        let pace = Pace::new(1);
        let now = Instant::now();
        let slots: Vec<_> = (0..50).map(|_| pace.slot(UserId(1), now)).collect();
        let burst = usize::try_from(CHAT_SEND_BURST).unwrap();
        assert!(slots[burst - 1] < now + CHAT_SEND_GAP, "a burst at once");
        for (place, at) in slots.iter().enumerate().skip(burst) {
            let gaps = u32::try_from(place + 1 - burst).unwrap();
            assert_eq!(*at, now + CHAT_SEND_GAP * gaps);
        }
        // Quiet for long enough, it has a burst again.
        let later = slots[49] + CHAT_SEND_GAP * CHAT_SEND_BURST;
        let again: Vec<_> = (0..burst).map(|_| pace.slot(UserId(1), later)).collect();
        assert!(again[burst - 1] < later + CHAT_SEND_GAP);
    }

    #[tokio::test]
    async fn all_chats_share_the_total_and_processes_share_it_again() {
        for processes in [1, 2, 4] {
            let (pace, now) = (Pace::new(processes), Instant::now());
            let chats = 0..=SENDS_PER_SECOND;
            let last = chats.map(|chat| pace.slot(UserId(chat.into()), now)).max();
            assert_eq!(last.unwrap(), now + Duration::from_secs(processes.into()));
            let burst = (0..=CHAT_SEND_BURST).map(|_| pace.slot(UserId(99), now));
            assert!(burst.max().unwrap() >= now + CHAT_SEND_GAP * processes);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn no_call_of_a_kind_is_made_while_it_is_held() {
        for kind in [CHAT, Kind::Refund, Kind::Renewal, Kind::Ledger] {
            let (pace, telegram) = (Pace::new(1), Counted::default());
            let wait = Err(ApiError::RetryAfter { seconds: 30 });
            assert_eq!(pace.call(kind, telegram.says(Some(30))).await, wait);
            for _ in 0..9 {
                assert!(pace.call(kind, telegram.says(None)).await.is_err());
            }
            tokio::time::advance(Duration::from_secs(20)).await;
            let rest = Err(ApiError::RetryAfter { seconds: 10 });
            assert_eq!(pace.call(kind, telegram.says(None)).await, rest);
            assert_eq!(telegram.calls(), 1, "{kind:?}");
            assert_eq!(pace.call(THIRD, telegram.says(None)).await, Ok(()));
            tokio::time::advance(Duration::from_secs(10)).await;
            assert_eq!(pace.call(kind, telegram.says(None)).await, Ok(()));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_hold_that_is_nearly_over_is_waited_out() {
        let (pace, telegram) = (Pace::new(1), Counted::default());
        let seconds = HOLD_PATIENCE.as_secs();
        let asked = pace.call(Kind::Refund, telegram.says(Some(seconds)));
        assert!(asked.await.is_err());
        let began = Instant::now();
        assert_eq!(pace.call(Kind::Refund, telegram.says(None)).await, Ok(()));
        assert!(began.elapsed() >= HOLD_PATIENCE);
    }

    #[tokio::test(start_paused = true)]
    async fn one_chat_is_held_alone_and_two_hold_all() {
        let (pace, telegram) = (Pace::new(1), Counted::default());
        assert!(pace.call(CHAT, telegram.says(Some(60))).await.is_err());
        assert!(pace.call(CHAT, telegram.says(Some(60))).await.is_err());
        assert_eq!(pace.call(THIRD, telegram.says(None)).await, Ok(()));
        assert!(pace.call(OTHER, telegram.says(Some(30))).await.is_err());
        let before = telegram.calls();
        assert!(pace.call(THIRD, telegram.says(None)).await.is_err());
        assert_eq!(telegram.calls(), before);
        assert_eq!(pace.call(Kind::Refund, telegram.says(None)).await, Ok(()));
        tokio::time::advance(Duration::from_secs(30)).await;
        assert_eq!(pace.call(THIRD, telegram.says(None)).await, Ok(()));
        assert!(pace.call(CHAT, telegram.says(None)).await.is_err());
    }
}
