//! What went wrong between page and server.

use super::Text;

group! {
    /// What went wrong between page and server. [`Words::error`](crate::Words::error) finds them by
    /// code.
    Errors {
        /// No session was sent.
        session_missing: Text,
        /// The session is too old.
        session_expired: Text,
        /// Telegram's launch data is too old.
        init_data_expired: Text,
        /// Telegram's launch data is damaged or not this shop's.
        init_data_invalid: Text,
        /// No such order of this buyer.
        order_not_found: Text,
        /// No such goods of this buyer.
        goods_not_found: Text,
        /// No such product.
        product_not_found: Text,
        /// Too many requests.
        too_many: Text,
        /// No way to the server.
        network: Text,
        /// Telegram did not answer the server.
        telegram: Text,
        /// Anything else.
        server: Text,
        /// Button that tries once more.
        retry: Text,
        /// Button that closes the app, to be opened again from the chat.
        reopen: Text,
    }
}
