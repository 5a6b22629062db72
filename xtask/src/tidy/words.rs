//! Words that must not be left in.

use super::{Finding, sources::Source};

/// Folders of one machine: a text that names one can't be true on another. Written in halves, so
/// that this list doesn't find itself.
const HALVES: [(&str, &str); 4] = [
    ("/ro", "ot/"),
    ("/ho", "me/"),
    ("/Us", "ers/"),
    ("/wo", "rk/main"),
];

/// Leftovers in Rust sources.
const LEFTOVERS: [(&str, &str); 4] = [
    ("TO", "DO"),
    ("FIX", "ME"),
    ("tod", "o!("),
    ("unimple", "mented!("),
];

/// Names them with their lines.
pub(crate) fn check(sources: &[Source]) -> (String, Vec<Finding>) {
    let findings = sources.iter().flat_map(|source| {
        let rust: &[_] = if source.is(&["rs", "ts", "js"]) {
            &LEFTOVERS
        } else {
            &[]
        };
        let halves = HALVES
            .iter()
            .chain(rust)
            .map(|(one, other)| format!("{one}{other}"));
        let words: Vec<String> = halves.collect();
        let lines = source.text.lines().enumerate();
        lines
            .filter_map(|(index, line)| {
                let word = words.iter().find(|word| line.contains(word.as_str()))?;
                Some(format!(
                    "{}:{}: `{word}` must not stay",
                    source.path.display(),
                    index + 1
                ))
            })
            .collect::<Vec<_>>()
    });
    let findings = findings.collect();
    ("no paths of one machine, no leftovers".to_owned(), findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_one_machine_are_found() {
        let text = format!("see\n{}{}x\n", "/ho", "me/");
        let (_, found) = check(&[Source {
            path: "README.md".into(),
            text,
        }]);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("README.md:2: "), "{found:?}");
    }
}
