//! Telegram's own Star ledger: the judge over our books.
//!
//! A page is read oldest first, and the offset counts from the oldest row, so a stored offset is a
//! cursor. A refund repeats the id of its payment with the other direction: rows are unique by
//! id *and* direction.

mod amount;
mod partner;
mod transaction;

pub use amount::StarAmount;
pub use partner::{AffiliateInfo, TransactionPartner, UserPartner, WithdrawalState};
pub use transaction::{Direction, StarTransaction, StarTransactions};
