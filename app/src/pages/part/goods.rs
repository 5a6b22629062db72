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

#[cfg(test)]
mod tests {
    use shop::domain::EntitlementId;
    use words::Lang;

    use super::*;
    use crate::page::draw;

    fn drawn(content: GoodsContent, sent: bool) -> String {
        let goods = Goods {
            entitlement: EntitlementId::from_bytes([7; 16]),
            title: "Night <sky>".to_owned(),
            content,
            sent,
        };
        draw(move || view! { <GoodsRow words=words::words(Lang::En) goods=goods/> })
    }

    #[test]
    fn a_code_can_be_seen_and_copied() {
        let html = drawn(
            GoodsContent::Code {
                code: "AB\"-<1>".to_owned(),
            },
            false,
        );
        assert!(html.contains("AB\"-&lt;1&gt;</code>"), "{html}");
        assert!(html.contains(r#"data-action="copy""#), "{html}");
        assert!(html.contains(r#"data-text="AB&quot;-"#), "{html}");
        assert!(html.contains("Night &lt;sky&gt;"), "{html}");
        assert!(!html.contains("send-again"), "{html}");
    }

    #[test]
    fn what_was_sent_can_be_sent_again() {
        let html = drawn(
            GoodsContent::Code {
                code: "A".to_owned(),
            },
            true,
        );
        assert!(html.contains(r#"data-action="send-again""#), "{html}");
        assert!(html.contains(&"07".repeat(16)), "{html}");
    }

    #[test]
    fn a_link_leads_to_addresses_alone() {
        let html = drawn(
            GoodsContent::Link {
                url: "https://t.me/addstickers/x".to_owned(),
            },
            false,
        );
        assert!(
            html.contains(r#"href="https://t.me/addstickers/x""#),
            "{html}"
        );
        let html = drawn(
            GoodsContent::Link {
                url: "javascript:alert(1)".to_owned(),
            },
            false,
        );
        assert!(!html.contains("javascript:"), "{html}");
    }

    #[test]
    fn a_text_is_folded_and_safe() {
        let html = drawn(
            GoodsContent::Text {
                text: "**So** <script>x</script>".to_owned(),
            },
            false,
        );
        assert!(html.contains("<details"), "{html}");
        assert!(html.contains("<strong>So</strong>"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn drawing_leaves_the_owner_as_it_was() {
        let owner = Owner::new_root(None);
        let inside = owner.with(|| {
            drawn(
                GoodsContent::Code {
                    code: "A".to_owned(),
                },
                false,
            );
            Owner::current() == Some(owner.clone())
        });
        assert!(inside);
    }
}
