//! What reacts. Everything else is drawn on the server and stays as it is.
//!
//! Islands are thin: they wrap what the server drew, listen to what bubbles up, ask server
//! functions and put the fragments that come back in their place. They have no properties, since
//! what they need to know stands in the page anyway (`data-…`), and no signals, since nothing is
//! drawn in the browser. On the server they do nothing but draw.

mod buy;
mod library;
mod order;
mod search;

pub use self::{buy::Buy, library::Library, order::OrderView, search::SearchBox};
