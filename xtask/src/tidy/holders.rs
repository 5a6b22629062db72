//! The tests that ARCHITECTURE.md names as holding an invariant are where it says.

use super::{Finding, sources::Source};
use std::path::Path;

/// The table's document, and its heading.
const DOCUMENT: &str = "ARCHITECTURE.md";
const HEADING: &str = "## Invariants";

/// Where tests are.
const CRATES: [&str; 6] = [
    "app/",
    "sandbox/",
    "server/",
    "shop/",
    "telegram/",
    "words/",
];

/// Names tests that the table promises and that are not there. A row says `` `name`, `name` (place) ``:
/// each name up to the parentheses is a function, or one of `each_database!`, in each place there.
pub(crate) fn check(sources: &[Source]) -> (String, Vec<Finding>) {
    let mut count = 0;
    let mut findings = Vec::new();
    for (line, cell) in sources.iter().flat_map(rows) {
        for (name, places) in claims(cell) {
            count += 1;
            if places.is_empty() {
                findings.push(format!("{DOCUMENT}:{line}: `{name}` is said to be nowhere"));
            }
            let missing = places.iter().filter(|place| !holds(sources, place, name));
            findings.extend(
                missing.map(|place| {
                    format!("{DOCUMENT}:{line}: there is no test `{name}` in {place}")
                }),
            );
        }
    }
    (
        format!("{count} tests, each where it is said to be"),
        findings,
    )
}

/// The last cells of the table, with their lines.
fn rows(source: &Source) -> Vec<(usize, &str)> {
    if source.path != Path::new(DOCUMENT) {
        return Vec::new();
    }
    let lines = (1..).zip(source.text.lines());
    let section = lines.skip_while(|(_, line)| *line != HEADING).skip(1);
    let section = section.take_while(|(_, line)| !line.starts_with("## "));
    let rows = section.filter(|(_, line)| line.starts_with('|'));
    rows.filter_map(|(number, line)| {
        Some((
            number,
            line.trim_end_matches([' ', '|']).rsplit('|').next()?,
        ))
    })
    .collect()
}

/// Names of tests with the places that are said of them.
fn claims(cell: &str) -> Vec<(&str, Vec<&str>)> {
    let mut claims: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut placed = 0;
    // What stands outside of parentheses, and then inside.
    for part in cell.split(')') {
        let (outside, inside) = part.split_once('(').unwrap_or((part, ""));
        let spans = outside.split('`').skip(1).step_by(2);
        claims.extend(
            spans
                .filter(|span| is_test(span))
                .map(|name| (name, Vec::new())),
        );
        let places: Vec<&str> = inside
            .split([' ', ',', ';', ':'])
            .filter(|word| CRATES.iter().any(|folder| word.starts_with(folder)))
            .collect();
        if !places.is_empty() {
            for (_, of) in &mut claims[placed..] {
                of.clone_from(&places);
            }
            placed = claims.len();
        }
    }
    claims
}

/// A function's name, and no command or file.
fn is_test(span: &str) -> bool {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !span.is_empty() && span.chars().all(letters)
}

/// Whether a file, or a folder, or the module of this name has the function.
fn holds(sources: &[Source], place: &str, name: &str) -> bool {
    let module = format!("{place}.rs");
    let function = format!("fn {name}(");
    let mut rust = sources.iter().filter(|source| source.is(&["rs"]));
    rust.any(|source| {
        (source.path.starts_with(place) || source.path == Path::new(&module))
            && source.text.contains(&function)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.into(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_promised_test_that_is_not_there_is_found() {
        let table = "`before` (shop/tests)\n## Invariants\n\n| # | held by |\n|---|---|\n\
             | 1 | `one`, `two` (shop/tests/a.rs): of `cargo test` (so), `three` (shop/tests/a.rs and, \
             as a property, shop/src/b) |\n| 2 | `four`, `cargo xtask tidy` (of `x.rs`) |\n\n\
             ## Decisions\n| `after` |\n";
        let sources = [
            source("ARCHITECTURE.md", table),
            source(
                "shop/tests/a.rs",
                "async fn one(t: TestShop)\nfn three() {}",
            ),
            source("shop/src/b/tests.rs", "fn two() {}"),
            source("shop/src/b.rs", "fn three(x in 0..1)"),
        ];
        assert_eq!(
            check(&sources).1,
            [
                "ARCHITECTURE.md:6: there is no test `two` in shop/tests/a.rs",
                "ARCHITECTURE.md:7: `four` is said to be nowhere",
            ]
        );
    }
}
