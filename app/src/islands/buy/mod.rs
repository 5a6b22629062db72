//! Buying on a product's page.

#[cfg(feature = "hydrate")]
mod checkout;

use leptos::{html, prelude::*};
use serde::{Deserialize, Serialize};
use words::Lang;

use crate::ui::{PayLine, PayStage, Sheet};

/// An offer, as far as the button needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferFact {
    /// Its code.
    pub code: String,
    /// Its price in whole Stars, as the buyer sees it.
    pub price: u64,
}

/// The place for the goods in the sheet.
pub(crate) const GOODS: &str = "goods";

/// Listens to the choice of offers that it wraps, owns the client's main button, and shows the
/// payment's progress in a sheet until the goods are there.
#[island]
pub fn Buy(
    /// The page's language.
    lang: Lang,
    /// The product's code.
    product: String,
    /// The product's title.
    title: String,
    /// The offers, in the order of the choice.
    offers: Vec<OfferFact>,
    /// Why it cannot be bought now: the button's text.
    blocked: Option<String>,
    /// The choice.
    children: Children,
) -> impl IntoView {
    let words = words::words(lang);
    let stage = RwSignal::new(PayStage::default());
    let sheet = NodeRef::<html::Dialog>::new();
    #[cfg(feature = "hydrate")]
    let choose = {
        let checkout = checkout::Checkout::start(product, offers, blocked, stage, sheet);
        move |event| checkout.choose(&event_target_value(&event))
    };
    #[cfg(not(feature = "hydrate"))]
    let choose = {
        let _ = (product, offers, blocked);
        |_: leptos::ev::Event| {}
    };
    view! {
        <div on:change=choose>{children()}</div>
        <Sheet node_ref=sheet title=Signal::stored(title) words=words>
            <PayLine stage=stage words=words/>
            <div id=GOODS></div>
        </Sheet>
    }
}
