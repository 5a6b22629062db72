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

/// How long a stopping server waits for what is under way.
pub(crate) const SHUTDOWN_GRACE: Duration = Duration::from_secs(8);

/// How long it then waits for the database to close.
pub(crate) const CLOSING_GRACE: Duration = Duration::from_secs(2);

// ---- work

/// How often the workers look for due rows that nobody announced.
pub(crate) const WORK_POLL: Duration = Duration::from_secs(1);

/// Rows of one queue worked at once. Most of their time is waiting for Telegram.
pub(crate) const WORKERS: usize = 16;

/// Tries of an update before it is put aside for a person. Settling needs only the database, so
/// this many failures mean a fault that time does not heal.
pub(crate) const UPDATE_TRIES: u32 = 20;

/// Tries of an effect before it is put aside for a person: about a day, as long as Telegram itself
/// tries a webhook, since waits are half the longest one on average. What concerns money goes on.
pub(crate) const EFFECT_TRIES: u32 = 60;

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

/// How often history of the queues is swept: a busy shop writes some 1 000 rows in that time, and
/// one sweep takes so many.
pub(crate) const SWEEP_EVERY: Duration = Duration::from_secs(10 * 60);

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

// ---- Telegram

/// Longest look at our own state before the answer to a pre-checkout is "busy": half of Telegram's
/// 10 s, so that the answer itself still has time.
pub(crate) const PRECHECK_PATIENCE: Duration = Duration::from_secs(5);

/// Tries to tell Telegram the answer to a pre-checkout. Answering twice does no harm.
pub(crate) const PRECHECK_ANSWERS: u32 = 3;

/// Pause between them: a connection that was closed in this moment is there again.
pub(crate) const PRECHECK_ANSWER_PAUSE: Duration = Duration::from_millis(200);

/// Messages per second to all chats together (Telegram's Bots FAQ: about 30).
pub(crate) const SENDS_PER_SECOND: u32 = 25;

/// Least time between two messages to one chat (Telegram's Bots FAQ: one a second, bursts
/// tolerated; two benefits of one purchase are such a burst).
pub(crate) const CHAT_SEND_GAP: Duration = Duration::from_millis(350);

/// Seconds that `getUpdates` waits for news (Telegram clamps it to 50).
pub(crate) const POLL_SECONDS: u64 = 25;

/// Updates asked for at once (Telegram: 1 to 100).
pub(crate) const POLL_BATCH: u32 = 100;

/// First wait before an unreachable Telegram is tried again; each later one is twice as long.
pub(crate) const RETRY_FIRST: Duration = Duration::from_secs(1);

/// Longest wait before an unreachable Telegram is tried again.
pub(crate) const RETRY_MOST: Duration = Duration::from_secs(60);

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
