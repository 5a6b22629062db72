//! A compiler for wasm32-unknown-unknown, by whichever way this machine allows.

use super::debian;
use crate::{
    cargo,
    failure::{Done, Failure},
    files, find,
    limits::RUSTUP_PATIENCE,
    project::{Project, scratch},
    shell,
    stamp::Stamp,
    step::{Step, step},
};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// Name of the target.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler with its cargo and, where rustc doesn't bring one, its linker.
#[derive(Debug, Clone)]
pub(crate) struct WasmToolchain {
    /// The compiler.
    pub(crate) rustc: PathBuf,
    /// Its cargo.
    pub(crate) cargo: PathBuf,
    /// `wasm-ld`, for compilers that come without `rust-lld`.
    pub(crate) linker: Option<PathBuf>,
}

impl WasmToolchain {
    /// The compiler that this task itself was built with.
    fn default() -> Self {
        let program = |name: &str, otherwise: &str| {
            env::var_os(name).map_or_else(|| PathBuf::from(otherwise), PathBuf::from)
        };
        Self {
            rustc: program("RUSTC", "rustc"),
            cargo: program("CARGO", "cargo"),
            linker: None,
        }
    }

    /// A cargo call with this compiler for the WASM side.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.cargo);
        cargo::clean(&mut command);
        command.env("RUSTC", &self.rustc);
        if let Some(linker) = &self.linker {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        command
    }

    /// `rustc 1.96.0 (…)`.
    pub(crate) fn version(&self) -> Option<String> {
        shell::output(Command::new(&self.rustc).arg("-V"))
    }

    /// Whether it compiles and links for the target. Compilers say that they know the target
    /// though its `std` is missing, or was built by another version, so one tiny module is built.
    fn works(&self, step: &Step, project: &Project) -> bool {
        let Some(version) = self.version() else {
            return false;
        };
        if find::numbers(&version) < find::numbers(&project.rust_version) {
            return false;
        }
        let key = format!(
            "{version} {} {:?}",
            self.rustc.display(),
            self.library_folder()
        );
        let stamp = Stamp::new("wasm-target");
        if stamp.matches(&key) && self.library_folder().is_some_and(|folder| folder.is_dir()) {
            return true;
        }
        self.compiles_probe(step) && stamp.set(&key).is_ok()
    }

    fn library_folder(&self) -> Option<PathBuf> {
        let mut command = Command::new(&self.rustc);
        command.args(["--print", "target-libdir", "--target", TARGET]);
        shell::output(&mut command).map(PathBuf::from)
    }

    fn compiles_probe(&self, step: &Step) -> bool {
        let folder = scratch().join("probe");
        let source = folder.join("probe.rs");
        let text = "#[unsafe(no_mangle)] pub extern \"C\" fn probe() -> usize { String::from(\"wasm\").len() }";
        if files::write(&source, text).is_err() {
            return false;
        }
        let mut command = Command::new(&self.rustc);
        command.args([
            "--edition",
            "2024",
            "--crate-type",
            "cdylib",
            "--target",
            TARGET,
        ]);
        command
            .arg("--out-dir")
            .arg(&folder)
            .arg(&source)
            .env_remove("LD_LIBRARY_PATH");
        if let Some(linker) = &self.linker {
            command
                .arg("-C")
                .arg(format!("linker={}", linker.display()));
        }
        shell::status(step, &mut command, None, "rustc can't be started")
            .is_ok_and(|status| status.success())
    }
}

/// Looks in this order: there already, by rustup, by the system's own packages.
pub(crate) fn find_or_install(project: &Project) -> Done<WasmToolchain> {
    step("wasm32 target", |step| {
        let default = WasmToolchain::default();
        if default.works(step, project) {
            return Ok(("already there".to_owned(), default));
        }
        let system = debian::toolchain().filter(|system| system.works(step, project));
        if let Some(system) = system {
            return Ok(("already there (the system's Rust)".to_owned(), system));
        }
        if add_by_rustup(step) && default.works(step, project) {
            return Ok(("installed (rustup)".to_owned(), default));
        }
        if let Some(system) = debian::install(step).filter(|system| system.works(step, project)) {
            return Ok(("installed (Debian rustc-web and std)".to_owned(), system));
        }
        Err(Failure {
            sentence: missing(&project.rust_version),
            log: Some(step.log()).filter(|log| log.exists()),
        })
    })
}

fn add_by_rustup(step: &Step) -> bool {
    let Some(rustup) = find::program(&["rustup"]) else {
        return false;
    };
    let mut command = Command::new(rustup);
    command.args(["target", "add", TARGET]);
    shell::status(
        step,
        &mut command,
        Some(RUSTUP_PATIENCE),
        "rustup can't be started",
    )
    .is_ok_and(|status| status.success())
}

fn missing(rust_version: &str) -> String {
    format!(
        "No compiler for {TARGET} was found and none could be installed. Run \
         `rustup target add {TARGET}` where the network allows it, or install your system's Rust \
         {rust_version} or newer with that target (on Debian, as root: `apt-get install rustc-web \
         cargo-web rust-web-src`), then run this again."
    )
}

/// Where `std` for the target belongs, under a compiler's own root.
pub(super) fn library_folder_of(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}
