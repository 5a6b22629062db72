//! Programs on this machine.

use crate::shell;
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// The first of these programs on PATH.
pub(crate) fn program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        folders
            .iter()
            .map(|folder| folder.join(name))
            .find(|candidate| is_program(candidate))
    })
}

/// Whether this is a file that can be run.
pub(crate) fn is_program(path: &Path) -> bool {
    path.is_file() && nix::unistd::access(path, nix::unistd::AccessFlags::X_OK).is_ok()
}

/// The numbers of a program's version: `v20.20.2` is `(20, 20)`.
pub(crate) fn version(program: &Path, argument: &str) -> Option<(u32, u32)> {
    numbers(&shell::output(Command::new(program).arg(argument))?)
}

/// The first `major.minor` in a text.
pub(crate) fn numbers(text: &str) -> Option<(u32, u32)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let mut parts = text[start..].split(|c: char| !c.is_ascii_digit());
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_programs_say() {
        assert_eq!(numbers("v20.20.2"), Some((20, 20)));
        assert_eq!(
            numbers("rustc 1.96.0 (ac68faa20 2026-05-25)"),
            Some((1, 96))
        );
        assert_eq!(numbers("none"), None);
    }
}
