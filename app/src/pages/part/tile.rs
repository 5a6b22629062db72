//! A product in a list.

use leptos::prelude::*;
use shop::domain::{Picture, Tile};

use super::term::term_mark;
use crate::{
    page::PageContext,
    paths,
    ui::{Card, Shot},
};

/// Where a picture is and what it shows.
pub(in crate::pages) fn shot(picture: Picture) -> Shot {
    Shot {
        src: paths::picture(picture.file.as_str()),
        alt: picture.alt,
    }
}

/// A product's card.
#[component]
pub(in crate::pages) fn TileCard(
    page: PageContext,
    tile: Tile,
    /// Whether it is in sight at once.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let words = page.words();
    view! {
        <Card
            href=page.link(&paths::product(tile.code.as_str()))
            title=tile.title
            picture=tile.picture.map(shot)
            price=tile.price.0
            from=tile.price_from
            term=term_mark(words, tile.term)
            sold_out=tile.sold_out
            eager=eager
            words=words
        />
    }
}
