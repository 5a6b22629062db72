//! The list of products on the front of the shop.

use leptos::prelude::*;
use shop::{domain::Tile, store::StoreError};

use super::Search;
use crate::{
    api::Fragment,
    limits::TILES_A_PAGE,
    page::{PageContext, draw},
    pages::part::{TileCard, shot, term_mark},
    paths,
    ui::{ButtonKind, EmptyState, Grid, LinkButton, Shelf, WideCard, art},
};

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

/// The products, what is said above them, and the way to further ones.
#[component]
pub(super) fn Results(page: PageContext, mut tiles: Vec<Tile>, search: Search) -> impl IntoView {
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
    let sought = (!search.text().is_empty()).then(|| {
        let text = home.results_for.fill(&[("query", search.text())]);
        view! { <h2 class="section-header" role="status">{text}</h2> }
    });
    let favourites = search.is_front() && tiles.iter().any(|tile| tile.featured);
    let front = favourites.then(|| in_front(&page, &mut tiles));
    let everything = (favourites && !tiles.is_empty())
        .then(|| view! { <h2 class="grid-title">{home.everything}</h2> });
    let cards = tiles
        .into_iter()
        .enumerate()
        .map(|(at, tile)| view! { <TileCard page=page.clone() tile=tile eager={at < 4}/> })
        .collect::<Vec<_>>();
    view! {
        {front}
        {everything}
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
                term=term_mark(words, tile.term)
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
    let (art, scene) = if search.text().is_empty() {
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
