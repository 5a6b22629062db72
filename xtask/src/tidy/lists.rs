//! Lists that the database gives end somewhere.

use super::{Finding, sources::Source};

/// Where statements stand.
const STORE: &str = "shop/src/store";

/// What gives a whole list.
const LIST: &str = ".fetch_all(";

/// What ends it: a bound in the statement, or a reason why it cannot grow.
const BOUND: &str = "LIMIT ";
const REASON: &str = "// bounded by: ";

/// Names lists without an end. What ends one stands in the same function, behind the list before.
pub(crate) fn check(sources: &[Source]) -> (String, Vec<Finding>) {
    let mut count = 0;
    let mut findings = Vec::new();
    let store = sources
        .iter()
        .filter(|source| source.path.starts_with(STORE));
    for source in store {
        let mut ends = false;
        for (line, text) in (1..).zip(source.text.lines()) {
            if text.contains("fn ") && text.contains('(') {
                ends = false;
            }
            let reason = text.split_once(REASON).map_or("", |(_, reason)| reason);
            ends |= text.contains(BOUND) || !reason.trim().is_empty();
            if text.contains(LIST) {
                count += 1;
                if !ends {
                    let path = source.path.display();
                    findings.push(format!(
                        "{path}:{line}: give the list a {BOUND}or say `{REASON}…` why it ends"
                    ));
                }
                ends = false;
            }
        }
    }
    (format!("{count}, each ends"), findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_an_end_is_found() {
        let text = "/// LIMIT 1\nasync fn a(conn: &mut Conn) {\n    query(\"SELECT 1\").fetch_all(conn)\n}\n\
                    async fn b(conn: &mut Conn) {\n    query(\"SELECT 1 LIMIT 1\").fetch_all(conn);\n    \
                    query(\"SELECT 1\").fetch_all(conn);\n    // bounded by: the catalogue.\n    \
                    query(\"SELECT 1\").fetch_all(conn);\n    // bounded by: \n    query(\"SELECT 1\").fetch_all(conn);\n}\n";
        let found = |path: &str| {
            let source = Source {
                path: path.into(),
                text: text.to_owned(),
            };
            check(&[source]).1
        };
        let expected = [3, 7, 11].map(|line| {
            format!("shop/src/store/a.rs:{line}: give the list a LIMIT or say `// bounded by: …` why it ends")
        });
        assert_eq!(found("shop/src/store/a.rs"), expected);
        assert_eq!(found("shop/tests/a.rs"), Vec::<Finding>::new());
    }
}
