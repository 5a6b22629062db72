use super::*;

#[test]
fn tags_become_entities_in_utf16_units() {
    let (text, entities) =
        parse("😀 <b>a<i>b</i></b> &lt;c&gt; <a href=\"https://a.b/?x=1&amp;y\">d</a>").unwrap();
    assert_eq!(text, "😀 ab <c> d");
    let brief: Vec<_> = entities
        .iter()
        .map(|e| (e.kind, e.offset, e.length))
        .collect();
    assert_eq!(
        brief,
        [("bold", 3, 2), ("italic", 4, 1), ("text_link", 10, 1)]
    );
    assert_eq!(
        entities[2].argument,
        Some(("url", json!("https://a.b/?x=1&y")))
    );
}

#[test]
fn code_blocks_carry_their_language() {
    let (_, entities) = parse("<pre><code class=\"language-rust\">fn</code></pre>").unwrap();
    assert_eq!(entities.len(), 1);
    assert_eq!(entities[0].kind, "pre");
    assert_eq!(entities[0].argument, Some(("language", json!("rust"))));
}

#[test]
fn broken_html_is_refused_in_telegrams_words() {
    for (source, complaint) in [
        (
            "<b>a",
            "Can't find end tag corresponding to start tag \"b\"",
        ),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b>a</i>",
            "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"",
        ),
        ("x<p>a</p>", "Unsupported start tag \"p\" at byte offset 1"),
        ("a <", "Unclosed start tag at byte offset 2"),
        (
            "<span>a</span>",
            "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0",
        ),
        (
            "<a href=x/y>a</a>",
            "Unexpected end of name token at byte offset 8",
        ),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ] {
        assert_eq!(parse(source).unwrap_err(), complaint, "{source}");
    }
}
