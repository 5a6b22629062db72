//! A page as a document: who asks for it, its head, and how it is drawn.
//!
//! Each page is a document of its own, and links between them are plain links. No client router:
//! it would weigh more than all islands together (a third of the whole budget for a first load),
//! and would have to be taught what documents know by themselves: history, scroll positions, the
//! browser's cache, a page that works before its scripts. What a router would add, the browser
//! has: pages change with a view transition across documents, and a link that is about to be
//! followed is fetched ahead by speculation rules.
//!
//! A page's data is read first and its view is drawn in one go, without `Suspense`: nothing of
//! the data has to travel a second time for the browser's sake.

mod context;
mod document;
mod draw;

pub use self::{
    context::PageContext,
    document::{Head, Place, Tab},
};
pub(crate) use self::{document::respond, draw::draw};
