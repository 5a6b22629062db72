//! Every bound of this crate, with its unit and its reason.

/// Seconds that a ticket for an order's event stream is good: as long as an order lives, and the
/// minutes that a payment may take to be told.
pub const TICKET_SECONDS: i64 = 20 * 60;

/// Seconds that a download link is good: long enough for Telegram's own question whether to save
/// the file, short enough to be worthless in a log.
pub const DOWNLOAD_SECONDS: i64 = 5 * 60;

/// Longest search, in characters. Nobody types more, and each word costs the database.
pub const SEARCH_CHARS: usize = 80;

/// Products on one screen of the list. "Show more" asks for the next ones.
pub const TILES_A_PAGE: u32 = 24;

/// Furthest that a list may be leafed through, in products.
pub const TILES_OFFSET_MOST: u32 = 10_000;

/// Products shown as similar ones.
pub const SIMILAR_TILES: u32 = 4;

/// Seconds before the end of a session at which the page takes it for ended: the answer must not
/// come back expired because of the way there.
pub const SESSION_MARGIN_SECONDS: i64 = 30;

/// Milliseconds without a keystroke before the page searches.
pub const TYPING_PAUSE_MILLISECONDS: u32 = 250;

/// Milliseconds between two looks at an order when there is no stream: the first, and the longest.
pub const POLL_MILLISECONDS: (u32, u32) = (1_000, 8_000);

/// Milliseconds that the page goes on listening to an order whose payment sheet was closed: a
/// client may say "cancelled" or "failed" of a payment that went through.
pub const AFTER_CLOSE_MILLISECONDS: u32 = 2 * 60 * 1000;

/// Milliseconds of waiting for Telegram after which the page says that it takes long.
pub const SLOW_MILLISECONDS: u32 = 10_000;

/// Milliseconds between two looks at a session that another caller is already asking for.
pub const TRADE_LOOK_MILLISECONDS: u32 = 30;

/// Characters of a promo code that are looked at: as many as one may have.
pub const PROMO_CHARS: usize = 32;

/// Pictures of a product on its page: as many as the style sheet has dots for.
pub const SHOTS_MOST: usize = 10;

/// Steps that the arrow back remembers; a step is a path. More are not gone back one by one.
pub const TRAIL_STEPS: usize = 32;

/// Milliseconds that a word in passing stays, and more for each of its characters: about as fast as
/// people read.
pub const TOAST_MILLISECONDS: (u32, u32) = (1_800, 45);
