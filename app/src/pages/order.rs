//! One order, from the payment to the goods.

use axum::{extract::Path, response::Response};
use leptos::prelude::*;
use shop::domain::{LibraryEntry, Order, OrderId, OrderState, RefundReason, Refusal, Return};
use words::Words;

use super::{
    failure,
    library::Purchase,
    part::{SceneTemplates, term_words},
};
use crate::{
    api::{Fragment, Stage},
    islands::OrderView,
    page::{Head, PageContext, Place, draw, respond},
    paths,
    ui::{
        Burst, Button, ButtonKind, Cell, CellSkeletons, EmptyState, LinkButton, LinkCell, Screen,
        Section, art, glyph,
    },
};

/// `GET /orders/{id}`. Drawn before anybody is known; the island asks for the order.
pub(super) async fn page(page: PageContext, Path(id): Path<String>) -> Response {
    if id.parse::<OrderId>().is_err() {
        return failure::missing(&page);
    }
    let words = page.words();
    let title = words.order().title;
    let head = Head::new(title, Place::Below(paths::LIBRARY));
    let context = page.clone();
    respond(&page, head, move || {
        view! {
            <Screen title=title back=context.link(paths::LIBRARY) words=words>
                <OrderView>
                    <Section>
                        <CellSkeletons count=4/>
                    </Section>
                </OrderView>
                <template id="burst"><Burst/></template>
                <SceneTemplates page=context/>
            </Screen>
        }
    })
}

/// What of an order is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Show {
    /// The goods alone, for the payment sheet.
    pub(crate) brief: bool,
    /// The question whether the bot may write.
    pub(crate) ask_to_write: bool,
}

/// The order for its page and for the payment sheet.
pub(crate) fn draw_order(page: &PageContext, entry: LibraryEntry, show: Show) -> Fragment {
    let page = page.clone();
    Fragment(draw(
        move || view! { <OrderWithGoods page=page entry=entry show=show/> },
    ))
}

/// The stage of an order, as its buyer sees it.
pub(crate) const fn stage(state: OrderState) -> Stage {
    match state {
        OrderState::Opened => Stage::Opened,
        OrderState::Prechecked => Stage::Prechecked,
        OrderState::Paid => Stage::Paid,
        OrderState::Delivered => Stage::Delivered,
        OrderState::Expired => Stage::Expired,
        OrderState::Refunded => Stage::Refunded,
    }
}

#[component]
fn OrderWithGoods(page: PageContext, entry: LibraryEntry, show: Show) -> impl IntoView {
    let (words, order) = (page.words(), entry.order.clone());
    let returns = entry.returns.clone();
    // The payment sheet has the product's title above.
    let href = (!show.brief).then(|| page.link(&paths::product(order.product.as_str())));
    let purchases = page.link(paths::LIBRARY);
    let content = match order.state {
        OrderState::Paid | OrderState::Delivered => {
            let in_chat = (!entry.goods.is_empty()).then(|| {
                let (page, order) = (page.clone(), order.clone());
                view! { <InChat page=page order=order ask_to_write=show.ask_to_write/> }
            });
            view! {
                <Purchase page=page.clone() entry=entry href=href can_change=!show.brief/>
                {in_chat}
                <Section>
                    <LinkCell
                        href=purchases
                        icon=glyph::PURCHASES
                        title=words.buying().to_purchases
                    />
                </Section>
            }
            .into_any()
        }
        // Stars were taken for it, and come back: that is told below.
        OrderState::Expired if !returns.is_empty() => ().into_any(),
        OrderState::Expired | OrderState::Refunded => {
            view! { <Ended page=page.clone() order=order.clone()/> }.into_any()
        }
        OrderState::Opened | OrderState::Prechecked => ().into_any(),
    };
    let state = standing(words, order.state, &returns);
    let returns = (!returns.is_empty()).then(|| view! { <Returns words=words returns=returns/> });
    let particulars =
        (!show.brief).then(|| view! { <Particulars page=page order=order state=state/> });
    view! {
        {content}
        {returns}
        {particulars}
    }
}

/// How an order stands. Of one that expired and was paid all the same, what becomes of the money.
fn standing(words: Words, state: OrderState, returns: &[Return]) -> &'static str {
    match returns.last() {
        Some(last) if state == OrderState::Expired => return_title(words, last),
        _ => words.order_state(stage(state).word()),
    }
}

fn return_title(words: Words, of: &Return) -> &'static str {
    if of.is_back {
        words.order().came_back
    } else {
        words.order().goes_back
    }
}

/// Payments that do not stay, and why.
#[component]
fn Returns(words: Words, returns: Vec<Return>) -> impl IntoView {
    let rows = returns
        .into_iter()
        .map(|of| {
            let title = return_title(words, &of);
            let why = return_reason(words, of.reason.as_ref());
            view! { <Cell title=title subtitle=why after=words.stars(of.amount.0)/> }
        })
        .collect::<Vec<_>>();
    view! { <Section>{rows}</Section> }
}

/// Why a payment does not stay.
fn return_reason(words: Words, reason: Option<&RefundReason>) -> String {
    let say = words.order();
    match reason {
        Some(RefundReason::PaidTwice) => say.back_paid_twice.to_owned(),
        Some(RefundReason::Seller) => say.back_by_seller.to_owned(),
        Some(RefundReason::Refused { refusal }) => {
            let price_now = match refusal {
                Refusal::PriceChanged { now } => now.0,
                _ => 0,
            };
            words.refusal_reason(refusal.code(), price_now)
        }
        Some(RefundReason::TakenBack) | None => say.back_by_telegram.to_owned(),
    }
}

/// Whether the goods are in the chat too, and what stands in the way.
#[component]
fn InChat(page: PageContext, order: Order, ask_to_write: bool) -> impl IntoView {
    let buying = page.words().buying();
    if ask_to_write {
        return view! {
            <Section header=buying.write_access_title footer=buying.write_access>
                <Button kind=ButtonKind::Tinted attr:data-action="allow-writing">
                    {buying.write_access_allow}
                </Button>
            </Section>
        }
        .into_any();
    }
    let text = match order.state {
        OrderState::Delivered => buying.also_in_chat,
        _ => buying.on_way_to_chat,
    };
    view! { <p class="section-footer">{text}</p> }.into_any()
}

/// An order that came to nothing.
#[component]
fn Ended(page: PageContext, order: Order) -> impl IntoView {
    let scenes = page.words().scenes();
    let (art, scene, next) = match order.state {
        OrderState::Refunded => (art::CLOSED, &scenes.refunded, paths::HOME.to_owned()),
        _ => {
            let product = paths::product(order.product.as_str());
            (art::EXPIRED, &scenes.order_expired, product)
        }
    };
    view! {
        <EmptyState art=art scene=scene>
            <LinkButton kind=ButtonKind::Tinted href=page.link(&next)>{scene.action}</LinkButton>
        </EmptyState>
    }
}

/// What is on record.
#[component]
fn Particulars(page: PageContext, order: Order, state: &'static str) -> impl IntoView {
    let words = page.words();
    let say = words.order();
    let paid = order.paid_at.map(|at| {
        view! { <Cell title=say.paid_on after=words.date_time(at.0)/> }
    });
    let price = [
        Some(words.stars(order.price.0)),
        term_words(words, order.term),
    ];
    let price = price.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let help = page.link(paths::SUPPORT);
    // What is paid stands above, with its goods.
    let unpaid = (!stage(order.state).is_paid()).then(|| {
        let href = page.link(&paths::product(order.product.as_str()));
        view! { <LinkCell href=href icon=glyph::SHOP title=order.title/> }
    });
    let charge = order
        .charge
        .map(|charge| view! { <Cell title=say.charge subtitle=charge.to_string()/> });
    view! {
        <Section>
            {unpaid}
            <Cell title=say.state after=state/>
            <Cell title=say.price after=price/>
            <Cell title=say.opened_on after=words.date_time(order.opened_at.0)/>
            {paid}
            <Cell title=say.number subtitle=order.id.to_string()/>
            {charge}
        </Section>
        <Section footer=say.help_note>
            <LinkCell href=help icon=glyph::HELP title=say.help/>
        </Section>
    }
}
