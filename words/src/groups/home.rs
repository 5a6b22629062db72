//! The front of the shop.

use super::Text;
use crate::Template;

group! {
    /// The front of the shop.
    Home {
        /// Name of the search field.
        search: Text,
        /// What the empty search field says.
        search_hint: Text,
        /// Name of the row of categories for screen readers.
        categories: Text,
        /// The chip that shows all categories.
        all: Text,
        /// Heading over the products that the seller puts in front.
        featured: Text,
        /// Heading over the products below those.
        everything: Text,
        /// What a search looked for; gap `{query}`.
        results_for: Template,
        /// Button that lists further products.
        more: Text,
        /// The line over the shop while sales are paused.
        paused: Text,
    }
}
