//! The few words that islands say by themselves.
//!
//! The server writes them into each page in its language, so that the WebAssembly carries none: it
//! would carry them in all languages.

/// A text that an island says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase {
    /// The payment is Telegram's turn.
    Waiting,
    /// Telegram takes long.
    Slow,
    /// The goods are there.
    Yours,
    /// The payment sheet closed without word of a payment.
    Closed,
    /// Telegram said that the payment failed.
    Failed,
    /// The order was not paid in time.
    Expired,
    /// The button that goes on with an order.
    GoOn,
    /// The button that leads to the goods.
    Open,
    /// The button that tries once more.
    Retry,
    /// The button that closes the Mini App.
    Reopen,
    /// A code was copied.
    Copied,
    /// The clipboard is closed to the page.
    CopyFailed,
    /// The goods go to the chat again.
    Sent,
    /// The goods go to the chat.
    OnWayToChat,
    /// No way to the shop.
    Offline,
    /// Something broke.
    Broken,
    /// There is nobody known here.
    OpenInTelegram,
}

impl Phrase {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Waiting,
        Self::Slow,
        Self::Yours,
        Self::Closed,
        Self::Failed,
        Self::Expired,
        Self::GoOn,
        Self::Open,
        Self::Retry,
        Self::Reopen,
        Self::Copied,
        Self::CopyFailed,
        Self::Sent,
        Self::OnWayToChat,
        Self::Offline,
        Self::Broken,
        Self::OpenInTelegram,
    ];

    /// Where it stands in the page: its place among the page's phrases.
    pub const fn place(self) -> u32 {
        self as u32
    }

    /// The words.
    #[cfg(feature = "ssr")]
    pub fn text(self, words: words::Words) -> &'static str {
        let (buying, library, errors) = (words.buying(), words.library(), words.errors());
        match self {
            Self::Waiting => buying.waiting,
            Self::Slow => buying.slow,
            Self::Yours => buying.yours,
            Self::Closed => buying.closed,
            Self::Failed => buying.failed,
            Self::Expired => words.scenes().order_expired.text,
            Self::GoOn => buying.go_on,
            Self::Open => buying.open,
            Self::Retry => errors.retry,
            Self::Reopen => errors.reopen,
            Self::Copied => library.copied,
            Self::CopyFailed => library.copy_failed,
            Self::Sent => library.sent,
            Self::OnWayToChat => buying.on_way_to_chat,
            Self::Offline => errors.network,
            Self::Broken => errors.server,
            Self::OpenInTelegram => errors.session_missing,
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::Phrase;

    #[test]
    fn each_phrase_has_its_place() {
        for (at, phrase) in Phrase::ALL.into_iter().enumerate() {
            assert_eq!(phrase.place() as usize, at, "{phrase:?}");
        }
    }
}
