//! Lighthouse's view of home and product page on a phone.

use super::{Bench, Table, page};
use crate::{
    failure::{Done, Failure, OrSay},
    files,
    project::scratch,
    setup, shell,
    step::{Step, step},
};
use serde_json::Value;
use std::{path::Path, process::Command};

/// Runs per page; the best counts, since everything that disturbs makes it slower.
const RUNS: usize = 3;

const CATEGORIES: [&str; 3] = ["performance", "accessibility", "best-practices"];
const AUDITS: [&str; 4] = [
    "first-contentful-paint",
    "largest-contentful-paint",
    "interactive",
    "total-byte-weight",
];

/// Measures both pages.
pub(crate) fn measure(bench: &Bench) -> Done<Table> {
    let programs = setup::for_bench()?;
    let chromium = setup::for_browser()?;
    let (stage, _running) = bench.start("lighthouse")?;
    step("Lighthouse", |step| {
        let shop = stage.shop_url();
        let mut rows = Vec::new();
        for path in ["/".to_owned(), page::first_product(&shop)?] {
            let url = format!("{shop}{path}");
            let runs = (0..RUNS).map(|_| run(step, &programs, &chromium, &url));
            let reports = runs.collect::<Done<Vec<Value>>>()?;
            let best = reports
                .iter()
                .max_by_key(|report| score(report, CATEGORIES[0]));
            let best = best.ok_or_else(|| Failure::new("Lighthouse reported nothing."))?;
            let mut row = vec![path];
            row.extend(CATEGORIES.map(|name| score(best, name).to_string()));
            row.extend(AUDITS.map(|name| shown(best, name)));
            rows.push(row);
        }
        let columns = ["page"]
            .into_iter()
            .chain(CATEGORIES)
            .chain(AUDITS)
            .map(str::to_owned)
            .collect();
        Ok((
            String::new(),
            Table {
                title: "Lighthouse, mobile, best of three",
                columns,
                rows,
            },
        ))
    })
}

fn run(step: &Step, programs: &Path, chromium: &Path, url: &str) -> Done<Value> {
    let report = scratch().join("lighthouse.json");
    let mut command = Command::new(programs.join("lighthouse"));
    command
        .env("CHROME_PATH", chromium)
        .arg(url)
        .args(["--quiet", "--output=json"]);
    command.arg(format!("--output-path={}", report.display()));
    command.arg(
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
    );
    command.arg(format!("--only-categories={}", CATEGORIES.join(",")));
    shell::run(step, &mut command, "Lighthouse can't look at the page.")?;
    serde_json::from_slice(&files::read(&report)?).or_say("Lighthouse's report is unreadable")
}

/// 0 to 100.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a share of one, times a hundred"
)]
fn score(report: &Value, category: &str) -> i64 {
    let share = report["categories"][category]["score"]
        .as_f64()
        .unwrap_or_default();
    (share * 100.0).round() as i64
}

fn shown(report: &Value, audit: &str) -> String {
    report["audits"][audit]["displayValue"]
        .as_str()
        .unwrap_or("–")
        .to_owned()
}
