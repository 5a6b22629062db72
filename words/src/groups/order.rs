//! One order.

use super::Text;

group! {
    /// One order.
    Order {
        /// The page's heading.
        title: Text,
        /// Label of the order's number.
        number: Text,
        /// Label of what was paid.
        price: Text,
        /// Label of the day it was opened.
        opened_on: Text,
        /// Label of the day it was paid.
        paid_on: Text,
        /// Label of Telegram's number of the payment.
        charge: Text,
        /// Label of the state.
        state: Text,
        /// State: not paid yet.
        opened: Text,
        /// State: Telegram is taking the payment.
        prechecked: Text,
        /// State: paid, goods are there.
        paid: Text,
        /// State: paid and sent in the chat.
        delivered: Text,
        /// State: not paid in time.
        expired: Text,
        /// State: given back.
        refunded: Text,
        /// Title of a payment that is on its way back.
        goes_back: Text,
        /// Title of a payment that is back.
        came_back: Text,
        /// Why it goes back: the order was paid before.
        back_paid_twice: Text,
        /// Why it goes back: the seller wants it so.
        back_by_seller: Text,
        /// Why it is back: nobody asked the shop.
        back_by_telegram: Text,
        /// Link to help with this payment.
        help: Text,
        /// Where that help is.
        help_note: Text,
    }
}
