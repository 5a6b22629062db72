//! What people see: pages, islands, interface kit, Telegram bridge, server functions.
//!
//! | module | where it runs | what |
//! |---|---|---|
//! | [`pages`] | server | what each page reads, and how it is drawn |
//! | [`page`] | server | the document around a page |
//! | [`islands`] | both | what reacts |
//! | [`ui`] | both | how things look |
//! | [`api`] | both | server functions, their answers and errors |
//! | [`bridge`] | browser | the Telegram client around the page |
//! | [`client`] | browser | session, following of orders, what buttons do |
//! | [`session`] | server | proofs of who asks |
//! | [`host`] | server | what the server hands in |

pub mod api;
#[allow(unreachable_pub, reason = "the island macro makes its builders public")]
pub mod islands;
pub mod limits;
pub mod paths;
pub mod phrase;
#[allow(
    unreachable_pub,
    reason = "the component macro makes its builders public"
)]
pub mod ui;

#[cfg(feature = "hydrate")]
pub mod bridge;
#[cfg(feature = "hydrate")]
pub mod client;

#[cfg(feature = "ssr")]
pub mod host;
#[cfg(feature = "ssr")]
mod markdown;
#[cfg(feature = "ssr")]
#[allow(
    unreachable_pub,
    reason = "the component macro makes its builders public"
)]
pub mod page;
#[cfg(feature = "ssr")]
#[allow(
    unreachable_pub,
    reason = "the component macro makes its builders public"
)]
pub mod pages;
#[cfg(feature = "ssr")]
mod router;
#[cfg(feature = "ssr")]
pub mod session;

#[cfg(feature = "ssr")]
pub use router::{not_found, router};
