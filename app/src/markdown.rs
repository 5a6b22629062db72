//! The sellers' Markdown, made safe.

use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Options, Parser, html};

/// What may stay. No pictures: a picture from elsewhere would tell its host who reads. No classes,
/// styles or ids: the text must not dress up as part of the page.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into())
        .tag_attributes([("a", ["href"].into()), ("ol", ["start"].into())].into())
        .url_schemes(["https", "http", "mailto", "tg"].into())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean_content_tags(["script", "style"].into());
    builder
});

const TAGS: [&str; 27] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Markdown as HTML that is safe to put into a page.
pub(crate) fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut raw = String::with_capacity(markdown.len() * 2);
    html::push_html(
        &mut raw,
        Parser::new_ext(markdown, options).map(lower_heading),
    );
    CLEANER.clean(&raw).to_string()
}

/// A link as goods: its address if it may be opened, else one that leads nowhere.
pub(crate) fn safe_link(address: &str) -> String {
    let safe = ["https://", "http://", "tg://"].iter().any(|scheme| {
        address
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    if safe {
        address.to_owned()
    } else {
        String::from("#")
    }
}

/// The page has its own first heading.
fn lower_heading(event: pulldown_cmark::Event<'_>) -> pulldown_cmark::Event<'_> {
    use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
    match event {
        Event::Start(Tag::Heading {
            level: HeadingLevel::H1,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: HeadingLevel::H2,
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
            Event::End(TagEnd::Heading(HeadingLevel::H2))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{safe_link, to_html};

    #[test]
    fn ordinary_text_keeps_its_shape() {
        let html =
            to_html("# Night\n\n*Twelve* **maps**\n\n- one\n- two\n\n[more](https://a.example)");
        assert!(html.contains("<h2>Night</h2>"), "{html}");
        assert!(
            html.contains("<em>Twelve</em> <strong>maps</strong>"),
            "{html}"
        );
        assert!(html.contains("<li>one</li>"), "{html}");
        assert!(html.contains(r#"href="https://a.example""#), "{html}");
        assert!(html.contains("nofollow"), "{html}");
    }

    #[test]
    fn nothing_that_runs_or_loads_gets_through() {
        let hostile = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://evil.example/p.png)",
            "[x](javascript:alert(1))",
            "[x](data:text/html,x)",
            "<a href='JaVaScRiPt:alert(1)'>x</a>",
            "<p style='position:fixed' class='bottom-bar' id='toast'>x</p>",
            "<iframe src='https://evil.example'></iframe>",
            "<form action='https://evil.example'><input name=q></form>",
            "<svg><style>*{display:none}</style></svg>",
            "<base href='https://evil.example'>",
            "<leptos-island data-component='Buy'></leptos-island>",
        ];
        let forbidden = [
            "<script",
            "<img",
            "<iframe",
            "<form",
            "<input",
            "<svg",
            "<style",
            "<base",
            "<leptos",
            "onerror",
            "javascript:",
            "JaVa",
            "data:",
            "style=",
            "class=",
            "id=",
            "display:none",
        ];
        for markdown in hostile {
            let html = to_html(markdown);
            for word in forbidden {
                assert!(!html.contains(word), "{markdown} became {html}");
            }
        }
    }

    #[test]
    fn only_addresses_are_links() {
        assert_eq!(
            safe_link("https://t.me/addstickers/x"),
            "https://t.me/addstickers/x"
        );
        assert_eq!(safe_link("HTTPS://a.example"), "HTTPS://a.example");
        assert_eq!(safe_link("javascript:alert(1)"), "#");
        assert_eq!(safe_link("//evil.example"), "#");
        assert_eq!(safe_link("ж"), "#");
    }
}
