//! File names that change with the content, and the list by which Leptos finds them.
//!
//! The format is cargo-leptos's: `name.<hash>.js`, and a text file of `js: <hash>` lines beside
//! the server's binary.

use crate::{
    failure::{Done, OrSay},
    files,
    project::{Project, scratch},
    stamp,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Name of the list.
pub(crate) const FILE: &str = "hash.txt";

/// In the order that cargo-leptos writes.
const KINDS: [&str; 3] = ["js", "wasm", "css"];

/// The list of the last site built; copied beside each binary that serves it.
pub(crate) fn kept() -> PathBuf {
    scratch().join(FILE)
}

/// Renames the generated files and writes the list.
pub(crate) fn rename(package: &Path, name: &str) -> Done {
    let mut list = String::new();
    for kind in KINDS {
        let plain = package.join(format!("{name}.{kind}"));
        let hash = stamp::content_hash(&files::read(&plain)?);
        fs::rename(&plain, package.join(format!("{name}.{hash}.{kind}")))
            .or_say(format!("{} can't be renamed", plain.display()))?;
        list += &format!("{kind}: {hash}\n");
    }
    files::write(&kept(), list)
}

/// Whether the site on disk is still the one that the list names.
pub(crate) fn all_there(project: &Project) -> bool {
    let package = project.site().join(&project.leptos.site_pkg_dir);
    let list = fs::read_to_string(kept()).unwrap_or_default();
    let mut named = list.lines().filter_map(|line| line.split_once(": "));
    let name = &project.leptos.output_name;
    !list.is_empty()
        && named.all(|(kind, hash)| package.join(format!("{name}.{hash}.{kind}")).is_file())
}
