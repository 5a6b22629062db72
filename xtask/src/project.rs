//! The workspace as its own manifest describes it.

use crate::failure::{Done, Failure, OrSay};
use cargo_metadata::{Metadata, MetadataCommand};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The workspace's root folder.
pub(crate) fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest
        .parent()
        .map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// Where the tasks keep stamps, caches and logs.
pub(crate) fn scratch() -> PathBuf {
    target().join("xtask")
}

/// Cargo's build folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// What the tasks need to know about the workspace.
pub(crate) struct Project {
    /// Version of the shop, the same for every crate.
    pub(crate) version: String,
    /// Oldest compiler the workspace allows, `major.minor`.
    pub(crate) rust_version: String,
    /// `[[workspace.metadata.leptos]]`, which cargo-leptos obeys as well.
    pub(crate) leptos: Leptos,
    /// Everything else that cargo says about the workspace.
    pub(crate) metadata: Metadata,
}

/// The part of `[[workspace.metadata.leptos]]` that building a site needs.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Leptos {
    /// Name of the JavaScript, WASM and CSS files.
    pub(crate) output_name: String,
    /// Package of the server.
    pub(crate) bin_package: String,
    /// Its binary.
    pub(crate) bin_target: String,
    /// Package that becomes WASM.
    pub(crate) lib_package: String,
    /// Folder of the finished site, from the workspace's root.
    pub(crate) site_root: PathBuf,
    /// Folder of generated files, from the site's root.
    pub(crate) site_pkg_dir: PathBuf,
    /// First style sheet.
    pub(crate) style_file: PathBuf,
    /// Folder that is copied into the site as it is.
    pub(crate) assets_dir: PathBuf,
    /// Port of the live reload socket.
    pub(crate) reload_port: u16,
    /// Cargo profile of the WASM that ships.
    pub(crate) lib_profile_release: String,
}

impl Project {
    /// Asks cargo about the workspace.
    pub(crate) fn read() -> Done<Self> {
        let metadata = MetadataCommand::new()
            .manifest_path(root().join("Cargo.toml"))
            .no_deps()
            .exec()
            .or_say("Cargo can't read the workspace")?;
        let leptos = metadata.workspace_metadata["leptos"][0].clone();
        let leptos = serde_json::from_value(leptos)
            .or_say("[[workspace.metadata.leptos]] in Cargo.toml is not as expected")?;
        let package = metadata
            .packages
            .iter()
            .find(|package| package.name == "xtask")
            .ok_or_else(|| Failure::new("The workspace has no package xtask."))?;
        let rust_version = package.rust_version.as_ref().map(ToString::to_string);
        Ok(Self {
            version: package.version.to_string(),
            rust_version: rust_version.unwrap_or_default(),
            leptos,
            metadata,
        })
    }

    /// Absolute path of the finished site.
    pub(crate) fn site(&self) -> PathBuf {
        root().join(&self.leptos.site_root)
    }
}
