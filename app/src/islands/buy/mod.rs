//! Buying on a product's page.

#[cfg(feature = "hydrate")]
mod checkout;
#[cfg(feature = "hydrate")]
mod form;
#[cfg(feature = "hydrate")]
mod sheet;

use leptos::prelude::*;

/// Owns the client's main button and shows the payment's progress until the goods are there.
///
/// It wraps the form of offers (`#checkout` with `data-product` and, where it cannot be bought,
/// `data-blocked`; each offer an `input[name=offer]` inside an element with `data-price`, the
/// button's text as `data-label` and, where one holds, the promo code as `data-promo`) and the sheet (`#payment` with `#pay-line` and `#goods`).
#[island]
pub fn Buy(
    /// Form and sheet.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let choose = {
        let checkout = checkout::Checkout::start();
        move |_| checkout.iter().for_each(|checkout| checkout.choose())
    };
    #[cfg(not(feature = "hydrate"))]
    let choose = |_: leptos::ev::Event| {};
    view! { <div on:change=choose>{children()}</div> }
}
