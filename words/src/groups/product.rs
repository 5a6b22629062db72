//! A product's page.

use super::Text;
use crate::{Counted, Template};

group! {
    /// A product's page.
    Product {
        /// What a price buys, after the price: it is paid once.
        once: Text,
        /// The lowest of several prices; gap `{price}`.
        price_from: Template,
        /// Heading over several offers.
        offers: Text,
        /// The quiet line that opens the field for a promo code.
        have_code: Text,
        /// The field for a promo code.
        promo_code: Text,
        /// Button that tries the promo code.
        try_code: Text,
        /// The promo code holds; gap `{code}`.
        code_holds: Template,
        /// The price before, for screen readers; gap `{price}`.
        price_before: Template,
        /// Heading over the benefits.
        what_you_get: Text,
        /// Heading over the description.
        about: Text,
        /// Heading over the seller's answer to refunds.
        refunds: Text,
        /// Heading over products of the same category.
        similar: Text,
        /// How many are left.
        left: Counted,
        /// How large the edition is.
        edition: Counted,
        /// How many one person may buy.
        per_buyer: Counted,
        /// The mark of a product that is sold out.
        sold_out: Text,
        /// The mark of a product that the buyer has.
        yours: Text,
        /// A benefit that is a file.
        file: Text,
        /// How a file comes.
        file_how: Text,
        /// A benefit that is a code.
        code: Text,
        /// How a code comes.
        code_how: Text,
        /// A benefit that is a text.
        text: Text,
        /// How a text comes.
        text_how: Text,
        /// A benefit that is a link.
        link: Text,
        /// How a link comes.
        link_how: Text,
        /// Before the link to the terms of sale, which ends the sentence.
        terms_before: Text,
        /// The link to the terms of sale, in the sentence begun by `terms_before`.
        terms_link: Text,
        /// Button that shows the product to a friend.
        share: Text,
        /// Name of the pictures for screen readers.
        pictures: Text,
        /// Name of one picture; gaps `{n}` and `{total}`.
        picture: Template,
    }
}
