//! The front of the shop.

mod results;
mod search;

use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use shop::domain::{Category, ShopProfile, Tile};

use self::results::Results;
pub(crate) use self::{results::draw_results, search::Search};
use super::{Answer, start_param};
use crate::{
    islands::SearchBox,
    page::{Head, PageContext, Place, Tab, respond},
    paths,
    ui::{Banner, Chip, Chips, Hero, Screen, SearchField, glyph},
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
    // A shop whose catalogue is yet to come has no name.
    let title = match profile.name.as_str() {
        "" => words.nav().shop,
        name => name,
    };
    let mut head = Head::new(title, Place::Tab(Tab::Shop)).describe(&profile.tagline);
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
        let field = view! {
            <SearchField
                action=paths::HOME
                value=search.text()
                along=search.along(page.named_lang())
                words=words
            />
        };
        let chips = view! {
            <Categories page=page.clone() categories=categories current=search.category()/>
        };
        view! {
            <Screen words=words>
                <Hero name=profile.name tagline=profile.tagline cover=cover/>
                {paused}
                {gone}
                <SearchBox>{field}</SearchBox>
                {chips}
                <div id="results">
                    <Results page=page tiles=tiles search=search/>
                </div>
            </Screen>
        }
    })
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
