//! What the bot says.

use super::Text;
use crate::Template;

group! {
    /// Descriptions of the bot's commands, as its menu shows them.
    Commands {
        /// `/start`
        start: Text,
        /// `/help`
        help: Text,
        /// `/paysupport`
        paysupport: Text,
        /// `/terms`
        terms: Text,
        /// `/privacy`
        privacy: Text,
    }
}

group! {
    /// What the bot says. Plain texts without markup: whoever sends them escapes what is filled in.
    Bot {
        /// The bot's description in an empty chat; gap `{shop}`.
        description: Template,
        /// The bot's short description; gap `{shop}`.
        short_description: Template,
        /// Descriptions of the commands.
        commands: Commands,
        /// The menu button beside the text field.
        menu_button: Text,
        /// Button that opens the shop.
        open_shop: Text,
        /// Button that opens the purchases.
        open_purchases: Text,
        /// Button that opens one product.
        open_product: Text,
        /// Answer to `/start`; gap `{shop}`.
        start: Template,
        /// Answer to `/start` with a link to a product; gap `{title}`.
        start_product: Template,
        /// Answer to `/help`; gap `{shop}`.
        help: Template,
        /// Before the seller's own words on payments.
        paysupport: Text,
        /// Before the list of the buyer's last orders.
        paysupport_orders: Text,
        /// One order in that list; gaps `{title}`, `{price}`, `{date}`, `{order}`.
        paysupport_order: Template,
        /// In place of that list.
        paysupport_no_orders: Text,
        /// Before the seller's terms of sale; gap `{shop}`.
        terms: Template,
        /// Before the seller's privacy policy; gap `{shop}`.
        privacy: Template,
        /// In place of a paper that the seller has not written.
        no_paper: Text,
        /// Answer to anything else.
        not_understood: Text,
        /// Caption of a file; gaps `{title}` and `{order}`.
        file: Template,
        /// A code; gaps `{title}`, `{order}` and `{code}`.
        code: Template,
        /// A text; gaps `{title}`, `{order}` and `{text}`.
        text: Template,
        /// A link; gaps `{title}`, `{order}` and `{url}`.
        link: Template,
        /// A purchase with the number of its copy; gaps `{title}`, `{number}` and `{total}`.
        numbered: Template,
        /// A second payment goes back; gap `{price}` (as an object).
        paid_twice: Template,
        /// A payment that could not be honoured goes back; gaps `{why}` and `{price}` (as an
        /// object).
        refused: Template,
        /// The seller gives a payment back; gap `{price}` (as an object).
        by_seller: Template,
        /// A purchase was refunded; gaps `{title}` and `{price}` (as an object).
        refunded: Template,
        /// One of several payments for it was refunded; gaps `{title}` and `{price}` (as an object).
        period_refunded: Template,
        /// A subscription is about to be charged again; gaps `{title}`, `{price}` (as an object)
        /// and `{date}`.
        renews_soon: Template,
        /// A subscription that is not renewed, or a pass, is about to end; gaps `{title}` and
        /// `{date}`.
        ends_soon: Template,
        /// A renewal could not be charged; gaps `{title}` and `{date}`, until when the goods stay.
        renewal_failed: Template,
        /// A subscription or pass is over; gap `{title}`.
        lapsed: Template,
        /// A subscription that was over is paid again; gap `{title}`.
        came_back: Template,
    }
}
