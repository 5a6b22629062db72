//! Every bound of this crate, with its unit and where it comes from.
//!
//! "Bot API" means the public reference at core.telegram.org/bots/api; "server" the behaviour of
//! Telegram's open-source Bot API server; "own" a bound that we chose.

use std::time::Duration;

// --- launch data -------------------------------------------------------------------------

/// Bytes of raw initData that are looked at. Own: real data is about 1 kB, a URL fragment rarely
/// passes 8 kB.
pub const INIT_DATA_BYTES: usize = 16 * 1024;
/// Seconds after which initData no longer opens a session. Own: a stolen copy is worth an hour.
pub const SESSION_MAX_AGE_SECONDS: i64 = 3_600;
/// Seconds after which initData is stale for tools. The default of the widely used libraries.
pub const TOOL_MAX_AGE_SECONDS: i64 = 86_400;
/// Seconds that `auth_date` may lie ahead of our clock. Own: clocks differ by minutes at most.
pub const CLOCK_SKEW_SECONDS: i64 = 300;
/// Largest user id: Telegram promises at most 52 significant bits (Bot API, `WebAppUser`).
pub const USER_ID_MAX: i64 = (1 << 52) - 1;
/// Bytes of a bot token. Own: live tokens have about 46.
pub const TOKEN_BYTES: usize = 256;

// --- invoices ----------------------------------------------------------------------------

/// Characters of an invoice title (Bot API, `createInvoiceLink`).
pub const INVOICE_TITLE_CHARS: usize = 32;
/// Characters of an invoice description (Bot API, `createInvoiceLink`).
pub const INVOICE_DESCRIPTION_CHARS: usize = 255;
/// Bytes of an invoice payload (Bot API, `createInvoiceLink`).
pub const INVOICE_PAYLOAD_BYTES: usize = 128;
/// Least price in Stars: the total must be positive (server).
pub const INVOICE_STARS_MIN: i64 = 1;
/// Largest amount of any currency that Telegram's client library accepts, in Stars.
pub const INVOICE_STARS_MAX: i64 = 999_999_999_999;
/// Largest price of a subscription period, in Stars (Bot API, `createInvoiceLink`).
pub const SUBSCRIPTION_STARS_MAX: i64 = 10_000;
/// The only subscription period in production, in seconds: 30 days (Bot API).
pub const SUBSCRIPTION_PERIOD_SECONDS: i64 = 2_592_000;
/// The periods that Telegram's test environment takes instead, in seconds.
pub const SUBSCRIPTION_PERIODS_TEST_SECONDS: [i64; 2] = [60, 300];
/// Seconds in which a pre-checkout query must be answered (Bot API).
pub const PRE_CHECKOUT_SECONDS: u64 = 10;

// --- messages ----------------------------------------------------------------------------

/// Characters of a text message after entities are parsed (Bot API, `sendMessage`).
pub const MESSAGE_TEXT_CHARS: usize = 4_096;
/// Characters of a caption after entities are parsed (Bot API, `sendDocument`).
pub const CAPTION_CHARS: usize = 1_024;
/// Bytes of the data behind a callback button (Bot API, `InlineKeyboardButton`).
pub const CALLBACK_DATA_BYTES: usize = 64;
/// Characters that a copy button copies (Bot API, `CopyTextButton`).
pub const COPY_TEXT_CHARS: usize = 256;
/// Characters of the notice that answers a callback (Bot API, `answerCallbackQuery`).
pub const CALLBACK_ANSWER_CHARS: usize = 200;
/// Buttons of one inline keyboard (server: more is `BUTTONS_TOO_MUCH`).
pub const KEYBOARD_BUTTONS: usize = 100;
/// Bytes of an uploaded file through api.telegram.org: 50 MB (Bot API, "Sending files").
pub const UPLOAD_BYTES: u64 = 50 * 1024 * 1024;
/// Bytes of an uploaded photo: 10 MB (Bot API, `sendPhoto`).
pub const PHOTO_UPLOAD_BYTES: u64 = 10 * 1024 * 1024;
/// Bytes of a file that `getFile` can fetch: 20 MB (Bot API, `getFile`).
pub const DOWNLOAD_BYTES: u64 = 20 * 1024 * 1024;

// --- the bot's face ----------------------------------------------------------------------

/// Commands in one list (Bot API, `setMyCommands`).
pub const COMMANDS: usize = 100;
/// Characters of a command, out of `a-z`, `0-9` and `_` (Bot API, `BotCommand`).
pub const COMMAND_CHARS: usize = 32;
/// Characters of a command's description (Bot API, `BotCommand`).
pub const COMMAND_DESCRIPTION_CHARS: usize = 256;
/// Characters of the text in an empty chat with the bot (Bot API, `setMyDescription`).
pub const DESCRIPTION_CHARS: usize = 512;
/// Characters of the text on the bot's profile (Bot API, `setMyShortDescription`).
pub const SHORT_DESCRIPTION_CHARS: usize = 120;

// --- updates -----------------------------------------------------------------------------

/// Connections that Telegram opens to a webhook at most (Bot API, `setWebhook`).
pub const WEBHOOK_CONNECTIONS_MAX: u32 = 100;
/// Characters of the webhook secret, out of letters, digits, `_` and `-` (Bot API).
pub const WEBHOOK_SECRET_CHARS: usize = 256;
/// Bytes of one update that are read. Own: a message with all its entities stays below 100 kB.
pub const UPDATE_BYTES: usize = 1024 * 1024;
/// Updates in one `getUpdates` answer (Bot API).
pub const GET_UPDATES_MAX: u32 = 100;
/// Seconds that `getUpdates` may wait; the server cuts longer waits to this.
pub const LONG_POLL_SECONDS_MAX: u64 = 50;

// --- ledger ------------------------------------------------------------------------------

/// Rows in one page of Star transactions (Bot API, `getStarTransactions`).
pub const STAR_TRANSACTIONS_PAGE: u32 = 100;

// --- calls -------------------------------------------------------------------------------

/// Time to open a connection. Own.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Time for an ordinary call. Own: Telegram answers in well under a second.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(15);
/// Time for one try to answer a pre-checkout query. Own: Telegram answers in well under a second, and
/// who waits no longer has time for two more tries on another connection.
pub const PRE_CHECKOUT_TIMEOUT: Duration = Duration::from_secs(3);
/// How often a connection is asked whether it lives, idle or not. Own: one that died in silence would
/// lose every answer until the system gives it up.
pub const KEEP_ALIVE: Duration = Duration::from_secs(5);
/// Time for the other end to say that it does. Own.
pub const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(3);
/// Unanswered questions of TCP after which a connection is given up. Own.
pub const KEEP_ALIVE_TRIES: u32 = 2;
/// Time for an upload or a download. Own: 50 MB at 1.4 Mbit/s.
pub const TRANSFER_TIMEOUT: Duration = Duration::from_secs(300);
/// Time that a long poll may take beyond what it asked for. Own.
pub const LONG_POLL_GRACE: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read. `getUpdates` is cut at about 4 MiB by the server.
pub const RESPONSE_BYTES: usize = 16 * 1024 * 1024;
/// Longest wait believed when Telegram says `retry_after`, in seconds. Own: a day.
pub const RETRY_AFTER_MAX_SECONDS: u64 = 86_400;
/// Bytes of Telegram's description kept in an error. Own.
pub const ERROR_DESCRIPTION_CHARS: usize = 300;
