//! `cargo xtask bench`: figures about the shop, measured here and now.
//!
//! Benchmarks print and never fail a build: a slow machine is not a bug.

mod idle_memory;
mod library;
mod lighthouse;
mod page;
mod sizes;

use crate::{
    build,
    cargo::{Binaries, Profile},
    commit,
    failure::Done,
    files,
    project::{Project, scratch},
    setup, shell,
    site::Flavour,
    stage::{Running, Stage},
    step::say,
};
use std::{cell::OnceCell, path::PathBuf, process::Command};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only this figure
    #[arg(long, value_name = "FIGURE")]
    only: Option<Figure>,
}

/// The figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Figure {
    /// Checks of launch data per second, against the bare two HMACs
    InitData,
    /// Pre-checkout from webhook to answer over HTTP, against a bare answer
    Precheckout,
    /// Pre-checkout inside the shop, and settling against bare commits, on both databases
    Payments,
    /// First load of home and product page, in bytes on the wire
    Sizes,
    /// Memory of a shop that nobody visits
    IdleMemory,
    /// Lighthouse's mobile scores of home and product page
    Lighthouse,
}

impl Figure {
    const ALL: [Self; 6] = [
        Self::InitData,
        Self::Precheckout,
        Self::Payments,
        Self::Sizes,
        Self::IdleMemory,
        Self::Lighthouse,
    ];

    fn measure(self, bench: &Bench) -> Done<Table> {
        match self {
            Self::InitData => library::init_data(),
            Self::Precheckout => library::precheckout(),
            Self::Payments => library::payments(),
            Self::Sizes => sizes::measure(bench),
            Self::IdleMemory => idle_memory::measure(bench),
            Self::Lighthouse => lighthouse::measure(bench),
        }
    }
}

/// The shipped programs, built when the first figure asks for them.
pub(crate) struct Bench {
    project: Project,
    binaries: OnceCell<Binaries>,
}

impl Bench {
    /// A shop with the demo catalogue and a sandbox, new and on free ports.
    fn start(&self, name: &str) -> Done<(Stage, Running)> {
        let data = scratch().join("bench").join(name);
        files::remove(&data)?;
        let stage = Stage::apart(&self.project, self.binaries()?, &data)?;
        let running = stage.start(&self.project)?;
        Ok((stage, running))
    }

    fn binaries(&self) -> Done<&Binaries> {
        if let Some(binaries) = self.binaries.get() {
            return Ok(binaries);
        }
        let tools = setup::for_build(&self.project)?;
        let built = build::all(&self.project, &tools, Flavour::Shipped, Profile::Release)?;
        Ok(self.binaries.get_or_init(|| built))
    }
}

/// One figure as a table in Markdown.
pub(crate) struct Table {
    /// Heading.
    title: &'static str,
    /// Names of the columns.
    columns: Vec<String>,
    /// Rows.
    rows: Vec<Vec<String>>,
}

/// `cargo xtask bench`.
pub(crate) fn task(arguments: &Arguments) -> Done {
    let bench = Bench {
        project: Project::read()?,
        binaries: OnceCell::new(),
    };
    let chosen = Figure::ALL
        .into_iter()
        .filter(|figure| arguments.only.is_none_or(|only| only == *figure));
    let tables = chosen
        .map(|figure| figure.measure(&bench))
        .collect::<Done<Vec<_>>>()?;
    say(format!(
        "\n{} · commit {} · {}",
        machine(),
        commit::name(),
        today()
    ));
    for table in &tables {
        print(table);
    }
    Ok(())
}

fn print(table: &Table) {
    say(format!("\n### {}\n", table.title));
    say(format!("| {} |", table.columns.join(" | ")));
    say(format!("|{}", "---|".repeat(table.columns.len())));
    for row in &table.rows {
        say(format!("| {} |", row.join(" | ")));
    }
}

fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

/// Processor, cores, memory and system, as far as the system tells.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let line_of = |file: &str, key: &str| {
        let text = std::fs::read_to_string(PathBuf::from(file)).ok()?;
        let line = text.lines().find(|line| line.starts_with(key))?.to_owned();
        Some(
            line.split_once([':', '='])?
                .1
                .trim()
                .trim_matches('"')
                .to_owned(),
        )
    };
    let processor = line_of("/proc/cpuinfo", "model name")
        .or_else(|| shell::output(Command::new("sysctl").args(["-n", "machdep.cpu.brand_string"])))
        .unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let system = line_of("/etc/os-release", "PRETTY_NAME")
        .unwrap_or_else(|| std::env::consts::OS.to_owned());
    format!("{processor}, {cores} cores, {system}")
}
