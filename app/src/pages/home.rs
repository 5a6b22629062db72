//! The front of the shop.

use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use shop::{
    domain::{Category, CategoryCode, ShopProfile, Tile, TileQuery},
    store::StoreError,
};

use super::{
    Answer,
    part::{TileCard, shot},
    start_param,
};
use crate::{
    api::Fragment,
    islands::SearchBox,
    limits::{SEARCH_CHARS, TILES_A_PAGE, TILES_OFFSET_MOST},
    page::{Head, PageContext, Place, Tab, draw, respond},
    paths,
    ui::{
        Banner, ButtonKind, Chip, Chips, EmptyState, Grid, Hero, LinkButton, Screen, SearchField,
        Shelf, WideCard, art, glyph,
    },
};

/// The query of the front's address.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    c: String,
    #[serde(default)]
    offset: u32,
    #[serde(rename = "tgWebAppStartParam")]
    start_param: Option<String>,
}

/// Which products are listed.
#[derive(Clone, Default)]
pub(crate) struct Search {
    text: String,
    category: Option<CategoryCode>,
    offset: u32,
}

impl Search {
    /// A search as typed, cut to its bounds. A category that cannot be one stands for all.
    pub(crate) fn new(text: &str, category: &str, offset: u32) -> Self {
        Self {
            text: text.trim().chars().take(SEARCH_CHARS).collect(),
            category: category.parse().ok(),
            offset: offset.min(TILES_OFFSET_MOST),
        }
    }

    /// Whether this is the plain front: nothing sought, nothing chosen.
    fn is_front(&self) -> bool {
        self.text.is_empty() && self.category.is_none() && self.offset == 0
    }

    fn query(&self) -> TileQuery {
        TileQuery {
            text: self.text.clone(),
            category: self.category.clone(),
            // One more than is shown tells whether there are more.
            limit: TILES_A_PAGE + 1,
            offset: self.offset,
        }
    }

    /// The address of the next products.
    fn next(&self) -> String {
        let mut query = format!("/?offset={}", self.offset + TILES_A_PAGE);
        if let Some(category) = &self.category {
            query += &format!("&c={category}");
        }
        if !self.text.is_empty() {
            query += &format!("&q={}", form_encoded(&self.text));
        }
        query
    }
}

fn form_encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// `GET /`
pub(super) async fn page(page: PageContext, Query(asked): Query<Asked>) -> Answer {
    let code = asked.start_param.as_deref().and_then(start_param::product);
    let mut gone = false;
    if let Some(code) = code {
        let product = page.host.shop.product(&code, page.lang.tag()).await;
        if page.tried(product)?.is_some() {
            // A browser carries the fragment with the launch data over.
            let path = page.link(&paths::product(code.as_str()));
            return Ok(Redirect::to(&path).into_response());
        }
        gone = true;
    }
    let search = Search::new(&asked.q, &asked.c, asked.offset);
    let (shop, lang, query) = (&page.host.shop, page.lang.tag(), search.query());
    let read = tokio::try_join!(
        shop.profile(lang),
        shop.categories(lang),
        shop.tiles(&query, lang)
    );
    let (profile, categories, tiles) = page.tried(read)?;
    Ok(draw_page(
        page,
        Front {
            profile,
            categories,
            tiles,
            search,
            gone,
        },
    ))
}

struct Front {
    profile: ShopProfile,
    categories: Vec<Category>,
    tiles: Vec<Tile>,
    search: Search,
    gone: bool,
}

fn draw_page(page: PageContext, front: Front) -> Response {
    let Front {
        profile,
        categories,
        tiles,
        search,
        gone,
    } = front;
    let words = page.words();
    let home = words.home();
    let mut head = Head::new(&profile.name, Place::Tab(Tab::Shop)).describe(&profile.tagline);
    head.picture = profile
        .cover
        .as_ref()
        .map(|key| format!("{}{}", page.host.public_url, paths::picture(key.as_str())));
    let cover = profile.cover.map(|key| paths::picture(key.as_str()));
    let paused = profile
        .paused
        .then(|| view! { <Banner icon=glyph::PAUSE text=home.paused/> });
    let gone =
        gone.then(|| view! { <Banner icon=glyph::INFO text=words.errors().product_not_found/> });
    let context = page.clone();
    respond(&page, head, move || {
        let page = context;
        let category = search
            .category
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let (action, text) = (page.link(paths::HOME), search.text.clone());
        let chips = view! {
            <Categories page=page.clone() categories=categories current=category.clone()/>
        };
        view! {
            <Screen words=words>
                <Hero name=profile.name tagline=profile.tagline cover=cover/>
                {paused}
                {gone}
                <SearchBox>
                    <SearchField action=action value=text words=words attr:data-category=category/>
                </SearchBox>
                {chips}
                <div id="results">
                    <Results page=page tiles=tiles search=search/>
                </div>
            </Screen>
        }
    })
}

/// The list alone, for the search box.
pub(crate) async fn draw_results(
    page: &PageContext,
    search: Search,
) -> Result<Fragment, StoreError> {
    let tiles = page
        .host
        .shop
        .tiles(&search.query(), page.lang.tag())
        .await?;
    let page = page.clone();
    Ok(Fragment(draw(
        move || view! { <Results page=page tiles=tiles search=search/> },
    )))
}

#[component]
fn Categories(page: PageContext, categories: Vec<Category>, current: String) -> impl IntoView {
    let home = page.words().home();
    (categories.len() > 1).then(|| {
        let front = page.link(paths::HOME);
        let all = view! { <Chip href=front label=home.all current=current.is_empty()/> };
        let chips = categories
            .into_iter()
            .map(|category| {
                let code = category.code.as_str();
                let href = page.link(&format!("/?c={code}"));
                view! { <Chip href=href label=category.title current={code == current}/> }
            })
            .collect::<Vec<_>>();
        view! { <Chips label=home.categories>{all} {chips}</Chips> }
    })
}

/// The products, what is said above them, and the way to further ones.
#[component]
fn Results(page: PageContext, mut tiles: Vec<Tile>, search: Search) -> impl IntoView {
    let words = page.words();
    let home = words.home();
    if tiles.is_empty() {
        return view! { <Nothing page=page search=search/> }.into_any();
    }
    let most = TILES_A_PAGE as usize;
    let more = (tiles.len() > most).then(|| {
        let href = page.link(&search.next());
        view! { <LinkButton kind=ButtonKind::Tinted href=href>{home.more}</LinkButton> }
    });
    tiles.truncate(most);
    let sought = (!search.text.is_empty()).then(|| {
        let text = home.results_for.fill(&[("query", &search.text)]);
        view! { <h2 class="section-header" role="status">{text}</h2> }
    });
    let front = search.is_front().then(|| in_front(&page, &mut tiles));
    let cards = tiles
        .into_iter()
        .enumerate()
        .map(|(at, tile)| view! { <TileCard page=page.clone() tile=tile eager={at < 4}/> })
        .collect::<Vec<_>>();
    view! {
        {front}
        {sought}
        <Grid>{cards}</Grid>
        {more}
    }
    .into_any()
}

/// Takes the products that the seller puts in front out of the list: the first one on a wide card,
/// the others on a shelf.
fn in_front(page: &PageContext, tiles: &mut Vec<Tile>) -> impl IntoView + use<> {
    let words = page.words();
    let (mut featured, others): (Vec<_>, Vec<_>) = tiles.drain(..).partition(|tile| tile.featured);
    // A list of nothing but favourites is a plain list, but for its first.
    // Nor does a single one beside it fill a shelf: it goes first in the list.
    let lonely = featured.len() == 2;
    let mut listed = if others.is_empty() || lonely {
        featured.split_off(featured.len().min(1))
    } else {
        Vec::new()
    };
    listed.extend(others);
    *tiles = listed;
    let mut featured = featured.into_iter();
    let wide = featured.next().map(|tile| {
        view! {
            <WideCard
                href=page.link(&paths::product(tile.code.as_str()))
                title=tile.title
                summary=tile.summary
                picture=tile.picture.map(shot)
                price=tile.price.0
                from=tile.price_from
                words=words
            />
        }
    });
    let rest = featured
        .map(|tile| view! { <TileCard page=page.clone() tile=tile/> })
        .collect::<Vec<_>>();
    let shelf =
        (!rest.is_empty()).then(|| view! { <Shelf title=words.home().featured>{rest}</Shelf> });
    view! { {wide} {shelf} }
}

#[component]
fn Nothing(page: PageContext, search: Search) -> impl IntoView {
    let scenes = page.words().scenes();
    let (art, scene) = if search.text.is_empty() {
        (art::EMPTY_LIBRARY, &scenes.empty_shop)
    } else {
        (art::EMPTY_SEARCH, &scenes.empty_search)
    };
    let home = page.link(paths::HOME);
    view! {
        <EmptyState art=art scene=scene>
            <LinkButton kind=ButtonKind::Tinted href=home>{scene.action}</LinkButton>
        </EmptyState>
    }
}

#[cfg(test)]
mod tests {
    use super::Search;

    #[test]
    fn a_search_keeps_within_its_bounds() {
        let search = Search::new(&"я".repeat(200), "no such category!", u32::MAX);
        assert_eq!(search.text.chars().count(), 80);
        assert_eq!(search.category, None);
        assert_eq!(search.offset, 10_000);
    }

    #[test]
    fn the_next_page_asks_for_the_same() {
        let search = Search::new(" cats & dogs ", "stickers", 24);
        assert_eq!(search.next(), "/?offset=48&c=stickers&q=cats%20%26%20dogs");
        assert!(!search.is_front());
        assert!(Search::new("  ", "", 0).is_front());
    }
}
