//! Line drawings for screens that stand in for content.

/// A line drawing, in the text's colour with a little gold. It is part of the page itself: what says
/// that the network is gone must not be fetched over it. Each is a constant of its own, so that the
/// WebAssembly holds only those that its islands show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Art(pub(super) &'static str);

macro_rules! art {
    ($file:literal) => {
        Art(include_str!(concat!(
            "../../../public/illustrations/",
            $file,
            ".svg"
        )))
    };
}

/// Nothing bought yet.
pub const EMPTY_LIBRARY: Art = art!("empty-library");
/// Nothing found.
pub const EMPTY_SEARCH: Art = art!("empty-search");
/// Something broke.
pub const ERROR: Art = art!("error");
/// No way to the server.
pub const OFFLINE: Art = art!("offline");
/// Nothing left.
pub const SOLD_OUT: Art = art!("sold-out");
/// The payment was not finished.
pub const CLOSED: Art = art!("closed");
/// Too old.
pub const EXPIRED: Art = art!("expired");
/// To be opened in Telegram.
pub const OPEN_IN_TELEGRAM: Art = art!("open-in-telegram");
/// No such page.
pub const NOT_FOUND: Art = art!("not-found");
/// Sales are paused.
pub const PAUSED: Art = art!("paused");
