//! Buying on a product's page.

use leptos::prelude::*;
use shop::domain::{Offer, Product, Stars, Term, UnixSeconds};
use words::Words;

use super::{
    super::part::term_line,
    promo::{Promo, TryPromo},
};
use crate::{
    islands::Buy,
    page::PageContext,
    paths,
    ui::{
        BottomBar, Burst, Button, ButtonKind, Choice, Choices, EmptyState, LinkButton, PayLine,
        PayStage, Price, PriceBefore, Section, Sheet, art,
    },
};

/// The offers, the sheet and the button. The island only listens; all of it is drawn here.
#[component]
pub(super) fn Checkout(
    page: PageContext,
    product: Product,
    promo: Promo,
    paused: bool,
) -> impl IntoView {
    let words = page.words();
    let buying = words.buying();
    let blocked = Blocked::of(&product, paused);
    let scene = blocked.map(|blocked| view! { <Instead page=page.clone() blocked=blocked/> });
    let blocked = blocked.map(|blocked| blocked.label(words));
    let link = page.host.telegram_link(Some(product.code.as_str()));
    let button = match (blocked, link) {
        (Some(why), _) => view! { <Button disabled=true>{why}</Button> }.into_any(),
        (None, Some(link)) => {
            view! { <LinkButton href=link>{buying.open_in_telegram}</LinkButton> }.into_any()
        }
        (None, None) => ().into_any(),
    };
    let note = if blocked.is_none() {
        buying.stars_in_telegram
    } else {
        ""
    };
    let field = blocked.is_none().then(|| {
        let (page, product, promo) = (page.clone(), product.clone(), promo.clone());
        view! { <TryPromo page=page product=product promo=promo/> }
    });
    let title = Signal::stored(product.title.clone());
    let code = product.code.to_string();
    view! {
        <Buy>
            <form id="checkout" data-product=code data-blocked=blocked>
                <Offers
                    words=words
                    offers=product.offers
                    promo=promo
                    now=page.host.now()
                />
            </form>
            {field}
            <Sheet node_ref=NodeRef::new() title=title words=words attr:id="payment">
                <PayLine
                    stage=Signal::stored(PayStage::Asking)
                    words=words
                    attr:id="pay-line"
                />
                <div id="goods"></div>
            </Sheet>
        </Buy>
        {scene}
        <BottomBar note=note>{button}</BottomBar>
        <noscript>
            <p class="section-footer">{buying.no_script}</p>
        </noscript>
        <template id="burst">
            <Burst/>
        </template>
    }
}

/// Why a product cannot be bought now.
#[derive(Clone, Copy)]
enum Blocked {
    Paused,
    SoldOut,
}

impl Blocked {
    fn of(product: &Product, paused: bool) -> Option<Self> {
        if paused {
            return Some(Self::Paused);
        }
        (product.left == Some(0)).then_some(Self::SoldOut)
    }

    /// What the button says.
    fn label(self, words: Words) -> &'static str {
        match self {
            Self::Paused => words.buying().paused,
            Self::SoldOut => words.buying().sold_out,
        }
    }
}

/// What stands where there is nothing to buy now, and where to go instead.
#[component]
fn Instead(page: PageContext, blocked: Blocked) -> impl IntoView {
    let scenes = page.words().scenes();
    let (art, scene, next) = match blocked {
        Blocked::Paused => (art::PAUSED, &scenes.paused, paths::LIBRARY),
        Blocked::SoldOut => (art::SOLD_OUT, &scenes.sold_out, paths::HOME),
    };
    view! {
        <Section>
            <EmptyState art=art scene=scene>
                <LinkButton kind=ButtonKind::Tinted href=page.link(next)>{scene.action}</LinkButton>
            </EmptyState>
        </Section>
    }
}

/// A choice, where there is one; else the only offer, unseen. Each carries its price and the text
/// of the button for the island.
#[component]
fn Offers(words: Words, offers: Vec<Offer>, promo: Promo, now: UnixSeconds) -> impl IntoView {
    let label = words.product().offers;
    let small_print = small_print(words, &offers, now);
    if let [only] = offers.as_slice() {
        let (code, price, promo) = (only.code.to_string(), promo.price(only), promo.code(only));
        let note = (!small_print.is_empty())
            .then(|| view! { <p class="section-footer">{small_print}</p> });
        return view! {
            <div
                hidden
                data-price=price.0.to_string()
                data-promo=promo
                data-label=buy(words, only, price)
            >
                <input type="radio" name="offer" value=code checked/>
            </div>
            {note}
        }
        .into_any();
    }
    let timed = offers.iter().any(|offer| offer.term != Term::Forever);
    let rows = offers
        .into_iter()
        .enumerate()
        .map(|(at, offer)| {
            let price = promo.price(&offer);
            let (stars, buy) = (price.0, buy(words, &offer, price));
            let code = promo.code(&offer);
            let was = promo
                .was(&offer)
                .map(|was| view! { <PriceBefore stars=was words=words/> });
            let subtitle = timed.then(|| term_line(words, offer.term));
            view! {
                <Choice
                    name="offer"
                    value=offer.code.to_string()
                    title=offer.title
                    subtitle=subtitle
                    checked={at == 0}
                    attr:data-price=stars.to_string()
                    attr:data-promo=code
                    attr:data-label=buy
                >
                    {was}
                    <Price stars=stars words=words/>
                </Choice>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Section header=label footer=small_print>
            <Choices label=label>{rows}</Choices>
        </Section>
    }
    .into_any()
}

/// What the button says.
fn buy(words: Words, offer: &Offer, price: Stars) -> String {
    if offer.term.renews() {
        words.subscribe(price.0)
    } else {
        words.buy(price.0)
    }
}

/// What is to be known before paying: when it renews and how to stop that, and what a change of
/// plan does. Nobody is known yet, so it is true for everybody.
fn small_print(words: Words, offers: &[Offer], now: UnixSeconds) -> String {
    let say = words.renewal();
    let mut sentences = Vec::new();
    for offer in offers {
        if let Term::Subscription { seconds } = offer.term
            && sentences.is_empty()
        {
            let date = words.end_of(seconds, now.plus(seconds).0);
            let gaps = [("every", words.every(seconds)), ("date", date)];
            let gaps = gaps.each_ref().map(|(name, text)| (*name, text.as_str()));
            sentences.push(say.promise.fill(&gaps));
        }
    }
    match offers {
        [only] if matches!(only.term, Term::Pass { .. }) => {
            sentences.push(say.no_renewal.to_owned());
        }
        // What is bought for good takes no credit.
        [_, _, ..] if offers.iter().all(|offer| offer.term != Term::Forever) => {
            sentences.push(say.change.to_owned());
        }
        _ => {}
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests;
