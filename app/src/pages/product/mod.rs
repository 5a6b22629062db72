//! A product's page.

mod checkout;
mod promo;

use axum::{
    extract::{Path, Query},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use shop::{
    domain::{Product, ProductCode, ShopProfile, Tile, TileQuery},
    store::StoreError,
};

use self::{checkout::Checkout, promo::Promo};
use super::{
    Answer, failure,
    part::{Promise, TileCard, shot, term_words},
};
use crate::{
    limits::SIMILAR_TILES,
    markdown,
    page::{Head, PageContext, Place, respond},
    paths,
    ui::{
        Badge, BadgeKind, Button, ButtonKind, Gallery, LinkCell, ProductHead, Prose, Screen,
        Section, Shelf, Split, glyph,
    },
};

/// The query of a product's address.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// A promo code, as it was typed.
    #[serde(default)]
    code: String,
}

/// `GET /p/{code}`
pub(super) async fn page(
    page: PageContext,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let Ok(code) = code.parse::<ProductCode>() else {
        return Ok(failure::missing(&page));
    };
    let lang = page.lang.tag();
    let read = tokio::try_join!(
        page.host.shop.profile(lang),
        page.host.shop.product(&code, lang)
    );
    let (profile, product) = page.tried(read)?;
    let Some(product) = product else {
        return Ok(failure::missing(&page));
    };
    let similar = similar(&page, &product).await;
    let similar = page.tried(similar)?;
    let promo = Promo::tried(&page, &product, &asked.code).await;
    let promo = page.tried(promo)?;
    Ok(draw_page(&page, profile, product, promo, similar))
}

async fn similar(page: &PageContext, product: &Product) -> Result<Vec<Tile>, StoreError> {
    let query = TileQuery {
        category: Some(product.category.code.clone()),
        limit: SIMILAR_TILES + 1,
        ..TileQuery::default()
    };
    let mut tiles = page.host.shop.tiles(&query, page.lang.tag()).await?;
    tiles.retain(|tile| tile.code != product.code);
    tiles.truncate(SIMILAR_TILES as usize);
    Ok(tiles)
}

fn draw_page(
    page: &PageContext,
    profile: ShopProfile,
    product: Product,
    promo: Promo,
    similar: Vec<Tile>,
) -> Response {
    let words = page.words();
    let title = format!("{} · {}", product.title, profile.name);
    let mut head = Head::new(title, Place::Below(paths::HOME)).describe(&product.summary);
    let shots: Vec<_> = product.pictures.iter().cloned().map(shot).collect();
    head.picture = shots
        .first()
        .map(|shot| format!("{}{}", page.host.public_url, shot.src));
    let paused = profile.paused;
    let name = product.title.clone();
    let context = page.clone();
    respond(page, head, move || {
        let page = context;
        let shelf =
            (!similar.is_empty()).then(|| view! { <Similar page=page.clone() tiles=similar/> });
        view! {
            <Screen back=page.link(paths::HOME) words=words>
                <Split media=move || view! { <Gallery shots=shots title=name words=words/> }>
                    <Facts page=page.clone() product=product.clone() promo=promo.clone()/>
                    <Checkout
                        page=page.clone()
                        product=product.clone()
                        promo=promo
                        paused=paused
                    />
                    <Details page=page product=product/>
                </Split>
                {shelf}
            </Screen>
        }
    })
}

/// Title, price, and how many there are.
#[component]
fn Facts(page: PageContext, product: Product, promo: Promo) -> impl IntoView {
    let words = page.words();
    let say = words.product();
    let lowest = product.offers.iter().min_by_key(|offer| promo.price(offer));
    let price = lowest.map_or(0, |offer| promo.price(offer).0);
    let was = lowest.and_then(|offer| promo.was(offer));
    let several = product.offers.len() > 1;
    let buys = lowest
        .and_then(|offer| term_words(words, offer.term))
        .or_else(|| (!several).then(|| say.once.to_owned()));
    let left = product.left.map(|left| match left {
        0 => view! { <Badge kind=BadgeKind::Danger label=say.sold_out/> },
        left => view! { <Badge kind=BadgeKind::Gold label=words.counted(&say.left, left)/> },
    });
    let edition = product
        .stock
        // An edition that was withdrawn to nothing has no size worth telling.
        .filter(|stock| *stock > 0)
        .map(|stock| view! { <Badge label=words.counted(&say.edition, stock)/> });
    let cap = product
        .per_buyer
        .map(|cap| view! { <Badge label=words.counted(&say.per_buyer, cap.into())/> });
    view! {
        <ProductHead
            title=product.title
            price=price
            was=was
            from=several
            buys=buys
            note=product.summary
            words=words
        >
            {left}
            {edition}
            {cap}
        </ProductHead>
    }
}

/// What the buyer gets, and the seller's words.
#[component]
fn Details(page: PageContext, product: Product) -> impl IntoView {
    let words = page.words();
    let say = words.product();
    let promises = product
        .benefits
        .into_iter()
        .map(|benefit| view! { <Promise words=words benefit=benefit/> })
        .collect::<Vec<_>>();
    let about = prose_section(say.about, &product.description);
    let refunds = prose_section(say.refunds, &product.refunds);
    let share = page
        .host
        .telegram_link(Some(product.code.as_str()))
        .map(|link| {
            view! {
                <Button
                    kind=ButtonKind::Plain
                    attr:data-action="share"
                    attr:data-link=link
                    attr:data-text=product.title
                >
                    {say.share}
                </Button>
            }
        });
    let terms = page.link(paths::TERMS);
    let accept = format!("{} {}.", say.terms_before, say.terms_link);
    view! {
        <Section header=say.what_you_get>{promises}</Section>
        {about}
        {refunds}
        <Section>
            <LinkCell href=terms icon=glyph::TERMS title=words.settings().terms subtitle=accept/>
        </Section>
        {share}
    }
}

fn prose_section(header: &'static str, text: &str) -> Option<impl IntoView + use<>> {
    let html = markdown::to_html(text);
    (!text.trim().is_empty()).then(|| view! { <Section header=header><Prose html=html/></Section> })
}

#[component]
fn Similar(page: PageContext, tiles: Vec<Tile>) -> impl IntoView {
    let title = page.words().product().similar;
    let cards = tiles
        .into_iter()
        .map(|tile| view! { <TileCard page=page.clone() tile=tile/> })
        .collect::<Vec<_>>();
    view! { <Shelf title=title>{cards}</Shelf> }
}
