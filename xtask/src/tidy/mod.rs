//! `cargo xtask tidy`: what compilers and clippy don't look at.

mod arrows;
mod bounds;
mod functions;
mod holders;
mod leptos_file;
mod links;
mod lists;
mod locks;
mod places;
mod sizes;
mod sources;
mod words;

use crate::{
    failure::{Done, Failure},
    project::Project,
    step::step,
};

/// One thing that is not as it should be: where, and what to do.
pub(crate) type Finding = String;

/// `cargo xtask tidy`. All complaints come at once.
pub(crate) fn task() -> Done {
    let project = Project::read()?;
    let sources = sources::read()?;
    let mut findings = Vec::new();
    let mut look = |name: &str, check: &dyn Fn() -> Done<(String, Vec<Finding>)>| {
        step(name, |_| {
            let (figures, found) = check()?;
            let note = if found.is_empty() {
                figures
            } else {
                format!("{} to mend", found.len())
            };
            findings.extend(found);
            Ok((note, ()))
        })
    };
    look("files", &|| Ok(sizes::check(&sources)))?;
    look("functions", &|| functions::check(&sources))?;
    look("crates", &|| Ok(arrows::check(&project)))?;
    look("places", &|| Ok(places::check(&sources)))?;
    look("bounds", &|| bounds::check(&sources))?;
    look("lists", &|| Ok(lists::check(&sources)))?;
    look("invariants", &|| Ok(holders::check(&sources)))?;
    look("words", &|| Ok(words::check(&sources)))?;
    look("links", &|| Ok(links::check(&sources)))?;
    look("lock files", &|| Ok(locks::check(&sources)))?;
    look("Leptos.toml", &|| leptos_file::check())?;
    if findings.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "To mend:\n  {}",
        findings.join("\n  ")
    )))
}

/// Median, 99th percentile and largest of some lengths.
fn spread(lengths: &mut [usize]) -> String {
    lengths.sort_unstable();
    let at = |percent: usize| {
        lengths
            .get((lengths.len() * percent / 100).min(lengths.len().saturating_sub(1)))
            .copied()
    };
    let [median, high, largest] = [50, 99, 100].map(|percent| at(percent).unwrap_or(0));
    format!(
        "{} · lines: median {median}, p99 {high}, max {largest}",
        lengths.len()
    )
}

#[cfg(test)]
mod tests {
    use super::{sources::Source, *};

    #[test]
    fn spread_names_the_middle_and_the_ends() {
        let mut lengths: Vec<usize> = (1..=100).rev().collect();
        assert_eq!(
            spread(&mut lengths),
            "100 · lines: median 51, p99 100, max 100"
        );
        assert_eq!(spread(&mut []), "0 · lines: median 0, p99 0, max 0");
    }

    #[test]
    fn files_over_the_limit_are_found() {
        let source = Source {
            path: "app/src/x.rs".into(),
            text: "a\n".repeat(401),
        };
        let (_, found) = sizes::check(&[source]);
        assert_eq!(found.len(), 1);
    }
}
