//! `cargo xtask bench`: figures about the shop, measured here and now.
//!
//! Benchmarks print and never fail a build: a slow machine is not a bug.

mod document;
mod fuzz;
mod idle_memory;
mod library;
mod lighthouse;
mod mutants;
mod page;
mod proofs;
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
use clap::ValueEnum;
use std::{cell::OnceCell, path::PathBuf, process::Command};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only this figure
    #[arg(long, value_name = "FIGURE")]
    only: Option<Figure>,
    /// Write the figures into docs/figures.md
    #[arg(long)]
    write: bool,
    /// So many simulated months, for `--only months`
    #[arg(long, value_name = "N")]
    months: Option<u64>,
    /// The first of them, to go on where a run was stopped
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    first_seed: u64,
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
    /// The sandbox: calls and deliveries against bare ones, start-up and memory
    Sandbox,
    /// First load of home and product page, in bytes on the wire
    Sizes,
    /// Memory of a shop that nobody visits
    IdleMemory,
    /// Lighthouse's mobile scores of home and product page
    Lighthouse,
    /// Sales of an outage of two days, rebuilt from Telegram's ledger, on both databases
    Rebuild,
    /// A thousand buyers for fifty copies, a hundred times, on both databases
    Contention,
    /// The process dies at every place of a story in turn, on both databases (half an hour)
    Crashes,
    /// The process is killed at random, a thousand times on each database (half an hour)
    Kills,
    /// A hundred thousand simulated months (hours)
    Months,
    /// The share of small faults in the payment core that the shop's tests see (hours)
    Mutants,
    /// Odd inputs for every parser of what comes from outside
    Fuzz,
}

impl Figure {
    /// Whether it takes so long that it is only measured when named.
    const fn is_long(self) -> bool {
        matches!(
            self,
            Self::Crashes | Self::Kills | Self::Months | Self::Mutants
        )
    }

    fn measure(self, bench: &Bench) -> Done<Table> {
        match self {
            Self::InitData => library::init_data(),
            Self::Precheckout => library::precheckout(),
            Self::Payments => library::payments(),
            Self::Sandbox => library::sandbox(),
            Self::Sizes => sizes::measure(bench),
            Self::IdleMemory => idle_memory::measure(bench),
            Self::Lighthouse => lighthouse::measure(bench),
            Self::Rebuild => library::rebuild(),
            Self::Contention => proofs::CROWDS.run(),
            Self::Crashes => proofs::CRASHES.run(),
            Self::Kills => proofs::KILLS.run(),
            Self::Months => proofs::MONTHS.run_from(bench.first_seed, bench.months),
            Self::Mutants => mutants::measure(),
            Self::Fuzz => fuzz::measure(),
        }
    }

    /// As on the command line.
    fn name(self) -> String {
        let value = self.to_possible_value();
        value
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }
}

/// The shipped programs, built when the first figure asks for them.
pub(crate) struct Bench {
    project: Project,
    binaries: OnceCell<Binaries>,
    /// How many simulated months, if it was said.
    months: Option<u64>,
    /// The first of them.
    first_seed: u64,
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
        months: arguments.months,
        first_seed: arguments.first_seed,
    };
    let chosen = Figure::value_variants().iter().copied();
    let chosen = chosen.filter(|figure| match arguments.only {
        Some(only) => only == *figure,
        None => !figure.is_long(),
    });
    let tables = chosen
        .map(|figure| Ok((figure, figure.measure(&bench)?)))
        .collect::<Done<Vec<_>>>()?;
    let measured = format!("{} · commit {} · {}", machine(), commit::name(), today());
    say(format!("\n{measured}"));
    for (figure, table) in &tables {
        say(format!(
            "\n### {}\n\n{}",
            table.title,
            table.markdown().trim_end()
        ));
        if arguments.write {
            document::write(&figure.name(), &measured, table)?;
        }
    }
    Ok(())
}

impl Table {
    /// Its rows in Markdown.
    fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let head = line(&self.columns) + &format!("|{}\n", "---|".repeat(self.columns.len()));
        self.rows.iter().fold(head, |text, row| text + &line(row))
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
