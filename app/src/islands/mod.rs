//! What reacts. Everything else is drawn on the server and stays as it is.
//!
//! Islands are thin: they wrap what the server drew, listen to what bubbles up, ask server
//! functions and put the fragments that come back in their place. On the server none of them does
//! anything but draw.

mod buy;
mod library;
mod order;
mod search;

pub use self::{
    buy::{Buy, OfferFact},
    library::Library,
    order::OrderView,
    search::SearchBox,
};
