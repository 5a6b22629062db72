//! Something that the buyer has, with what can be done with it.
//!
//! The buttons name what they do in `data-action`; the page's one listener does it
//! (`client::actions`).

use leptos::prelude::*;
use shop::domain::{BenefitKind, Goods, GoodsContent};
use words::Words;

use super::benefit::icon;
use crate::{
    markdown,
    ui::{Button, ButtonKind, CodeBox, GoodsCell, Prose},
};

/// One of the buyer's goods.
#[component]
pub(in crate::pages) fn GoodsRow(words: Words, goods: Goods) -> impl IntoView {
    let id = goods.entitlement.to_string();
    let (kind, subtitle) = describe(words, &goods.content);
    let again = goods
        .sent
        .then(|| view! { <SendAgain words=words id=id.clone()/> });
    view! {
        <GoodsCell icon=icon(kind) title=goods.title subtitle=subtitle>
            <Use words=words id=id content=goods.content/>
            {again}
        </GoodsCell>
    }
}

/// Kind, and the line below the title.
fn describe(words: Words, content: &GoodsContent) -> (BenefitKind, String) {
    let product = words.product();
    match content {
        GoodsContent::File { size_bytes, .. } => (BenefitKind::File, words.file_size(*size_bytes)),
        GoodsContent::Code { .. } => (BenefitKind::Code, product.code.to_owned()),
        GoodsContent::Text { .. } => (BenefitKind::Text, product.text.to_owned()),
        GoodsContent::Link { .. } => (BenefitKind::Link, product.link.to_owned()),
    }
}

/// What the goods are there for.
#[component]
fn Use(words: Words, id: String, content: GoodsContent) -> impl IntoView {
    let say = words.library();
    match content {
        GoodsContent::File { .. } => view! {
            <Button kind=ButtonKind::Small attr:data-action="download" attr:data-id=id>
                {say.download}
            </Button>
        }
        .into_any(),
        GoodsContent::Code { code } => view! {
            <CodeBox label=say.your_code code=code.clone()>
                <Button kind=ButtonKind::Small attr:data-action="copy" attr:data-text=code>
                    {say.copy}
                </Button>
            </CodeBox>
        }
        .into_any(),
        GoodsContent::Text { text } => view! {
            <details class="unlocked">
                <summary class="button" data-kind="small">{say.open}</summary>
                <Prose html=markdown::to_html(&text)/>
            </details>
        }
        .into_any(),
        GoodsContent::Link { url } => view! {
            <a
                class="button"
                data-kind="small"
                data-action="open-link"
                rel="noopener noreferrer"
                target="_blank"
                href=markdown::safe_link(&url)
            >
                <span class="button-label">{say.open}</span>
            </a>
        }
        .into_any(),
    }
}

/// Sends it to the chat once more.
#[component]
fn SendAgain(words: Words, id: String) -> impl IntoView {
    view! {
        <Button kind=ButtonKind::Small attr:data-action="send-again" attr:data-id=id>
            {words.library().send_again}
        </Button>
    }
}
