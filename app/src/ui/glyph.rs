//! The pictures of [`Icon`](super::Icon), each a constant of its own, so that the WebAssembly holds
//! only those that its islands show. Drawn by Lucide (ISC licence, see style/NOTICE.md).

/// The inside of a 24 × 24 SVG.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// SVG elements.
    pub(super) shapes: &'static str,
    /// Whether it points somewhere and so turns around where text runs from right to left.
    pub(super) mirrors: bool,
}

const fn glyph(shapes: &'static str) -> Glyph {
    Glyph {
        shapes,
        mirrors: false,
    }
}

const fn pointing(shapes: &'static str) -> Glyph {
    Glyph {
        shapes,
        mirrors: true,
    }
}

/// To the page before.
pub const BACK: Glyph = pointing(r#"<path d="M12 19l-7-7 7-7M19 12H5"/>"#);

/// The chat with the bot.
pub const CHAT: Glyph = glyph(
    r#"<path d="M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719"/>"#,
);

/// Done, or chosen.
pub const CHECK: Glyph = glyph(r#"<path d="M20 6 9 17l-5-5"/>"#);

/// Time runs, or ran out.
pub const CLOCK: Glyph = glyph(r#"<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 2"/>"#);

/// Closes or empties.
pub const CLOSE: Glyph = glyph(r#"<path d="M18 6 6 18M6 6l12 12"/>"#);

/// A code.
pub const CODE: Glyph = glyph(
    r#"<circle cx="16.5" cy="7.5" r=".5" fill="currentColor"/><path d="M2.586 17.414A2 2 0 0 0 2 18.828V21a1 1 0 0 0 1 1h3a1 1 0 0 0 1-1v-1a1 1 0 0 1 1-1h1a1 1 0 0 0 1-1v-1a1 1 0 0 1 1-1h.172a2 2 0 0 0 1.414-.586l.814-.814a6.5 6.5 0 1 0-4-4z"/>"#,
);

/// Copies.
pub const COPY: Glyph = glyph(
    r#"<rect width="14" height="14" x="8" y="8" rx="2" ry="2"/><path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"/>"#,
);

/// Saves a file.
pub const DOWNLOAD: Glyph =
    glyph(r#"<path d="M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5"/>"#);

/// A limited number.
pub const EDITION: Glyph = glyph(
    r#"<path d="M12.83 2.18a2 2 0 0 0-1.66 0L2.6 6.08a1 1 0 0 0 0 1.83l8.58 3.91a2 2 0 0 0 1.66 0l8.58-3.9a1 1 0 0 0 0-1.83zM2 12a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 12M2 17a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 17"/>"#,
);

/// A file.
pub const FILE: Glyph = glyph(
    r#"<path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5M12 18v-6M9 15l3 3 3-3"/>"#,
);

/// Leads further.
pub const FORWARD: Glyph = pointing(r#"<path d="M9 18l6-6-6-6"/>"#);

/// A gift.
pub const GIFT: Glyph = glyph(
    r#"<rect x="3" y="7" width="18" height="4" rx="1"/><path d="M12 7v14M20 11v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8M7.5 7a1 1 0 0 1 0-5A4.8 8 0 0 1 12 7a4.8 8 0 0 1 4.5-5 1 1 0 0 1 0 5"/>"#,
);

/// Help.
pub const HELP: Glyph = glyph(
    r#"<circle cx="12" cy="12" r="10"/><circle cx="12" cy="12" r="4"/><path d="M4.93 4.93l4.24 4.24M14.83 9.17l4.24-4.24M14.83 14.83l4.24 4.24M9.17 14.83l-4.24 4.24"/>"#,
);

/// About something.
pub const INFO: Glyph = glyph(r#"<circle cx="12" cy="12" r="10"/><path d="M12 16v-4M12 8h.01"/>"#);

/// Language.
pub const LANGUAGE: Glyph = glyph(
    r#"<circle cx="12" cy="12" r="10"/><path d="M12 2a14.5 14.5 0 0 0 0 20 14.5 14.5 0 0 0 0-20M2 12h20"/>"#,
);

/// A link.
pub const LINK: Glyph = glyph(
    r#"<path d="M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"/>"#,
);

/// No connection.
pub const OFFLINE: Glyph = glyph(
    r#"<path d="M12 20h.01M8.5 16.429a5 5 0 0 1 7 0M5 12.859a10 10 0 0 1 5.17-2.69M19 12.859a10 10 0 0 0-2.007-1.523M2 8.82a15 15 0 0 1 4.177-2.643M22 8.82a15 15 0 0 0-11.288-3.764M2 2l20 20"/>"#,
);

/// Opens elsewhere.
pub const OPEN: Glyph = pointing(r#"<path d="M7 7h10v10M7 17 17 7"/>"#);

/// Sales are paused.
pub const PAUSE: Glyph = glyph(
    r#"<circle cx="12" cy="12" r="10"/><line x1="10" x2="10" y1="15" y2="9"/><line x1="14" x2="14" y1="15" y2="9"/>"#,
);

/// One person.
pub const PERSON: Glyph =
    glyph(r#"<circle cx="12" cy="7" r="4"/><path d="M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2"/>"#);

/// Privacy.
pub const PRIVACY: Glyph = glyph(
    r#"<path d="M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1zM9 12l2 2 4-4"/>"#,
);

/// What the buyer has.
pub const PURCHASES: Glyph = glyph(
    r#"<path d="M16 10a4 4 0 0 1-8 0M3.103 6.034h17.794M3.4 5.467a2 2 0 0 0-.4 1.2V20a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2V6.667a2 2 0 0 0-.4-1.2l-2-2.667A2 2 0 0 0 17 2H7a2 2 0 0 0-1.6.8z"/>"#,
);

/// An order.
pub const RECEIPT: Glyph = glyph(
    r#"<path d="M13 16H8M14 8H8M16 12H8M4 3a1 1 0 0 1 1-1 1.3 1.3 0 0 1 .7.2l.933.6a1.3 1.3 0 0 0 1.4 0l.934-.6a1.3 1.3 0 0 1 1.4 0l.933.6a1.3 1.3 0 0 0 1.4 0l.933-.6a1.3 1.3 0 0 1 1.4 0l.934.6a1.3 1.3 0 0 0 1.4 0l.933-.6A1.3 1.3 0 0 1 19 2a1 1 0 0 1 1 1v18a1 1 0 0 1-1 1 1.3 1.3 0 0 1-.7-.2l-.933-.6a1.3 1.3 0 0 0-1.4 0l-.934.6a1.3 1.3 0 0 1-1.4 0l-.933-.6a1.3 1.3 0 0 0-1.4 0l-.933.6a1.3 1.3 0 0 1-1.4 0l-.934-.6a1.3 1.3 0 0 0-1.4 0l-.933.6a1.3 1.3 0 0 1-.7.2 1 1 0 0 1-1-1z"/>"#,
);

/// A refund.
pub const REFUND: Glyph = pointing(
    r#"<path d="M9 14 4 9l5-5M4 9h10.5a5.5 5.5 0 0 1 5.5 5.5a5.5 5.5 0 0 1-5.5 5.5H11"/>"#,
);

/// Once more.
pub const RETRY: Glyph =
    glyph(r#"<path d="M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8M21 3v5h-5"/>"#);

/// Search.
pub const SEARCH: Glyph = glyph(r#"<circle cx="11" cy="11" r="8"/><path d="M21 21l-4.34-4.34"/>"#);

/// Sends to the chat.
pub const SEND: Glyph = pointing(
    r#"<path d="M14.536 21.686a.5.5 0 0 0 .937-.024l6.5-19a.496.496 0 0 0-.635-.635l-19 6.5a.5.5 0 0 0-.024.937l7.93 3.18a2 2 0 0 1 1.112 1.11zM21.854 2.147l-10.94 10.939"/>"#,
);

/// Settings.
pub const SETTINGS: Glyph = glyph(
    r#"<circle cx="12" cy="12" r="3"/><path d="M9.671 4.136a2.34 2.34 0 0 1 4.659 0 2.34 2.34 0 0 0 3.319 1.915 2.34 2.34 0 0 1 2.33 4.033 2.34 2.34 0 0 0 0 3.831 2.34 2.34 0 0 1-2.33 4.033 2.34 2.34 0 0 0-3.319 1.915 2.34 2.34 0 0 1-4.659 0 2.34 2.34 0 0 0-3.32-1.915 2.34 2.34 0 0 1-2.33-4.033 2.34 2.34 0 0 0 0-3.831A2.34 2.34 0 0 1 6.35 6.051a2.34 2.34 0 0 0 3.319-1.915"/>"#,
);

/// Shares.
pub const SHARE: Glyph =
    glyph(r#"<path d="M12 2v13M16 6l-4-4-4 4M4 12v8a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8"/>"#);

/// The shop.
pub const SHOP: Glyph = glyph(
    r#"<path d="M15 21v-5a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v5M17.774 10.31a1.12 1.12 0 0 0-1.549 0 2.5 2.5 0 0 1-3.451 0 1.12 1.12 0 0 0-1.548 0 2.5 2.5 0 0 1-3.452 0 1.12 1.12 0 0 0-1.549 0 2.5 2.5 0 0 1-3.77-3.248l2.889-4.184A2 2 0 0 1 7 2h10a2 2 0 0 1 1.653.873l2.895 4.192a2.5 2.5 0 0 1-3.774 3.244M4 10.95V19a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8.05"/>"#,
);

/// Terms of sale.
pub const TERMS: Glyph = pointing(
    r#"<path d="M15 12h-5M15 8h-5M19 17V5a2 2 0 0 0-2-2H4M8 21h12a2 2 0 0 0 2-2v-1a1 1 0 0 0-1-1H11a1 1 0 0 0-1 1v1a2 2 0 1 1-4 0V5a2 2 0 1 0-4 0v2a1 1 0 0 0 1 1h3"/>"#,
);

/// A text.
pub const TEXT: Glyph = glyph(
    r#"<path d="M12 5v16M20.001 19A2 2 0 0022 17V5a2 2 0 00-1.999-2L16 3.002A5 5 0 0012 5a5 5 0 00-4-2H4a2 2 0 00-2 2v12a2 2 0 001.999 2H8a5 5 0 014 2 5 5 0 014-2z"/>"#,
);

/// Mind this.
pub const WARNING: Glyph = glyph(
    r#"<path d="M21.73 18l-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01"/>"#,
);
