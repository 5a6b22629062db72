//! The pages: what each reads, and how it is drawn.

mod failure;
mod home;
mod library;
mod order;
mod paper;
mod part;
mod product;
mod settings;
mod start_param;

use axum::{Router, response::Response, routing::get};
use shop::store::StoreError;

pub use self::failure::failed;
pub(crate) use self::{
    home::{Search, draw_results},
    library::draw_library,
    order::{Show, draw_order, stage},
    part::draw_standing,
};
use crate::{host::Host, page::PageContext, paths};

/// The routes of all pages.
pub fn router(host: Host) -> Router {
    Router::new()
        .route(paths::HOME, get(home::page))
        .route("/p/{code}", get(product::page))
        .route(paths::LIBRARY, get(library::page))
        .route("/orders/{id}", get(order::page))
        .route(paths::SETTINGS, get(settings::page))
        .route(paths::TERMS, get(paper::terms))
        .route(paths::PRIVACY, get(paper::privacy))
        .route(paths::SUPPORT, get(paper::support))
        .route(paths::ABOUT, get(paper::about))
        .with_state(host)
}

/// The page for an address where there is nothing.
pub fn missing(page: &PageContext) -> Response {
    failure::missing(page)
}

/// What a page's handler gives: the page, or a store that failed.
type Answer = Result<Response, PageError>;

/// A page that could not be made, with what is needed to say so in the buyer's language.
struct PageError {
    page: Box<PageContext>,
    error: StoreError,
}

impl PageContext {
    /// Marks a failure of the store with the page that it kept from being made.
    fn tried<T>(&self, result: Result<T, StoreError>) -> Result<T, PageError> {
        result.map_err(|error| PageError {
            page: Box::new(self.clone()),
            error,
        })
    }
}

impl axum::response::IntoResponse for PageError {
    fn into_response(self) -> Response {
        tracing::error!(
            error.code = self.error.code(),
            "a page failed: {}",
            self.error
        );
        failed(&self.page)
    }
}
