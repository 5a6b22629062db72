//! What documents point at is there: a file that moves takes its links along.

use super::{Finding, sources::Source};
use crate::project::root;
use std::path::{Component, Path};

/// What stands before the target of a link or picture, and what ends it.
const POINTERS: [(&str, char); 2] = [("](", ')'), ("src=\"", '"')];

/// Names what documents point at and is not there.
pub(crate) fn check(sources: &[Source]) -> (String, Vec<Finding>) {
    let mut count = 0;
    let mut findings = Vec::new();
    let documents = sources.iter().filter(|source| is_document(&source.path));
    for Source { path, text } in documents {
        let here = path.parent().unwrap_or(Path::new(""));
        let links = links(text).map(|target| (target, here.join(target)));
        let names = names(text).map(|name| (name, name.into()));
        for (target, place) in links.chain(names) {
            count += 1;
            if !root().join(place).exists() {
                findings.push(format!("{}: there is no {target}", path.display()));
            }
        }
    }
    (format!("{count}, none leads nowhere"), findings)
}

/// Our own documents; texts that a shop sells have links of their own.
fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|kind| kind == "md")
        && !path.starts_with("examples")
        && !path
            .components()
            .any(|part| part == Component::Normal("node_modules".as_ref()))
}

/// Targets of links and pictures within the project.
fn links(text: &str) -> impl Iterator<Item = &str> {
    POINTERS.into_iter().flat_map(move |(opening, end)| {
        let targets = text.split(opening).skip(1);
        targets
            .filter_map(move |rest| rest.split(end).next())
            .filter_map(|target| target.split('#').next())
            .filter(|target| !target.is_empty() && !target.contains(':'))
    })
}

/// Files of a crate's sources or tests that are named as code, such as `shop/src/lib.rs`.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let spans = text.split('`').skip(1).step_by(2);
    spans.filter(|span| {
        let whole = span
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
        whole && (span.contains("/src/") || span.contains("/tests/"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_found() {
        let text = "[a](src/main.rs#top) [b](https://example.org/c) [d](gone.md)\n\
                    <img src=\"none.png\"> `xtask/src/main.rs` `xtask/src/gone.rs` `cargo run`";
        let document = Source {
            path: "xtask/README.md".into(),
            text: text.to_owned(),
        };
        let code = Source {
            path: "xtask/src/x.rs".into(),
            text: "//! [a](gone.md)".to_owned(),
        };
        let expected = ["gone.md", "none.png", "xtask/src/gone.rs"];
        let expected = expected.map(|target| format!("xtask/README.md: there is no {target}"));
        assert_eq!(check(&[document, code]).1, expected);
    }
}
