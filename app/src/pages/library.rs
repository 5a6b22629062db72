//! What the buyer has.

use axum::response::Response;
use leptos::prelude::*;
use shop::domain::{CopyNumber, LibraryEntry, Order, OrderState};
use words::Words;

use super::part::{GoodsRow, SceneTemplates, Standing, shot, standing_line};
use crate::{
    api::Fragment,
    islands::Library,
    page::{Head, PageContext, Place, Tab, draw, respond},
    paths,
    ui::{
        ButtonKind, Cell, CellSkeletons, EmptyState, LinkButton, LinkCell, ProductCell, Screen,
        Section, art, glyph,
    },
};

/// `GET /library`. The page is drawn before anybody is known; the island asks for the goods.
pub(super) async fn page(page: PageContext) -> Response {
    let words = page.words();
    let title = words.nav().purchases;
    let head = Head::new(title, Place::Tab(Tab::Library));
    let context = page.clone();
    respond(&page, head, move || {
        view! {
            <Screen title=title words=words>
                <Library>
                    <Section>
                        <CellSkeletons count=4/>
                    </Section>
                </Library>
                <noscript>
                    <p class="section-footer">{words.scenes().open_in_telegram.text}</p>
                </noscript>
                <SceneTemplates page=context/>
            </Screen>
        }
    })
}

/// The goods first, the orders behind them.
pub(crate) fn draw_library(page: &PageContext, entries: Vec<LibraryEntry>) -> Fragment {
    let page = page.clone();
    Fragment(draw(
        move || view! { <Purchases page=page entries=entries/> },
    ))
}

#[component]
fn Purchases(page: PageContext, entries: Vec<LibraryEntry>) -> impl IntoView {
    let words = page.words();
    if entries.is_empty() {
        let scene = &words.scenes().empty_library;
        let home = page.link(paths::HOME);
        return view! {
            <EmptyState art=art::EMPTY_LIBRARY scene=scene>
                <LinkButton kind=ButtonKind::Filled href=home>{scene.action}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let say = words.library();
    let given_back = entries
        .iter()
        .any(|entry| entry.order.state == OrderState::Refunded)
        .then(|| view! { <p class="section-footer">{say.refunded_note}</p> });
    let orders = entries
        .iter()
        .map(|entry| view! { <OrderRow page=page.clone() entry=entry.clone()/> })
        .collect::<Vec<_>>();
    let goods = entries
        .into_iter()
        .filter(|entry| !entry.goods.is_empty())
        .map(|entry| {
            let href = page.link(&paths::order(&entry.order.id.to_string()));
            view! { <Purchase page=page.clone() entry=entry href=Some(href) can_change=true/> }
        })
        .collect::<Vec<_>>();
    view! {
        {goods}
        <Section header=say.orders>{orders}</Section>
        {given_back}
    }
    .into_any()
}

/// One purchase with its goods.
#[component]
pub(super) fn Purchase(
    page: PageContext,
    entry: LibraryEntry,
    /// Where its title leads; nothing where it stands under its title already.
    href: Option<String>,
    /// Whether there is room to change a subscription.
    can_change: bool,
) -> impl IntoView {
    let words = page.words();
    let rows = entry
        .goods
        .into_iter()
        .map(|goods| view! { <GoodsRow words=words goods=goods/> })
        .collect::<Vec<_>>();
    let standing = entry
        .subscription
        .map(|of| view! { <Standing page=page of=of can_change=can_change/> });
    let (order, picture) = (entry.order, entry.picture.map(shot));
    let number = entry.copy.map(|copy| copy_number(words, copy));
    let head = match (href, number) {
        (Some(href), number) => {
            let subtitle = [Some(bought(words, &order)), number];
            let subtitle = subtitle
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · ");
            let title = order.title;
            view! { <ProductCell href=href title=title picture=picture subtitle=subtitle/> }
                .into_any()
        }
        (None, Some(number)) => view! { <Cell title=number/> }.into_any(),
        (None, None) => ().into_any(),
    };
    view! { <Section>{head} {rows} {standing}</Section> }
}

/// Which copy of an edition it is.
fn copy_number(words: Words, copy: CopyNumber) -> String {
    let (n, total) = (words.number(copy.number), words.number(copy.of));
    let named = [("number", n.as_str()), ("total", total.as_str())];
    words.library().copy_number.fill(&named)
}

/// When it was bought.
fn bought(words: Words, order: &Order) -> String {
    let date = words.date(order.paid_at.unwrap_or(order.opened_at).0);
    words.library().bought.fill(&[("date", &date)])
}

#[component]
fn OrderRow(page: PageContext, entry: LibraryEntry) -> impl IntoView {
    let words = page.words();
    let order = entry.order;
    // While it runs, its standing is with its goods.
    let over = entry.subscription.filter(|of| !of.state.is_running());
    let subtitle = match (order.state, over) {
        (OrderState::Refunded, _) => words.library().refunded.to_owned(),
        (_, Some(over)) => standing_line(words, &over, page.host.now()),
        _ => bought(words, &order),
    };
    view! {
        <LinkCell
            href=page.link(&paths::order(&order.id.to_string()))
            icon=glyph::RECEIPT
            title=order.title
            subtitle=subtitle
            after=words.stars(order.price.0)
        />
    }
}
