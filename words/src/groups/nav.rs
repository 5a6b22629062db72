//! Getting around.

use super::Text;

group! {
    /// Getting around.
    Nav {
        /// The tab and heading of the shop's front.
        shop: Text,
        /// The tab and heading of what the buyer has.
        purchases: Text,
        /// The tab and heading of the settings.
        settings: Text,
        /// Name of the arrow to the page before.
        back: Text,
        /// Name of a button that closes something.
        close: Text,
        /// Name of the tab bar for screen readers.
        menu: Text,
    }
}
