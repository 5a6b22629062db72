//! The sources, as they were when last looked at.

use crate::{files, project::root};
use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Folders and files that the two programs and the site are made from.
const WATCHED: [&str; 12] = [
    "app",
    "frontend",
    "public",
    "sandbox/Cargo.toml",
    "sandbox/src",
    "sandbox/window",
    "server",
    "shop",
    "style",
    "telegram",
    "words",
    "Cargo.toml",
];

type Files = BTreeMap<PathBuf, (SystemTime, u64)>;

/// Times and sizes of all watched files.
pub(crate) struct Tree(Files);

/// The first file found changed.
pub(crate) struct Change(PathBuf);

impl Tree {
    /// Looks for the first time.
    pub(crate) fn read() -> Self {
        Self(read())
    }

    /// Looks again and says what changed, if anything did.
    pub(crate) fn look_again(&mut self) -> Option<Change> {
        let now = read();
        let changed = now
            .iter()
            .find(|(path, state)| self.0.get(*path) != Some(state));
        let gone = || self.0.keys().find(|path| !now.contains_key(*path));
        let path = changed.map(|(path, _)| path).or_else(gone).cloned()?;
        self.0 = now;
        Some(Change(
            path.strip_prefix(root())
                .map(Path::to_path_buf)
                .unwrap_or(path),
        ))
    }
}

impl Change {
    /// Whether no program has to be built anew.
    pub(crate) fn is_asset(&self) -> bool {
        self.0.starts_with("style") || self.0.starts_with("public")
    }

    /// Whether the sandbox has to be started anew.
    pub(crate) fn is_sandbox(&self) -> bool {
        self.0.starts_with("sandbox") || self.0.starts_with("words")
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.display().fmt(f)
    }
}

fn read() -> Files {
    let root = root();
    let paths = WATCHED.iter().flat_map(|name| {
        let path = root.join(name);
        if path.is_file() {
            vec![path]
        } else {
            files::under(&path)
        }
    });
    paths
        .filter_map(|path| Some((path.clone(), state(&path)?)))
        .collect()
}

fn state(path: &Path) -> Option<(SystemTime, u64)> {
    let file = fs::metadata(path).ok()?;
    Some((file.modified().ok()?, file.len()))
}
