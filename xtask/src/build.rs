//! `cargo xtask build`: what `run` starts and tests drive, without starting it.

use crate::{
    cargo::{self, Binaries, Profile},
    failure::Done,
    project::Project,
    setup::{self, BuildTools},
    site,
    site::Flavour,
};

/// What to build.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The site alone
    #[arg(long)]
    site: bool,
    /// The site soonest instead of smallest, as in `watch`
    #[arg(long)]
    quick: bool,
    /// The programs as they ship
    #[arg(long)]
    release: bool,
}

/// `cargo xtask build`.
pub(crate) fn task(arguments: &Arguments) -> Done {
    let project = Project::read()?;
    let tools = setup::for_build(&project)?;
    let profile = if arguments.release {
        Profile::Release
    } else {
        Profile::Dev
    };
    let flavour = if arguments.quick {
        Flavour::Quick
    } else {
        Flavour::Shipped
    };
    if arguments.site {
        return site::build(&project, &tools, flavour, profile);
    }
    all(&project, &tools, flavour, profile).map(drop)
}

/// Builds site and programs, and makes sure that they know each other's islands.
pub(crate) fn all(
    project: &Project,
    tools: &BuildTools,
    flavour: Flavour,
    profile: Profile,
) -> Done<Binaries> {
    site::build(project, tools, flavour, profile)?;
    let binaries = cargo::build(project, profile)?;
    site::check_islands(&binaries.shop, &tools.wasm)?;
    Ok(binaries)
}
