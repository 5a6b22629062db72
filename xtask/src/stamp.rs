//! Stamps: what a step was last done with, so that a second run has nothing to do.

use crate::{
    failure::{Done, OrSay},
    files, project,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use md5::{Digest, Md5};
use std::{fs::File, path::PathBuf};

/// The name a file's content gets in a site: MD5 in URL-safe base64, as cargo-leptos does.
/// It tells versions apart and protects nothing.
pub(crate) fn content_hash(content: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Md5::digest(content))
}

/// One key for the names and contents of many files.
pub(crate) fn key_of(paths: &[PathBuf], extra: &str) -> Done<String> {
    let mut hash = Md5::new();
    hash.update(extra.as_bytes());
    for path in paths {
        hash.update(path.to_string_lossy().as_bytes());
        hash.update(Md5::digest(files::read(path)?));
    }
    Ok(URL_SAFE_NO_PAD.encode(hash.finalize()))
}

/// A file in the scratch folder that holds the key of the last success.
pub(crate) struct Stamp(PathBuf);

impl Stamp {
    /// The stamp of this name.
    pub(crate) fn new(name: &str) -> Self {
        Self(project::scratch().join(format!("{name}.stamp")))
    }

    /// Whether the step was last done with this key.
    pub(crate) fn matches(&self, key: &str) -> bool {
        std::fs::read_to_string(&self.0).is_ok_and(|found| found == key)
    }

    /// Remembers this key.
    pub(crate) fn set(&self, key: &str) -> Done {
        files::write(&self.0, key)
    }
}

/// Waits until no other task holds this name, and holds it until the result is dropped: two tasks
/// started at once must not write the same files.
pub(crate) fn hold(name: &str) -> Done<File> {
    let path = project::scratch().join(format!("{name}.lock"));
    files::write(&path, "")?;
    let file = File::open(&path).or_say(format!("{} can't be opened", path.display()))?;
    file.lock()
        .or_say(format!("{} can't be locked", path.display()))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_hash_is_md5_in_url_safe_base64() {
        assert_eq!(content_hash(b""), "1B2M2Y8AsgTpgAmY7PhCfg");
    }
}
