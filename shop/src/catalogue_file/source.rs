//! The text of a catalogue, the files beside it, and the complaints about both.

use std::{
    cell::RefCell,
    fs,
    ops::Range,
    path::{Component, Path, PathBuf},
};

use super::Complaint;
use crate::{
    files::{Kept, Shelf, identify},
    limits,
};

/// A catalogue file that is being read.
pub(super) struct Source {
    name: String,
    folder: PathBuf,
    pub(super) text: String,
    complaints: RefCell<Vec<Complaint>>,
    to_keep: RefCell<Vec<ToKeep>>,
}

/// A file beside the catalogue that is to be stored, once all is known to be right.
#[derive(Debug, Clone)]
pub(super) struct ToKeep {
    pub(super) shelf: Shelf,
    pub(super) path: PathBuf,
    pub(super) kept: Kept,
}

impl Source {
    /// Reads the catalogue file.
    pub(super) fn open(path: &Path) -> Result<Self, Complaint> {
        let name = path.display().to_string();
        let text =
            read_text(path).map_err(|(code, message)| Complaint::whole(&name, code, message))?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Self {
            name,
            folder,
            text,
            complaints: RefCell::default(),
            to_keep: RefCell::default(),
        })
    }

    /// The complaints so far, in the order of the file; or the files to keep, if there are none.
    pub(super) fn end(self) -> Result<Vec<ToKeep>, Vec<Complaint>> {
        let mut complaints = self.complaints.into_inner();
        if complaints.is_empty() {
            return Ok(self.to_keep.into_inner());
        }
        complaints.sort_by_key(|complaint| (complaint.line, complaint.column));
        complaints.dedup();
        complaints.truncate(limits::COMPLAINTS_MOST);
        Err(complaints)
    }

    /// Complains about a place in the catalogue file.
    pub(super) fn complain(&self, at: &Range<usize>, code: &'static str, message: String) {
        let before = self.text.get(..at.start).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        self.complaints.borrow_mut().push(Complaint {
            file: self.name.clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            code,
            message,
        });
    }

    /// A picture or goods file beside the catalogue, noted to be stored.
    pub(super) fn file(&self, shelf: Shelf, name: &str, at: &Range<usize>) -> Option<Kept> {
        let path = self.beside(name, at)?;
        match identify(shelf, &path) {
            Ok(kept) => {
                let to_keep = ToKeep {
                    shelf,
                    path,
                    kept: kept.clone(),
                };
                self.to_keep.borrow_mut().push(to_keep);
                Some(kept)
            }
            Err(error) => {
                self.complain(at, error.code, format!("{name:?} {}", error.message));
                None
            }
        }
    }

    /// The text of a file beside the catalogue.
    pub(super) fn text_file(&self, name: &str, at: &Range<usize>) -> Option<String> {
        let path = self.beside(name, at)?;
        match read_text(&path) {
            Ok(text) => Some(text),
            Err((code, message)) => {
                self.complain(at, code, format!("{name:?} {message}"));
                None
            }
        }
    }

    /// Complains about a line of a file beside the catalogue.
    pub(super) fn complain_beside(
        &self,
        name: &str,
        line: usize,
        code: &'static str,
        message: String,
    ) {
        self.complaints.borrow_mut().push(Complaint {
            file: self.folder.join(name).display().to_string(),
            line,
            column: 1,
            code,
            message,
        });
    }

    /// A catalogue must work in any folder, so it may only name what lies beside or below it.
    fn beside(&self, name: &str, at: &Range<usize>) -> Option<PathBuf> {
        let path = Path::new(name);
        let inside = path
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if name.is_empty() || !inside {
            let message = format!("{name:?} must name a file in the catalogue's own folder");
            self.complain(at, "bad_path", message);
            return None;
        }
        Some(self.folder.join(path))
    }
}

fn read_text(path: &Path) -> Result<String, (&'static str, String)> {
    let missing = |error| ("file_missing", format!("cannot be read: {error}"));
    let size = fs::metadata(path).map_err(missing)?.len();
    if size > limits::CATALOGUE_TEXT_BYTES {
        let most = limits::CATALOGUE_TEXT_BYTES;
        return Err(("file_too_large", format!("is larger than {most} bytes")));
    }
    let bytes = fs::read(path).map_err(missing)?;
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| ("not_utf8", "is not UTF-8 text".to_owned()))?;
    // A byte order mark is an editor's habit, not a part of the text.
    Ok(text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text))
}
