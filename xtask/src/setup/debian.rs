//! Debian's Rust for building browsers: current, with a wasm backend, but without `std` for it.
//!
//! Its sources come in `rust-web-src`, so `std` is built once, here, and laid beside the
//! compiler's own: from then on that compiler makes WASM like any other.

use super::{
    apt,
    wasm_target::{TARGET, WasmToolchain, library_folder_of},
};
use crate::{files, project::scratch, shell, step::Step};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";

/// The system's compiler with the `wasm-ld` of the same LLVM, if both are there.
pub(crate) fn toolchain() -> Option<WasmToolchain> {
    if !Path::new(RUSTC).is_file() || !Path::new(CARGO).is_file() {
        return None;
    }
    let linker = PathBuf::from(format!("/usr/lib/llvm-{}/bin/wasm-ld", llvm_version()?));
    linker.is_file().then(|| WasmToolchain {
        rustc: RUSTC.into(),
        cargo: CARGO.into(),
        linker: Some(linker),
    })
}

/// Installs the packages and builds `std`.
pub(crate) fn install(step: &Step) -> Option<WasmToolchain> {
    if !apt::install(step, &["rustc-web", "cargo-web", "rust-web-src"]) {
        return None;
    }
    let linker = format!("lld-{}", llvm_version()?);
    if !apt::install(step, &[&linker]) {
        return None;
    }
    let toolchain = toolchain()?;
    build_std(step, &toolchain).then_some(toolchain)
}

/// The major version of the LLVM inside the compiler.
fn llvm_version() -> Option<u32> {
    let text = shell::output(Command::new(RUSTC).arg("-vV"))?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("LLVM version: "))?;
    line.split('.').next()?.parse().ok()
}

/// Builds `std` in an empty crate and copies its libraries under the compiler's root.
///
/// `RUSTC_BOOTSTRAP` allows the one unstable flag this takes; nothing of the project is built
/// with it.
fn build_std(step: &Step, toolchain: &WasmToolchain) -> bool {
    let folder = scratch().join("std");
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n";
    let written = files::write(&folder.join("Cargo.toml"), manifest)
        .and_then(|()| files::write(&folder.join("src/lib.rs"), "#![no_std]\n"));
    if written.is_err() {
        return false;
    }
    let mut command = toolchain.command();
    command
        .current_dir(&folder)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", folder.join("target"));
    command.args([
        "build",
        "--release",
        "-Zbuild-std=std,panic_abort",
        "--target",
        TARGET,
    ]);
    let built = shell::status(step, &mut command, None, "cargo can't be started")
        .is_ok_and(|status| status.success());
    let copied =
        built && copy_std(&folder.join("target").join(TARGET).join("release/deps")).is_some();
    copied && files::remove(&folder).is_ok()
}

fn copy_std(built: &Path) -> Option<()> {
    let sysroot = shell::output(Command::new(RUSTC).args(["--print", "sysroot"]))?;
    let home = library_folder_of(Path::new(&sysroot));
    files::remove(&home).ok()?;
    for file in files::under(built) {
        let name = file.file_name()?.to_str()?;
        if name.ends_with(".rlib") && !name.starts_with("libempty") {
            files::copy(&file, &home.join(name)).ok()?;
        }
    }
    Some(())
}
