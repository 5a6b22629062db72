//! Lock files that work with every registry and mirror.

use super::{Finding, sources::Source};

/// The one address that Cargo.lock may name: cargo's own name for its default registry.
const CARGO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Names lock files that are bound to a host.
pub(crate) fn check(sources: &[Source]) -> (String, Vec<Finding>) {
    let mut count = 0;
    let mut findings = Vec::new();
    for source in sources {
        let file = source.path.file_name().unwrap_or_default();
        let bound = match file.to_str() {
            Some("package-lock.json") => source.text.contains("\"resolved\""),
            Some("Cargo.lock") => source.text.lines().any(names_another_source),
            _ => continue,
        };
        count += 1;
        if bound {
            findings.push(format!(
                "{}: names a registry's host",
                source.path.display()
            ));
        }
    }
    (format!("{count}, bound to no host"), findings)
}

fn names_another_source(line: &str) -> bool {
    line.strip_prefix("source = \"")
        .is_some_and(|rest| rest.trim_end_matches('"') != CARGO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found() {
        let npm = "\"resolved\": \"https://mirror.example/a.tgz\"".to_owned();
        let cargo = format!("source = \"{CARGO}\"\n");
        let sources = [
            Source {
                path: "a/package-lock.json".into(),
                text: npm,
            },
            Source {
                path: "Cargo.lock".into(),
                text: cargo,
            },
        ];
        assert_eq!(
            check(&sources).1,
            ["a/package-lock.json: names a registry's host"]
        );
    }
}
