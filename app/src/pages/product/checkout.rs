//! Buying on a product's page.

use leptos::prelude::*;
use shop::domain::{Offer, Product};
use words::Words;

use crate::{
    islands::Buy,
    page::PageContext,
    paths,
    ui::{
        BottomBar, Burst, Button, ButtonKind, Choice, Choices, EmptyState, LinkButton, PayLine,
        PayStage, Price, Section, Sheet, art,
    },
};

/// The offers, the sheet and the button. The island only listens; all of it is drawn here.
#[component]
pub(super) fn Checkout(page: PageContext, product: Product, paused: bool) -> impl IntoView {
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
    let title = Signal::stored(product.title.clone());
    let code = product.code.to_string();
    view! {
        <Buy>
            <form id="checkout" data-product=code data-blocked=blocked>
                <Offers words=words offers=product.offers/>
            </form>
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
fn Offers(words: Words, offers: Vec<Offer>) -> impl IntoView {
    let label = words.product().offers;
    if let [only] = offers.as_slice() {
        let (code, stars) = (only.code.to_string(), only.price.0);
        return view! {
            <div hidden data-price=stars.to_string() data-label=words.buy(stars)>
                <input type="radio" name="offer" value=code checked/>
            </div>
        }
        .into_any();
    }
    let rows = offers
        .into_iter()
        .enumerate()
        .map(|(at, offer)| {
            let stars = offer.price.0;
            view! {
                <Choice
                    name="offer"
                    value=offer.code.to_string()
                    title=offer.title
                    checked={at == 0}
                    attr:data-price=stars.to_string()
                    attr:data-label=words.buy(stars)
                >
                    <Price stars=stars words=words/>
                </Choice>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Section header=label>
            <Choices label=label>{rows}</Choices>
        </Section>
    }
    .into_any()
}
