//! `cargo xtask watch`: build, start, and do both again after every change.
//!
//! Looks at the file tree twice a second instead of asking the system for events: a few hundred
//! files cost a millisecond, and it works in containers and on network drives as well.

mod reload;
mod tree;

use crate::{
    build,
    cargo::{self, Profile},
    failure::Done,
    interrupt,
    limits::WATCH_POLL,
    net,
    project::Project,
    run,
    setup::{self, BuildTools},
    site,
    site::Flavour,
    stage::{Running, Stage},
    step::{complain, say},
};
use reload::Reload;
use std::thread;
use tree::{Change, Tree};

/// `cargo xtask watch`.
pub(crate) fn task(arguments: &run::Arguments) -> Done {
    arguments.check_ports()?;
    let project = Project::read()?;
    net::check_free(project.leptos.reload_port, "reload-port in Cargo.toml")?;
    let tools = setup::for_build(&project)?;
    let mut tree = Tree::read();
    let binaries = build::all(&project, &tools, Flavour::Quick, Profile::Dev)?;
    let mut stage = arguments.stage(&project, binaries);
    stage.reload_port = Some(project.leptos.reload_port);
    let reload = Reload::listen(project.leptos.reload_port)?;
    let mut running = stage.start(&project)?;
    run::announce(&stage);
    while !interrupt::asked() {
        thread::sleep(WATCH_POLL);
        let Some(change) = tree.look_again() else {
            continue;
        };
        match again(&project, &tools, &stage, &mut running, change) {
            Ok(()) => {
                reload.send();
                say("Ready.");
            }
            Err(failure) => complain(&failure),
        }
    }
    Ok(())
}

/// Builds what the change calls for. A build that fails leaves the old shop running.
fn again(
    project: &Project,
    tools: &BuildTools,
    stage: &Stage,
    running: &mut Running,
    change: Change,
) -> Done {
    say(format!("\n{change} changed"));
    site::build(project, tools, Flavour::Quick, Profile::Dev)?;
    if change.is_asset() {
        return Ok(());
    }
    cargo::build(project, Profile::Dev)?;
    running.shop.stop();
    if change.is_sandbox() {
        running.sandbox.stop();
        running.sandbox = stage.start_sandbox()?;
    }
    running.shop = stage.start_shop(project)?;
    Ok(())
}
