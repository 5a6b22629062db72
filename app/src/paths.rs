//! The addresses of the shop. Pages, islands and the server's router all take them from here.

/// Home.
pub const HOME: &str = "/";
/// The buyer's purchases.
pub const LIBRARY: &str = "/library";
/// Settings and papers.
pub const SETTINGS: &str = "/settings";
/// Terms of sale.
pub const TERMS: &str = "/terms";
/// Privacy policy.
pub const PRIVACY: &str = "/privacy";
/// Help with a payment.
pub const SUPPORT: &str = "/support";
/// About the shop.
pub const ABOUT: &str = "/about";
/// What server functions' addresses start with.
pub const API: &str = "/api/app";

/// A product's page.
pub fn product(code: &str) -> String {
    format!("/p/{code}")
}

/// An order's page.
pub fn order(id: &str) -> String {
    format!("/orders/{id}")
}

/// An order's event stream. The ticket is hex: nothing to escape.
pub fn order_events(id: &str, ticket: &str) -> String {
    format!("/orders/{id}/events?ticket={ticket}")
}

/// A picture of the catalogue.
pub fn picture(key: &str) -> String {
    format!("/media/{key}")
}
