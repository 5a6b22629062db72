//! What can be bought, as the page says.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use crate::client::page;

/// The form of offers.
pub(super) struct Form(Element);

/// The offer that is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Its code.
    pub(super) offer: String,
    /// Its price in whole Stars, as the buyer sees it.
    pub(super) price: u64,
    /// The promo code behind that price.
    pub(super) promo: Option<String>,
    /// The button's text.
    pub(super) label: String,
}

impl Form {
    /// The form of this page.
    pub(super) fn of_page() -> Option<Self> {
        page::element("checkout").map(Self)
    }

    /// The product's code.
    pub(super) fn product(&self) -> String {
        page::data(&self.0, "data-product").unwrap_or_default()
    }

    /// Why it cannot be bought now.
    pub(super) fn blocked(&self) -> Option<String> {
        page::data(&self.0, "data-blocked")
    }

    /// The offer that is chosen now.
    pub(super) fn chosen(&self) -> Option<Chosen> {
        let input = self.0.query_selector("input[name=offer]:checked").ok()??;
        let row = input.closest("[data-price]").ok()??;
        Some(Chosen {
            offer: input.unchecked_into::<HtmlInputElement>().value(),
            price: page::data(&row, "data-price")?.parse().ok()?,
            promo: page::data(&row, "data-promo"),
            label: page::data(&row, "data-label")?,
        })
    }
}
