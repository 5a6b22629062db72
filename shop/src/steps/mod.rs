//! What happens to an order, one step a file.
//!
//! Each step reads alike: it *gathers* the facts in a transaction, lets the domain *decide*, then
//! *applies* the decision and *owes* its effects to the outbox in the same transaction. Nothing
//! leaves the process here: effects are carried out later, by a worker that reads the outbox.
//!
//! When another writer was faster, the conditional statements of the store say so, the transaction
//! is dropped and the step starts again from fresh facts. The other one got ahead, so this ends.

pub(crate) mod book_refund;
pub(crate) mod bring_in;
pub(crate) mod change_renewal;
pub(crate) mod compare;
pub(crate) mod deliver;
pub(crate) mod expire;
pub(crate) mod keep_rows;
mod learn;
pub(crate) mod note_refusal;
pub(crate) mod open_order;
pub(crate) mod precheck;
pub(crate) mod queue_refund;
mod renew;
mod return_period;
mod rights;
pub(crate) mod settle;
mod stop_charging;
mod subscribe;
pub(crate) mod switch;
pub(crate) mod turn;
mod work_row;
pub(crate) mod work_rows;

pub use self::{
    compare::{Comparison, TelegramBalance},
    switch::Switch,
    work_row::RowEnd,
};

use crate::{
    domain::{Order, verdict::order_named},
    store::{Conn, StoreError, order},
};

/// The order that an invoice payload names, where it is one of ours.
async fn order_of(conn: &mut Conn, payload: &str) -> Result<Option<Order>, StoreError> {
    match order_named(payload) {
        Some(id) => order::get(conn, id).await,
        None => Ok(None),
    }
}

/// An arrow that the state machine lacks was about to be written: a mistake in a step.
fn illegal(error: crate::domain::IllegalTransition) -> StoreError {
    StoreError::corrupt(error)
}
