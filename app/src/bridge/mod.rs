//! The Telegram client around the page: a typed, feature-detected wrapper over
//! `window.Telegram.WebApp` of Telegram's official script.
//!
//! Every call works everywhere: where the client is too old, or where there is none because the
//! page stands in a plain browser, each has a fallback or does nothing and says so. No other
//! module touches `window.open`, `alert`, the clipboard or the script's objects.
//!
//! Theme colours, viewport heights and safe areas need nothing from here: the official script
//! keeps them in CSS variables (`--tg-theme-*`, `--tg-viewport-stable-height`,
//! `--tg-safe-area-inset-*`, `--tg-content-safe-area-inset-*`), and the style sheet sums them.

mod answer;
mod button;
mod clipboard;
mod closing;
mod event;
mod haptics;
mod invoice;
mod link;
mod popup;
mod web_app;
mod write_access;

pub use self::{
    button::{BottomButton, HeaderButton, Place, hide_bottom_buttons},
    clipboard::copy,
    closing::KeepOpen,
    event::Handler,
    haptics::{Haptic, feel},
    invoice::{InvoiceHint, open_invoice},
    link::{download_file, open_link, open_telegram_link, share},
    popup::{Question, ask},
    web_app::{
        close, expand, init_data, is_telegram, language_code, platform, ready, version_at_least,
    },
    write_access::request_write_access,
};
