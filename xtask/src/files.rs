//! Small things done with files.

use crate::failure::{Done, OrSay};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Every file under a folder, sorted; none when the folder isn't there.
pub(crate) fn under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(_) => found.push(path),
                Err(_) => {}
            }
        }
    }
    found.sort();
    found
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Done<Vec<u8>> {
    fs::read(path).or_say(format!("{} can't be read", path.display()))
}

/// Reads a text file.
pub(crate) fn read_text(path: &Path) -> Done<String> {
    fs::read_to_string(path).or_say(format!("{} can't be read", path.display()))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Done {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).or_say(format!("{} can't be made", folder.display()))?;
    }
    fs::write(path, content).or_say(format!("{} can't be written", path.display()))
}

/// Copies a file, or a folder with all in it, and makes the folders above.
pub(crate) fn copy(from: &Path, to: &Path) -> Done {
    if from.is_dir() {
        for file in under(from) {
            copy(&file, &to.join(file.strip_prefix(from).unwrap_or(&file)))?;
        }
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).or_say(format!("{} can't be made", folder.display()))?;
    }
    fs::copy(from, to).or_say(format!("{} can't be copied", from.display()))?;
    Ok(())
}

/// Removes a folder with all in it, if it is there.
pub(crate) fn remove(folder: &Path) -> Done {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).or_say(format!("{} can't be removed", folder.display()))
}

/// A size for people: `91.1 kB` (1 kB is 1000 bytes).
pub(crate) fn size(bytes: usize) -> String {
    #[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
    let thousands = bytes as f64 / 1000.0;
    if bytes < 1_000_000 {
        format!("{thousands:.1} kB")
    } else {
        format!("{:.1} MB", thousands / 1000.0)
    }
}
