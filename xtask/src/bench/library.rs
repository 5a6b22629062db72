//! Figures that the crates' own benchmarks print, one `what: figure` a line.

use super::Table;
use crate::{
    cargo::{cargo, remap},
    failure::{Done, Failure},
    files, setup, shell,
    step::{Step, step},
    test::Database,
};

/// Checks of launch data, against the two HMACs that they can't do without.
pub(crate) fn init_data() -> Done<Table> {
    one("launch data", "Launch data", "telegram", "init_data")
}

/// Pre-checkout through the real program over HTTP, against a page that does nothing.
pub(crate) fn precheckout() -> Done<Table> {
    one(
        "pre-checkout",
        "Pre-checkout over HTTP",
        "server",
        "precheckout",
    )
}

/// Calls and deliveries of the sandbox against bare ones, its start-up and its memory.
pub(crate) fn sandbox() -> Done<Table> {
    one("sandbox", "The sandbox", "sandbox", "figures")
}

fn one(name: &str, title: &'static str, package: &str, bench: &str) -> Done<Table> {
    step(name, |step| {
        let rows = run(step, package, bench, None)?;
        let rows = rows.into_iter().map(|(what, figure)| vec![what, figure]);
        let table = Table {
            title,
            columns: columns(&["what", "figure"]),
            rows: rows.collect(),
        };
        Ok((String::new(), table))
    })
}

/// Pre-checkout and settling, on both databases.
pub(crate) fn payments() -> Done<Table> {
    both("payments", "Payments", "shop", "payments")
}

/// Sales that no update told of, rebuilt from Telegram's ledger, on both databases.
pub(crate) fn rebuild() -> Done<Table> {
    both("rebuild", "Rebuilt from the ledger", "server", "rebuild")
}

fn both(name: &str, title: &'static str, package: &str, bench: &str) -> Done<Table> {
    let programs = setup::for_database()?;
    step(name, |step| {
        let database = Database::start(step, &programs)?;
        let sqlite = run(step, package, bench, None)?;
        let postgres = run(step, package, bench, Some(database.url()))?;
        let rows = sqlite.into_iter().zip(postgres);
        let rows = rows
            .map(|((what, one), (_, other))| vec![what, one, other])
            .collect();
        let columns = columns(&["what", "SQLite", "PostgreSQL"]);
        Ok((
            String::new(),
            Table {
                title,
                columns,
                rows,
            },
        ))
    })
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn run(
    step: &Step,
    package: &str,
    bench: &str,
    database: Option<&str>,
) -> Done<Vec<(String, String)>> {
    let mut command = cargo();
    command.args(["bench", "--package", package, "--bench", bench]);
    command.env("CARGO_ENCODED_RUSTFLAGS", remap());
    if let Some(url) = database {
        command.env("STARFRONT_BENCH_DATABASE_URL", url);
    }
    let before = files::read_text(&step.log()).unwrap_or_default().len();
    shell::run(
        step,
        &mut command,
        &format!("The benchmark {bench} of {package} failed."),
    )?;
    let log = files::read_text(&step.log())?;
    let rows = figures(log.get(before..).unwrap_or_default());
    if rows.is_empty() {
        return Err(Failure::new(format!(
            "The benchmark {bench} of {package} printed no figure."
        )));
    }
    Ok(rows)
}

/// The lines that a benchmark printed after cargo's last own line. A line that only announces the
/// next ones, `while others buy:`, goes before each of them.
fn figures(log: &str) -> Vec<(String, String)> {
    let printed = log.rsplit("     Running ").next().unwrap_or_default();
    let mut heading = String::new();
    let mut rows = Vec::new();
    for line in printed.lines().skip(1) {
        match line
            .split_once(':')
            .map(|(what, figure)| (what.trim(), figure.trim()))
        {
            Some((what, "")) => heading = format!("{what}: "),
            Some((what, figure)) => rows.push((format!("{heading}{what}"), figure.to_owned())),
            None => {}
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_cargos_own_lines() {
        let log = "     Running benches/a.rs (target/release/deps/a-1)\n140 bytes, medians\n\
                   checks per second:   100\nwhile others buy:\nprecheck: p50 1.2ms, p99 3ms\n";
        let expected = [
            ("checks per second", "100"),
            ("while others buy: precheck", "p50 1.2ms, p99 3ms"),
        ];
        let expected = expected.map(|(what, figure)| (what.to_owned(), figure.to_owned()));
        assert_eq!(figures(log), expected);
    }
}
