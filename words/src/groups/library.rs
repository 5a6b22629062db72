//! What the buyer has.

use super::Text;
use crate::Template;

group! {
    /// What the buyer has.
    Library {
        /// Heading over the goods.
        goods: Text,
        /// Heading over the orders behind the goods.
        orders: Text,
        /// When something was bought; gap `{date}`.
        bought: Template,
        /// Which copy of an edition somebody has; gaps `{number}` and `{total}`.
        copy_number: Template,
        /// Opens a text or a link.
        open: Text,
        /// Folds a text up again.
        close: Text,
        /// Saves a file.
        download: Text,
        /// Copies a code.
        copy: Text,
        /// After a code was copied.
        copied: Text,
        /// When the clipboard is closed to the page.
        copy_failed: Text,
        /// Sends the goods to the chat again.
        send_again: Text,
        /// After it was asked for.
        sent: Text,
        /// Name of a code for screen readers.
        your_code: Text,
        /// The mark of a purchase that was given back.
        refunded: Text,
        /// Under the orders, where one was given back.
        refunded_note: Text,
    }
}
