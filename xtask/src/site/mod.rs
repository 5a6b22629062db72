//! Builds the site: WASM, its JavaScript glue, the style sheet and the public files, under names
//! that change with their content, each with compressed neighbours.
//!
//! Obeys `[[workspace.metadata.leptos]]` and leaves the same `target/site` and `hash.txt` as
//! `cargo leptos build --release --precompress`, without cargo-leptos, which takes longer to
//! compile than the shop.

mod bindgen;
mod compress;
mod esbuild;
mod hashes;
mod islands;
mod optimize;
mod wasm;

pub(crate) use hashes::FILE as HASH_FILE;
pub(crate) use islands::check as check_islands;

use crate::{
    cargo::Profile,
    failure::{Done, OrSay},
    files,
    project::{Project, root, scratch},
    setup::BuildTools,
    stamp,
    stamp::Stamp,
    step::step,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// What a site is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// As buyers get it: smallest.
    Shipped,
    /// For `watch`: soonest.
    Quick,
}

/// Builds the site where anything changed, and puts `hash.txt` beside the server's binary, where
/// Leptos looks for it.
pub(crate) fn build(
    project: &Project,
    tools: &BuildTools,
    flavour: Flavour,
    profile: Profile,
) -> Done {
    let _held = stamp::hold("site")?;
    let module = wasm::compile(project, tools, flavour)?;
    let key = stamp::key_of(
        &inputs(project, &module),
        &format!("{flavour:?} {:?}", made_by()),
    )?;
    let stamp = Stamp::new("site");
    if !stamp.matches(&key) || !hashes::all_there(project) {
        make(project, tools, flavour, &module)?;
        stamp.set(&key)?;
    }
    step("site", |_| {
        files::copy(&hashes::kept(), &profile.folder().join(hashes::FILE))?;
        Ok((summary(&project.site()), ()))
    })
}

/// This program's own age: it decides what a site looks like.
fn made_by() -> Option<SystemTime> {
    fs::metadata(env::current_exe().ok()?).ok()?.modified().ok()
}

/// Every file that the site is made of.
fn inputs(project: &Project, module: &Path) -> Vec<PathBuf> {
    let style = root().join(&project.leptos.style_file);
    let mut inputs = vec![
        module.to_path_buf(),
        root().join("xtask/tools/package-lock.json"),
    ];
    inputs.extend(files::under(&root().join(&project.leptos.assets_dir)));
    inputs.extend(style.parent().map(files::under).unwrap_or_default());
    inputs
}

/// Makes the site in a folder of its own and puts it in the old one's place when it is whole.
fn make(project: &Project, tools: &BuildTools, flavour: Flavour, module: &Path) -> Done {
    let draft = scratch().join("site");
    files::remove(&draft)?;
    files::copy(&root().join(&project.leptos.assets_dir), &draft)?;
    let package = draft.join(&project.leptos.site_pkg_dir);
    let name = &project.leptos.output_name;
    bindgen::generate(module, &package, name, flavour)?;
    if flavour == Flavour::Shipped {
        optimize::shrink(tools, &package.join(format!("{name}.wasm")))?;
    }
    step("style and script", |step| {
        esbuild::style(
            step,
            tools,
            &root().join(&project.leptos.style_file),
            &package,
            name,
        )?;
        if flavour == Flavour::Shipped {
            esbuild::script(step, tools, &package, name)?;
        }
        hashes::rename(&package, name)?;
        Ok((String::new(), ()))
    })?;
    if flavour == Flavour::Shipped {
        compress::neighbours(&draft)?;
    }
    let site = project.site();
    files::remove(&site)?;
    fs::rename(&draft, &site).or_say(format!("{} can't be put in place", site.display()))
}

/// Brotli bytes of what every first page loads.
fn summary(site: &Path) -> String {
    let bytes = |kind: &str| {
        let files = files::under(site).into_iter();
        files
            .filter(|file| file.to_string_lossy().ends_with(&format!(".{kind}.br")))
            .filter_map(|file| fs::metadata(file).ok())
            .map(|file| usize::try_from(file.len()).unwrap_or_default())
            .sum::<usize>()
    };
    let (wasm, js, css) = (bytes("wasm"), bytes("js"), bytes("css"));
    if wasm == 0 {
        return "ready, not compressed".to_owned();
    }
    format!(
        "wasm {}, js {}, css {} (br)",
        files::size(wasm),
        files::size(js),
        files::size(css)
    )
}
