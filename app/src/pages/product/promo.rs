//! A promo code on a product's page.

use leptos::prelude::*;
use shop::{
    domain::{Offer, Product, PromoPrices, Refusal, Stars},
    store::StoreError,
};

use crate::{limits::PROMO_CHARS, page::PageContext, paths, ui::PromoField};

/// What the page knows of promo codes.
#[derive(Clone, Default)]
pub(super) struct Promo {
    /// Whether there are any that may help here.
    offered: bool,
    /// What was typed; empty where nothing was.
    typed: String,
    /// What became of it.
    tried: Option<Result<PromoPrices, Refusal>>,
}

impl Promo {
    /// Tries the code that was typed, if one was.
    pub(super) async fn tried(
        page: &PageContext,
        product: &Product,
        typed: &str,
    ) -> Result<Self, StoreError> {
        let typed: String = typed.trim().chars().take(PROMO_CHARS).collect();
        let shop = &page.host.shop;
        let tried = if typed.is_empty() {
            None
        } else {
            let now = page.host.now();
            Some(shop.promo_prices(product, &typed, now).await?)
        };
        let offered = tried.is_some() || shop.takes_promo(product).await?;
        Ok(Self {
            offered,
            typed,
            tried,
        })
    }

    /// The code and the price that hold for an offer.
    fn holds(&self, offer: &Offer) -> Option<(&PromoPrices, Stars)> {
        let prices = self.tried.as_ref()?.as_ref().ok()?;
        Some((prices, prices.of(&offer.code)?))
    }

    /// The code, where it holds for an offer.
    pub(super) fn code(&self, offer: &Offer) -> Option<String> {
        Some(self.holds(offer)?.0.code.to_string())
    }

    /// What an offer costs now.
    pub(super) fn price(&self, offer: &Offer) -> Stars {
        self.holds(offer).map_or(offer.price, |(_, price)| price)
    }

    /// What it costs without the code, where one holds.
    pub(super) fn was(&self, offer: &Offer) -> Option<u64> {
        self.holds(offer).map(|_| offer.price.0)
    }

    fn is_refused(&self) -> bool {
        matches!(self.tried, Some(Err(_)))
    }
}

/// The field, where there is a code to be typed.
#[component]
pub(super) fn TryPromo(page: PageContext, product: Product, promo: Promo) -> impl IntoView {
    let words = page.words();
    let refused = promo.is_refused();
    let said = promo.tried.map(|tried| match tried {
        Ok(prices) => {
            let code = prices.code.to_string();
            words.product().code_holds.fill(&[("code", &code)])
        }
        Err(refusal) => words.refusal_reason(refusal.code(), 0),
    });
    let lang = page.named_lang().map(|tag| ("lang", tag.to_owned()));
    promo.offered.then(|| {
        view! {
            <PromoField
                action=paths::product(product.code.as_str())
                typed=promo.typed
                said=said
                refused=refused
                along=lang.into_iter().collect()
                words=words
            />
        }
    })
}
