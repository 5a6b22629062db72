//! Style sheet and glue in one minified file each, by esbuild.

use crate::{
    failure::{Done, Failure},
    files,
    setup::BuildTools,
    shell,
    step::Step,
};
use std::{path::Path, process::Command};

/// Oldest web views that get today's syntax unchanged: what Telegram's clients run on phones that
/// still get updates.
const BROWSERS: &str = "--target=chrome105,safari15.4";

/// Kinds of files that a style sheet may point at.
const PICTURES: [&str; 5] = ["svg", "webp", "png", "jpg", "woff2"];

/// Writes `name.css`: the style sheet with everything it names in its place.
///
/// The first sheet may be a list of `@use "name";` lines: that is how cargo-leptos, which runs
/// Sass and leaves the imports of plain CSS alone, is told the same. Addresses of pictures and
/// fonts are the site's own and stay as they are.
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
    let list = folder.join("list.css");
    let listed = main.extension().is_some_and(|kind| kind == "scss");
    if listed {
        files::write(&list, imports(&files::read_text(main)?, main)?)?;
    }
    let mut command = esbuild(tools, if listed { &list } else { main }, &target);
    command
        .arg("--bundle")
        .args(PICTURES.map(|kind| format!("--external:*.{kind}")));
    shell::run(
        step,
        &mut command,
        "The style sheet can't be read: mend what is said above.",
    )?;
    let _ = std::fs::remove_file(list);
    Ok(())
}

/// The list as CSS imports, one for each `@use`; nothing else but comments may be in it.
fn imports(list: &str, main: &Path) -> Done<String> {
    let mut imports = String::new();
    for line in list
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
    {
        let name = line
            .strip_prefix("@use \"")
            .and_then(|rest| rest.strip_suffix("\";"));
        let Some(name) = name else {
            let file = main.display();
            return Err(Failure::new(format!(
                "{file} may only hold comments and lines like `@use \"tokens\";`, not `{line}`: \
                 rules belong in the files it names."
            )));
        };
        let sheet = main.with_file_name(format!("{name}.css"));
        imports += &format!("@import \"{}\";\n", sheet.display());
    }
    Ok(imports)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_becomes_imports_in_its_order() {
        let list = "// The look.\n\n@use \"tokens\";\n@use \"base\";\n";
        let css = imports(list, Path::new("style/main.scss")).unwrap();
        assert_eq!(
            css,
            "@import \"style/tokens.css\";\n@import \"style/base.css\";\n"
        );
    }

    #[test]
    fn a_rule_in_the_list_is_refused() {
        assert!(imports("body { margin: 0 }", Path::new("style/main.scss")).is_err());
    }
}
