//! The sandbox before clients that we did not write, and what docs/sandbox.md says of it.

mod catalogue;
mod coverage;
mod methods;
mod outcomes;
mod page;
mod suite;

use super::outcome::Counts;
use crate::{
    cargo::{self, Profile},
    failure::{Done, Failure},
    files,
    limits::START_PATIENCE,
    net,
    project::{Project, root, scratch},
    server::Server,
    setup,
    stage::Stage,
    step::step,
};
use catalogue::Catalogue;
use coverage::Coverage;
use page::Page;
use std::path::Path;
use suite::{Report, Suite, Tools};

/// The page that says what clients find.
const PAGE: &str = "docs/sandbox.md";

/// What a round over all clients came to.
struct Findings {
    counts: Counts,
    trouble: Option<Failure>,
    page: String,
}

/// Runs every suite, and holds the page to what they found.
pub(crate) fn tests(
    project: &Project,
    python: &Path,
    chromium: &Path,
) -> Done<(Counts, Option<Failure>)> {
    let found = look(project, python, chromium)?;
    if found.trouble.is_some() {
        return Ok((found.counts, found.trouble));
    }
    let written = files::read_text(&root().join(PAGE))?;
    step(PAGE, |step| {
        if written == found.page {
            let counts = found.counts.and(Counts::ONE);
            return Ok(("says what the clients found".to_owned(), (counts, None)));
        }
        step.mark_bad();
        let failure = Failure::new(format!(
            "{PAGE} doesn't say what the clients found: run `cargo xtask tables` and look at what \
             it changed."
        ));
        Ok(("out of date".to_owned(), (found.counts, Some(failure))))
    })
}

/// `cargo xtask tables`.
pub(crate) fn task() -> Done {
    let project = Project::read()?;
    setup::for_build(&project)?;
    let found = look(&project, &setup::for_clients()?, &setup::for_browser()?)?;
    if let Some(trouble) = found.trouble {
        return Err(trouble);
    }
    files::write(&root().join(PAGE), found.page)
}

/// Suites that share a list of checks, and what they printed.
struct Round {
    catalogue: Catalogue,
    reports: Vec<Report>,
    trouble: Option<Failure>,
}

impl Round {
    fn run(stage: &Stage, tools: &Tools, list: &str, suites: &[Suite]) -> Done<Self> {
        let mut round = Self {
            catalogue: Catalogue::read(list)?,
            reports: Vec::new(),
            trouble: None,
        };
        for suite in suites {
            let sandbox = open(stage)?;
            let (report, trouble) = suite.run(tools, &stage.sandbox_url(), &round.catalogue)?;
            drop(sandbox);
            round.trouble = round.trouble.or(trouble);
            round.reports.push(report);
        }
        Ok(round)
    }

    fn counts(&self) -> Counts {
        let counts = self.reports.iter().map(Report::counts);
        counts.fold(Counts::default(), Counts::and)
    }
}

fn look(project: &Project, python: &Path, chromium: &Path) -> Done<Findings> {
    let binaries = cargo::build(project, Profile::Dev)?;
    let tools = Tools {
        python: python.to_path_buf(),
        rust: suite::build_rust()?,
        shop: binaries.shop.clone(),
        chromium: chromium.to_path_buf(),
    };
    let stage = Stage::apart(project, &binaries, &scratch())?;
    let clients = Round::run(&stage, &tools, catalogue::BOT_API, &suite::BOT_API)?;
    let sdks = Round::run(&stage, &tools, catalogue::MINI_APPS, &suite::MINI_APPS)?;
    let coverage = covered(&stage)?;
    let page = Page::read(PAGE)?.fill(&clients, &sdks, &coverage)?;
    Ok(Findings {
        counts: clients.counts().and(sdks.counts()),
        trouble: clients.trouble.or(sdks.trouble),
        page,
    })
}

fn covered(stage: &Stage) -> Done<Coverage> {
    step("coverage", |step| {
        let sandbox = open(stage)?;
        let coverage = Coverage::ask(step, &stage.sandbox_url())?;
        drop(sandbox);
        Ok((coverage.note(), coverage))
    })
}

/// A fresh sandbox: no suite sees what another left.
fn open(stage: &Stage) -> Done<Server> {
    let mut sandbox = stage.start_sandbox()?;
    let url = format!("{}/api/openapi.json", stage.sandbox_url());
    net::wait_ready(&url, START_PATIENCE, || sandbox.check())?;
    Ok(sandbox)
}
