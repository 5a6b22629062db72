//! The marks of MarkdownV2.

/// What an open mark is; the name is the one in Telegram's complaints.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Bold,
    Italic,
    Underline,
    Strikethrough,
    Spoiler,
    Code,
    Pre,
    PreCode(String),
    TextUrl,
    CustomEmoji,
    BlockQuote,
}

impl Kind {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Bold => "Bold",
            Self::Italic => "Italic",
            Self::Underline => "Underline",
            Self::Strikethrough => "Strikethrough",
            Self::Spoiler => "Spoiler",
            Self::Code => "Code",
            Self::Pre => "Pre",
            Self::PreCode(_) => "PreCode",
            Self::TextUrl => "TextUrl",
            Self::CustomEmoji => "CustomEmoji",
            Self::BlockQuote => "BlockQuote",
        }
    }

    pub(super) fn is_code(&self) -> bool {
        matches!(self, Self::Code | Self::Pre | Self::PreCode(_))
    }

    /// The mark that ends it.
    pub(super) fn end(&self) -> &'static str {
        match self {
            Self::Bold => "*",
            Self::Italic => "_",
            Self::Underline => "__",
            Self::Strikethrough => "~",
            Self::Spoiler => "||",
            Self::Code => "`",
            Self::Pre | Self::PreCode(_) => "```",
            Self::TextUrl | Self::CustomEmoji => "]",
            Self::BlockQuote => "\n",
        }
    }
}
