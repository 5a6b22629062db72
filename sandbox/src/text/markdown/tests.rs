use super::*;

fn brief(source: &str) -> (String, Vec<(&'static str, usize, usize)>) {
    let (text, entities) = parse(source).unwrap();
    (
        text,
        entities
            .iter()
            .map(|e| (e.kind, e.offset, e.length))
            .collect(),
    )
}

#[test]
fn marks_become_entities() {
    assert_eq!(
        brief("*a _b_* \\. `c*`"),
        (
            "a b . c*".into(),
            vec![("bold", 0, 3), ("italic", 2, 1), ("code", 6, 2)],
        )
    );
    assert_eq!(brief("[shop](https://t\\.me/a)").1, [("text_link", 0, 4)]);
    assert_eq!(
        brief(">q\n>r\nx"),
        ("q\nr\nx".into(), vec![("blockquote", 0, 3)])
    );
    assert_eq!(brief("```rust\nfn```"), ("fn".into(), vec![("pre", 0, 2)]));
}

#[test]
fn broken_marks_are_refused_in_telegrams_words() {
    for (source, complaint) in [
        (
            "a.",
            "Character '.' is reserved and must be escaped with the preceding '\\'",
        ),
        ("a *b", "Can't find end of Bold entity at byte offset 2"),
        ("_a", "Can't find end of Italic entity at byte offset 0"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        (
            "a > b",
            "Character '>' is reserved and must be escaped with the preceding '\\'",
        ),
    ] {
        assert_eq!(parse(source).unwrap_err(), complaint, "{source}");
    }
}
