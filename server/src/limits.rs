//! Every bound of the server, with its unit and its reason.

use std::time::Duration;

#[cfg(test)]
mod relations;

// ---- requests

/// Largest body of an ordinary request, in bytes: server functions send a few fields, and launch
/// data is about 1 kB.
pub(crate) const BODY_BYTES: usize = 64 * 1024;

/// Largest webhook body, in bytes. Updates are a few kB; one with long texts and many entities
/// stays well below.
pub(crate) const WEBHOOK_BODY_BYTES: usize = 1024 * 1024;

/// Longest wait for the beginning of an answer: beyond it a phone has given up.
pub(crate) const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// Buyers' requests under way at once. Each costs some 100 kB at most, and more of them would only
/// wait for the database together.
pub(crate) const REQUESTS: usize = 512;

/// Requests of Telegram and of the server's own keepers under way at once. Telegram opens 40
/// connections (`max_connections` of setWebhook).
pub(crate) const MACHINE_REQUESTS: usize = 128;

/// Longest launch data that `starfront init-data` reads, in bytes. Real ones are about 1 kB.
pub(crate) const INIT_DATA_BYTES: u64 = 64 * 1024;

/// Letters of the hash in the names of built files, `starfront.<hash>.js`: what cargo-leptos writes.
/// Only names with so many are kept for a year.
pub(crate) const HASH_LETTERS: usize = 22;

// ---- event streams

/// Longest life of an order's event stream. The client opens the next one by itself.
pub(crate) const STREAM_LIFE: Duration = Duration::from_secs(15 * 60);

/// How often an order's stream looks into the database, for changes made by other processes.
pub(crate) const STREAM_POLL: Duration = Duration::from_secs(2);

/// How often a silent stream says that it is alive: proxies cut after 60 s.
pub(crate) const STREAM_KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Most event streams at once; beyond it clients poll.
pub(crate) const STREAMS: usize = 4096;

// ---- stopping: ten seconds in all, as long as process managers wait at least

/// How long the workers of a stopping server go on with the rows in their hands. What is not done
/// by then is given back, so that the next start or another process has it at once.
pub(crate) const WORK_GRACE: Duration = Duration::from_secs(5);

/// How long a stopping server waits for all that is under way.
pub(crate) const SHUTDOWN_GRACE: Duration = Duration::from_secs(7);

/// How long it then waits for the database to close.
pub(crate) const CLOSING_GRACE: Duration = Duration::from_secs(2);

/// How long it waits at last for threads that nobody can stop: a name that is looked up while no
/// name server answers keeps one for as long as the system likes.
pub(crate) const THREADS_GRACE: Duration = Duration::from_secs(1);

// ---- work

/// How often the workers look for due rows that nobody announced.
pub(crate) const WORK_POLL: Duration = Duration::from_secs(1);

/// Rows of one queue worked at once. Most of their time is waiting for Telegram.
pub(crate) const WORKERS: usize = 16;

/// How long one try of an update may take. What takes longer hangs, and is tried again.
pub(crate) const UPDATE_PATIENCE: Duration = Duration::from_secs(80);

/// How long one try of an effect may take: a file that Telegram forgot is offered by its old name and
/// goes up again, each in its time ([`telegram::limits::TRANSFER_TIMEOUT`] for the latter).
pub(crate) const EFFECT_PATIENCE: Duration = Duration::from_secs(370);

/// Tries of an update before it is put aside for a person. Settling needs only the database, so
/// this many failures mean a fault that time does not heal.
pub(crate) const UPDATE_TRIES: u32 = 20;

/// Tries of an effect before it is put aside for a person: about a day, as long as Telegram itself
/// tries a webhook, since waits are half the longest one on average. What concerns money goes on.
pub(crate) const EFFECT_TRIES: u32 = 60;

/// Pause before a worker that panicked is started again: a fault that lasts fills no log.
pub(crate) const WORKER_PAUSE: Duration = Duration::from_secs(1);

/// First wait after a failure, in seconds.
pub(crate) const BACKOFF_FIRST_SECONDS: i64 = 1;

/// Longest wait after a failure, in seconds.
pub(crate) const BACKOFF_MOST_SECONDS: i64 = 3600;

/// How often the sandbox's clock is looked at, where it holds: a jump there is felt here at once.
pub(crate) const CLOCK_LOOK_EVERY: Duration = Duration::from_millis(100);

/// How long one look at it may take.
pub(crate) const CLOCK_LOOK_PATIENCE: Duration = Duration::from_secs(2);

/// Milliseconds between what two looks say that are no jump: looks take time too.
pub(crate) const CLOCK_JITTER_MS: i64 = 1_000;

/// How often unpaid orders are looked through for expired ones, and subscriptions for ended ones.
pub(crate) const EXPIRY_EVERY: Duration = Duration::from_secs(15);

/// How long a worker waits for the database, which needs milliseconds: the other end of a connection may
/// be gone without a word. Longer than all the waits in the store together.
pub(crate) const DATABASE_PATIENCE: Duration = Duration::from_secs(30);

/// The same for a batch, which is some hundred transactions.
pub(crate) const BATCH_PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Batches of what is over, or is history, that are worked at one go: a bound for mistakes, above what
/// any shop leaves behind between two.
pub(crate) const DRAIN_BATCHES: u32 = 1_000;

/// How often history of the queues is swept: a busy shop writes some 1 000 rows in that time.
pub(crate) const SWEEP_EVERY: Duration = Duration::from_secs(10 * 60);

/// How often inbox and outbox are looked at as a whole, for metrics and for what was put aside.
pub(crate) const QUEUES_EVERY: Duration = Duration::from_secs(15);

/// How often samples of the histograms are put into their buckets, so that they do not pile up
/// where nobody fetches them.
pub(crate) const SAMPLES_EVERY: Duration = Duration::from_secs(5);

// ---- reconcile

/// Rows of Telegram's ledger asked for at once (Telegram: 1 to 100).
pub(crate) const LEDGER_PAGE: u32 = 100;

/// Rows read again before the last one read. Telegram shows a row at once; some dozens would do
/// for one that is late.
pub(crate) const LEDGER_OVERLAP: u64 = 100;

/// Pages read by one look: a shop's first look at a long history goes on with the next one.
pub(crate) const LEDGER_PAGES: u32 = 1_000;

/// Longest look for one effect, which has its row leased meanwhile: some hundred pages. What is new
/// since the last look is one page; a longer look is left to the worker that does nothing else.
pub(crate) const LOOK_PATIENCE: Duration = Duration::from_secs(30);

/// The same for the worker: what takes longer hangs. A first look at a long ledger takes minutes, and
/// goes on where it was.
pub(crate) const WHOLE_LOOK_PATIENCE: Duration = Duration::from_secs(30 * 60);

/// Longest time after the start in which no subscription ends because no look has come to the end of
/// Telegram's ledger yet: what was paid during an outage stands there. Where Telegram is away for
/// longer, or a row cannot be worked, they end by what is known, and a renewal that is found later
/// brings them back.
pub(crate) const FIRST_LOOK_PATIENCE: Duration = Duration::from_secs(10 * 60);

// ---- Telegram

/// Longest look at our own state before the answer to a pre-checkout is "busy": half of Telegram's
/// 10 s, so that the answer itself still has time.
pub(crate) const PRECHECK_PATIENCE: Duration = Duration::from_secs(5);

/// Longest look for the language that a refused buyer chose; beyond it Telegram's guess will do. With
/// the look before it, the answer still leaves well before Telegram's 10 s are over.
pub(crate) const PRECHECK_LANGUAGE_PATIENCE: Duration = Duration::from_secs(1);

/// Until when after a pre-checkout came Telegram is told the answer once more: its 10 s, less the
/// time that the last answer and the query itself are on their way. Answering twice does no harm.
pub(crate) const PRECHECK_ANSWERED: Duration = Duration::from_secs(9);

/// First pause between two tries of it, which doubles: a connection that was closed in this moment
/// is there again, and one that is not is no better for many tries.
pub(crate) const PRECHECK_ANSWER_PAUSE: Duration = Duration::from_millis(200);

/// Messages per second to all chats together (Telegram's Bots FAQ: about 30).
pub(crate) const SENDS_PER_SECOND: u32 = 25;

/// Least time between two messages to one chat in the long run (Telegram's Bots FAQ: one a second,
/// bursts tolerated).
pub(crate) const CHAT_SEND_GAP: Duration = Duration::from_secs(1);

/// Messages that a quiet chat may get at once: the goods of most purchases are such a burst.
pub(crate) const CHAT_SEND_BURST: u32 = 3;

/// Longest rest of a wait that Telegram asked for which a worker sits out. What must wait longer is
/// put off, and the worker does something else.
pub(crate) const HOLD_PATIENCE: Duration = Duration::from_secs(2);

/// Processes that may share a bot: each has its share of what Telegram takes, and with more of them
/// a message would wait in a worker's hand for longer than the worker has.
pub(crate) const PROCESSES_MOST: u32 = 8;

/// Seconds that `getUpdates` waits for news (Telegram clamps it to 50).
pub(crate) const POLL_SECONDS: u64 = 25;

/// Updates asked for at once (Telegram: 1 to 100).
pub(crate) const POLL_BATCH: u32 = 100;

/// First wait before an unreachable Telegram is tried again; each later one is twice as long.
pub(crate) const RETRY_FIRST: Duration = Duration::from_secs(1);

/// Longest wait before an unreachable Telegram is tried again.
pub(crate) const RETRY_MOST: Duration = Duration::from_secs(60);

/// Pause after the bot's updates were taken up again from somebody else: two shops with one token
/// do not take them from each other in a rush, and each time costs calls and a line in the log.
pub(crate) const TAKE_UP_PAUSE: Duration = Duration::from_secs(30);

/// How often Telegram's script for Mini Apps is asked for again.
pub(crate) const SCRIPT_REFRESH: Duration = Duration::from_secs(6 * 3600);

/// How often it is asked for while there is no copy.
pub(crate) const SCRIPT_RETRY: Duration = Duration::from_secs(5);

/// Longest time for the whole script.
pub(crate) const SCRIPT_PATIENCE: Duration = Duration::from_secs(15);

/// How long a page's request for it waits for the first copy: the page's own scripts stand behind
/// it, and work without.
pub(crate) const SCRIPT_WAIT: Duration = Duration::from_secs(3);

/// Largest copy of Telegram's script that is kept, in bytes (it was 110 kB in 2026).
pub(crate) const SCRIPT_BYTES: usize = 1024 * 1024;

// ---- messages

/// Characters of a text that are sent in the chat, so that title and closing words still fit into
/// one message. The whole text is in the library.
pub(crate) const PARCEL_CHARS: usize = 3_500;

/// Characters of a title in a caption (Telegram: 1024 in all).
pub(crate) const CAPTION_TITLE_CHARS: usize = 200;

/// Characters of a paper (terms, privacy, help) that are sent in the chat; the rest is in the shop.
pub(crate) const PAPER_CHARS: usize = 3_500;

/// Characters of the seller's words on payments: the list of orders must fit below.
pub(crate) const SUPPORT_CHARS: usize = 2_000;

/// Orders that `/paysupport` lists.
pub(crate) const ORDERS_LISTED: usize = 5;

#[cfg(test)]
mod tests {
    use telegram::limits::{CALL_TIMEOUT, TRANSFER_TIMEOUT};

    use super::*;

    /// The longest wait for a message's turn where as many processes share the bot as may: that of
    /// each worker of inbox and outbox before it, a chat's gap, and holds before and after.
    fn longest_turn() -> Duration {
        let before = 2 * u32::try_from(WORKERS).unwrap();
        let turn = Duration::from_secs(1) / SENDS_PER_SECOND * before + CHAT_SEND_GAP;
        turn * PROCESSES_MOST + 2 * HOLD_PATIENCE
    }

    /// A lease outlives the work, so that no two workers do the same.
    #[test]
    fn leases_are_longer_than_the_longest_work() {
        let seconds = |lease: i64| Duration::from_secs(lease.try_into().unwrap());
        let update = seconds(shop::limits::INBOX_LEASE_SECONDS);
        let effect = seconds(shop::limits::OUTBOX_LEASE_SECONDS);
        // Leases are in whole seconds, and an end takes its time too.
        let margin = Duration::from_secs(10);
        assert!(UPDATE_PATIENCE + margin < update);
        assert!(EFFECT_PATIENCE + margin < effect);
        // The greeting: a picture that Telegram does not take, then words.
        assert!(UPDATE_PATIENCE > 2 * (longest_turn() + CALL_TIMEOUT));
        // Goods: by the name of Telegram's copy, then the file itself.
        assert!(EFFECT_PATIENCE > 2 * longest_turn() + CALL_TIMEOUT + TRANSFER_TIMEOUT);
    }
}
