//! The names by which page and module find each other's islands.
//!
//! Leptos makes such a name on both sides from a hash of the island's source as the compiler
//! prints it. Two compilers may print differently, and then no button would come alive without
//! anyone being told. So when two compilers were at work, the names are compared.

use crate::{
    failure::{Done, Failure},
    files,
    project::scratch,
    setup::WasmToolchain,
    shell,
    step::step,
};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Digits at the end of an island's name that no other word in a binary shares.
const DIGITS: usize = 8;

fn kept() -> PathBuf {
    scratch().join("islands.txt")
}

/// Keeps the names in wasm-bindgen's JavaScript for the comparison, and counts them.
pub(crate) fn keep(glue: &str) -> Done<usize> {
    let names = names(glue);
    files::write(&kept(), names.join("\n"))?;
    Ok(names.len())
}

/// Fails when the server's binary names its islands otherwise than the site does.
pub(crate) fn check(server: &Path, wasm: &WasmToolchain) -> Done {
    let host = shell::output(Command::new("rustc").arg("-V"));
    if host == wasm.version() {
        return Ok(());
    }
    step("islands", |_| {
        let names = files::read_text(&kept())?;
        let binary = files::read(server)?;
        let missing: Vec<&str> = names
            .lines()
            .filter(|name| !contains(&binary, name))
            .collect();
        if missing.is_empty() {
            return Ok(("the same in page and module".to_owned(), ()));
        }
        Err(Failure::new(format!(
            "The host's compiler and the one for WASM name islands differently ({}): build both \
             sides with one compiler by setting RUSTUP_TOOLCHAIN.",
            missing.join(", ")
        )))
    })
}

/// Exported functions named `Name_1234567890`.
fn names(glue: &str) -> Vec<&str> {
    let exported = glue
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("export function "));
    let names = exported.filter_map(|rest| rest.split('(').next());
    names.filter(|name| hash_of(name).is_some()).collect()
}

fn hash_of(name: &str) -> Option<&str> {
    let (_, hash) = name.rsplit_once('_')?;
    (hash.len() >= DIGITS && hash.bytes().all(|b| b.is_ascii_digit())).then_some(hash)
}

/// Whether the bytes hold the name, found by its last bytes to pass quickly over all else.
fn contains(binary: &[u8], name: &str) -> bool {
    let Some(last) = name.as_bytes().last() else {
        return false;
    };
    let mut rest = binary;
    let mut start = 0;
    while let Some(at) = rest.iter().position(|byte| byte == last) {
        let end = start + at + 1;
        if binary[..end].ends_with(name.as_bytes()) {
            return true;
        }
        rest = &binary[end..];
        start = end;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn islands_are_told_from_other_exports() {
        let glue =
            "export function hydrate() {\n}\nexport function BuyButton_1234567890123(el) {\n";
        assert_eq!(names(glue), ["BuyButton_1234567890123"]);
    }

    #[test]
    fn a_name_is_found_among_its_neighbours() {
        assert!(contains(b"xxBuy_1234567890yy0", "Buy_1234567890"));
        assert!(!contains(b"xxBuy_1234567891yy0", "Buy_1234567890"));
    }
}
