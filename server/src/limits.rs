//! Every bound of the server, with its unit and its reason.

use std::time::Duration;

/// Largest body of an ordinary request, in bytes: server functions send a few fields.
pub const BODY_BYTES: usize = 64 * 1024;

/// Largest webhook body, in bytes. Updates are a few kB; one with long texts and many entities
/// stays well below.
pub const WEBHOOK_BODY_BYTES: usize = 1024 * 1024;

/// Longest time that an ordinary request may take: beyond it a phone has given up.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// Longest life of an order's event stream. The client opens the next one by itself.
pub const STREAM_LIFE: Duration = Duration::from_secs(15 * 60);

/// How often an order's stream looks into the database, for changes made by other processes.
pub const STREAM_POLL: Duration = Duration::from_secs(2);

/// Most event streams at once; beyond it clients poll.
pub const STREAMS: usize = 4096;

/// How long a stopping server waits for what is under way.
pub const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);

/// How often the workers look for due rows that nobody announced.
pub const WORK_POLL: Duration = Duration::from_secs(1);

/// Rows leased at once by a worker.
pub const WORK_BATCH: u32 = 16;

/// Tries of an update before it is put aside for a person. Settling needs only the database, so
/// this many failures mean a fault that time does not heal.
pub const UPDATE_TRIES: u32 = 20;

/// Tries of an effect before it is put aside for a person: with the longest wait between them
/// that is about a day, as long as Telegram itself tries a webhook.
pub const EFFECT_TRIES: u32 = 30;

/// First wait after a failure, in seconds.
pub const BACKOFF_FIRST_SECONDS: i64 = 1;

/// Longest wait after a failure, in seconds.
pub const BACKOFF_MOST_SECONDS: i64 = 3600;

/// How long a delivery waits for a buyer who does not let the bot write, in seconds. The goods are
/// in the library all the same; a permission given later sends them at once.
pub const BLOCKED_WAIT_SECONDS: i64 = 24 * 3600;

/// How often unpaid orders are looked through for expired ones.
pub const EXPIRY_EVERY: Duration = Duration::from_secs(15);

/// Messages per second to all chats together (Telegram's Bots FAQ: about 30).
pub const SENDS_PER_SECOND: u32 = 25;

/// Least time between two messages to one chat (Telegram's Bots FAQ: one a second, bursts
/// tolerated).
pub const CHAT_SEND_GAP: Duration = Duration::from_millis(350);

/// Seconds that `getUpdates` waits for news (Telegram clamps it to 50).
pub const POLL_SECONDS: u64 = 25;

/// How often Telegram's script for Mini Apps is asked for again.
pub const SCRIPT_REFRESH: Duration = Duration::from_secs(6 * 3600);

/// Largest copy of Telegram's script that is kept, in bytes (it was 110 kB in 2026).
pub const SCRIPT_BYTES: usize = 1024 * 1024;

/// How often an unreachable Telegram is tried again while the bot is not set up, at most.
pub const SETUP_RETRY_MOST: Duration = Duration::from_secs(60);
