//! The files that belong to the project: those that git knows or would take.

use crate::{
    failure::{Done, Failure},
    project::root,
    shell,
};
use std::{fs, path::PathBuf, process::Command};

/// A text file.
pub(crate) struct Source {
    /// Path from the workspace's root.
    pub(crate) path: PathBuf,
    /// Content.
    pub(crate) text: String,
}

impl Source {
    /// Whether the file's name ends so.
    pub(crate) fn is(&self, kinds: &[&str]) -> bool {
        self.path
            .extension()
            .is_some_and(|found| kinds.iter().any(|kind| found == *kind))
    }

    /// Number of lines.
    pub(crate) fn lines(&self) -> usize {
        self.text.lines().count()
    }
}

/// Reads all text files.
pub(crate) fn read() -> Done<Vec<Source>> {
    let mut git = Command::new("git");
    git.current_dir(root()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let list = shell::output(&mut git).ok_or_else(|| {
        Failure::new("git can't list the project's files: run this in a clone of it.")
    })?;
    let paths = list
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(PathBuf::from);
    let read = |path: PathBuf| {
        let text = String::from_utf8(fs::read(root().join(&path)).ok()?).ok()?;
        Some(Source { path, text })
    };
    Ok(paths.filter_map(read).collect())
}
