//! Screens that stand in for content.

use super::Text;

group! {
    /// A screen that stands in for content.
    Scene {
        /// What is so, in a few words.
        title: Text,
        /// One sentence more.
        text: Text,
        /// The one next step.
        action: Text,
    }
}

group! {
    /// Screens that stand in for content: each with a picture, a sentence and a next step.
    Scenes {
        /// Nothing bought yet.
        empty_library: Scene,
        /// Nothing found.
        empty_search: Scene,
        /// A shop or a category without products.
        empty_shop: Scene,
        /// Something broke on the server.
        error: Scene,
        /// No way to the server.
        offline: Scene,
        /// The product is gone.
        sold_out: Scene,
        /// The session is too old.
        expired: Scene,
        /// The order was not paid in time.
        order_expired: Scene,
        /// The order was given back.
        refunded: Scene,
        /// A plain browser, where a Telegram account is needed.
        open_in_telegram: Scene,
        /// No such page.
        not_found: Scene,
        /// Sales are paused.
        paused: Scene,
    }
}
