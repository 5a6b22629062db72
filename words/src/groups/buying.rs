//! From the tap on "buy" to the goods.

use super::Text;
use crate::Counted;

group! {
    /// From the tap on "buy" to the goods.
    Buying {
        /// The main button, with the price as an object.
        buy: Counted,
        /// The main button of a product that is sold out.
        sold_out: Text,
        /// The main button while sales are paused.
        paused: Text,
        /// The main button in a plain browser.
        open_in_telegram: Text,
        /// Under that button.
        stars_in_telegram: Text,
        /// First state: the order is being opened.
        asking: Text,
        /// Second state: the payment is Telegram's turn.
        waiting: Text,
        /// Third state: the goods are there.
        yours: Text,
        /// Instead of the second state after a while.
        slow: Text,
        /// After a payment sheet closed without word of a payment.
        closed: Text,
        /// After Telegram said that the payment failed.
        failed: Text,
        /// Button that goes on with an order that is still open.
        go_on: Text,
        /// Button that opens the goods.
        open: Text,
        /// Link to all purchases.
        to_purchases: Text,
        /// After the purchase: the goods are also in the chat.
        also_in_chat: Text,
        /// After the purchase: the goods are on their way to the chat.
        on_way_to_chat: Text,
        /// Title of the question whether the bot may write.
        write_access_title: Text,
        /// Why the bot asks to write.
        write_access: Text,
        /// Button that lets the bot write.
        write_access_allow: Text,
        /// For buyers whose browser runs no scripts.
        no_script: Text,
    }
}
