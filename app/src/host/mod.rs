//! What the server hands in: everything that a page or a server function may use.

mod assets;

use std::sync::Arc;

use leptos::config::LeptosOptions;
use shop::{Shop, domain::UnixSeconds};
use telegram::{BotToken, init_data::AgeLimits};

pub use self::assets::AssetNames;
use crate::session::Sessions;

/// The shop and its surroundings. Cheap to clone; pages take it as axum state, server functions
/// from Leptos's context.
#[derive(Clone)]
pub struct Host {
    /// Catalogue, orders and goods.
    pub shop: Shop,
    /// Sessions, tickets and download links.
    pub sessions: Sessions,
    /// Telegram's Bot API, for invoice links.
    pub telegram: telegram::Client,
    /// The bot's token, which launch data is checked against. Never printed.
    pub token: BotToken,
    /// How old launch data may be when it is traded for a session.
    pub init_data_ages: AgeLimits,
    /// The bot's name without `@`, for links that open the shop in Telegram. Empty as long as
    /// Telegram has not told it.
    pub bot_username: Arc<dyn Fn() -> String + Send + Sync>,
    /// The address at which buyers reach the shop, without a trailing slash.
    pub public_url: Arc<str>,
    /// The address of Telegram's script on our own origin. It changes when the script does.
    pub script_url: Arc<dyn Fn() -> String + Send + Sync>,
    /// Names of the built files.
    pub assets: Arc<AssetNames>,
    /// What the time is.
    pub clock: fn() -> UnixSeconds,
    /// Leptos's own settings (live reload in development).
    pub leptos: Arc<LeptosOptions>,
}

impl Host {
    /// The time, as the shop keeps it.
    pub fn now(&self) -> UnixSeconds {
        (self.clock)()
    }

    /// The link that opens the shop in Telegram, at a product where one is given.
    pub fn telegram_link(&self, product: Option<&str>) -> Option<String> {
        let bot = (self.bot_username)();
        if bot.is_empty() {
            return None;
        }
        let start = product.map_or_else(String::new, |code| format!("p_{code}"));
        Some(format!("https://t.me/{bot}?startapp={start}"))
    }
}

/// The nonce of a page, left in the response's extensions for the layer that writes the policy.
#[derive(Debug, Clone)]
pub struct PageNonce(pub Arc<str>);
