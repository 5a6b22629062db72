//! Things that have one place only.

use super::{Finding, sources::Source};
use std::path::Path;

/// Something that is written in one folder alone.
struct Place {
    /// What is looked for, in Rust sources.
    marks: &'static [&'static str],
    /// Where it is looked for; everywhere when empty.
    under: &'static str,
    /// Where it belongs.
    home: &'static str,
    /// What it is.
    what: &'static str,
}

const PLACES: [Place; 3] = [
    Place {
        marks: &[
            "sqlx::query",
            "\"SELECT ",
            "\"INSERT INTO ",
            "\"UPDATE ",
            "\"DELETE FROM ",
        ],
        under: "",
        home: "shop/src/store",
        what: "SQL",
    },
    Place {
        marks: &[
            "alert_with_message(",
            "confirm_with_message(",
            ".open_with_url",
            "window.open(",
        ],
        under: "app/src",
        home: "app/src/bridge",
        what: "a browser's own dialog or window, which Telegram's web views block,",
    },
    Place {
        marks: &[
            "SystemTime",
            "Instant::",
            "std::time::Instant",
            "Timestamp::now",
            "Zoned::now",
            "rand::",
            "getrandom",
            "thread_rng",
            "std::env",
            "std::fs",
            "std::io",
            "std::net",
            "std::process",
            "std::thread",
            " env::",
            " fs::",
            " process::",
            "tokio::",
            "reqwest::",
            "sqlx::",
            ".await",
        ],
        under: "shop/src/domain",
        home: "shop/src/steps",
        what: "a clock, chance or I/O, which the domain is handed from outside,",
    },
];

/// This file, which has to name what it looks for.
const SELF: &str = "xtask/src/tidy";

/// Names what is out of its place. Tests and benchmarks may look everywhere.
pub(crate) fn check(sources: &[Source]) -> (String, Vec<Finding>) {
    let rust = sources
        .iter()
        .filter(|source| source.is(&["rs"]) && is_program(&source.path));
    let findings = rust.flat_map(|source| PLACES.iter().flat_map(|place| outside(source, place)));
    (
        "SQL, dialogs, clocks and chance are where they belong".to_owned(),
        findings.collect(),
    )
}

fn is_program(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "src") && !path.starts_with(SELF)
}

fn outside(source: &Source, place: &Place) -> Vec<Finding> {
    if source.path.starts_with(place.home) || !source.path.starts_with(place.under) {
        return Vec::new();
    }
    let lines = source.text.lines().enumerate();
    let wrong = lines.filter(|(_, line)| place.marks.iter().any(|mark| line.contains(mark)));
    wrong
        .map(|(index, _)| {
            let path = source.path.display();
            format!(
                "{path}:{}: {} belongs in {}",
                index + 1,
                place.what,
                place.home
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&[Source {
            path: path.into(),
            text: text.to_owned(),
        }])
        .1
        .len()
    }

    #[test]
    fn sql_lives_in_the_store() {
        assert_eq!(found("server/src/a.rs", "\nsqlx::query(\"SELECT 1\")\n"), 1);
        assert_eq!(found("shop/src/store/a.rs", "sqlx::query(\"SELECT 1\")"), 0);
        assert_eq!(found("shop/tests/a.rs", "sqlx::query(\"SELECT 1\")"), 0);
    }

    #[test]
    fn dialogs_live_in_the_bridge() {
        assert_eq!(
            found("app/src/ui/a.rs", "window().alert_with_message(\"x\")"),
            1
        );
        assert_eq!(
            found("app/src/bridge/a.rs", "window().alert_with_message(\"x\")"),
            0
        );
        assert_eq!(found("sandbox/src/a.rs", "window.open(url)"), 0);
    }

    #[test]
    fn the_domain_is_pure() {
        let impure = [
            "SystemTime::now()",
            "Instant::now()",
            "use std::time::Instant;",
            "jiff::Timestamp::now()",
            "jiff::Zoned::now()",
            "rand::rng()",
            "getrandom::fill(&mut bytes)",
            "std::env::var(\"A\")",
            "use std::net::TcpStream;",
            "std::process::id()",
            "let pid = process::id();",
        ];
        for line in impure {
            assert_eq!(found("shop/src/domain/a.rs", line), 1, "{line}");
        }
        // The shop's own words are no clock.
        assert_eq!(found("shop/src/domain/a.rs", "/// In an instant."), 0);
        assert_eq!(found("shop/src/steps/a.rs", "rand::rng()"), 0);
    }
}
