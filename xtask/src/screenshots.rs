//! `cargo xtask screenshots`: the pictures of the README, taken anew.

use crate::{
    build, cargo::Profile, failure::Done, project::Project, setup, shell, site::Flavour,
    step::step, test::playwright,
};

/// `cargo xtask screenshots`.
pub(crate) fn task() -> Done {
    let project = Project::read()?;
    let tools = setup::for_build(&project)?;
    let chromium = setup::for_browser()?;
    let binaries = build::all(&project, &tools, Flavour::Shipped, Profile::Dev)?;
    step("screenshots", |step| {
        let mut command = playwright(&project, &binaries, &chromium);
        command.args(["test", "--config", "screenshots.config.ts"]);
        shell::run(
            step,
            &mut command,
            "A picture could not be taken: see above.",
        )?;
        Ok(("in docs/screenshots".to_owned(), ()))
    })
}
