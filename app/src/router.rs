//! The routes of this crate, for the server to merge with its own.

use axum::Router;

use crate::{api, host::Host, page::PageContext, pages};

/// All pages and server functions.
pub fn router(host: Host) -> Router {
    pages::router(host.clone()).merge(api::router(host))
}

/// The page that says that there is nothing here, for every other address.
pub fn not_found(host: Host) -> Router {
    let missing = async |page: PageContext| pages::missing(&page);
    Router::new().fallback(missing).with_state(host)
}
