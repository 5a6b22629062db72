//! Style sheet and glue in one minified file each, by esbuild.

use crate::{failure::Done, files, setup::BuildTools, shell, step::Step};
use std::{path::Path, process::Command};

/// Oldest web views that get today's syntax unchanged: what Telegram's clients run on phones that
/// still get updates.
const BROWSERS: &str = "--target=chrome105,safari15.4";

/// Kinds of files that a style sheet may point at.
const PICTURES: [&str; 5] = ["svg", "webp", "png", "jpg", "woff2"];

/// Writes `name.css`: the style sheet with everything it imports in its place.
///
/// Addresses of pictures and fonts are the site's own and stay as they are.
pub(crate) fn style(
    step: &Step,
    tools: &BuildTools,
    main: &Path,
    folder: &Path,
    name: &str,
) -> Done {
    let target = folder.join(format!("{name}.css"));
    if !main.is_file() {
        return files::write(&target, "");
    }
    let mut command = esbuild(tools, main, &target);
    command
        .arg("--bundle")
        .args(PICTURES.map(|kind| format!("--external:*.{kind}")));
    shell::run(
        step,
        &mut command,
        "The style sheet can't be read: mend what is said above.",
    )
}

/// Replaces `name.js` by one file that also holds the snippets it imports, which would be one
/// more request each.
pub(crate) fn script(step: &Step, tools: &BuildTools, folder: &Path, name: &str) -> Done {
    let glue = folder.join(format!("{name}.js"));
    let bundled = folder.join(format!("{name}.min.js"));
    let mut command = esbuild(tools, &glue, &bundled);
    command.args(["--bundle", "--format=esm"]);
    shell::run(step, &mut command, "The glue JavaScript can't be bundled.")?;
    files::copy(&bundled, &glue)?;
    let _ = std::fs::remove_file(bundled);
    files::remove(&folder.join("snippets"))
}

fn esbuild(tools: &BuildTools, from: &Path, to: &Path) -> Command {
    let mut command = Command::new(tools.bin.join("esbuild"));
    command.arg(from).arg(format!("--outfile={}", to.display()));
    command.args([
        "--minify",
        "--log-level=warning",
        "--legal-comments=none",
        BROWSERS,
    ]);
    command
}
