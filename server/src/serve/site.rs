//! Leptos's own settings, and the site that was built with them.

use std::path::{Path, PathBuf};

use app::host::AssetNames;
use leptos::config::LeptosOptions;

use super::ServeError;

/// Reads `Leptos.toml`, which stands in the working folder, or beside the binary of an unpacked
/// archive; `LEPTOS_*` variables win.
pub(super) fn options() -> Result<LeptosOptions, ServeError> {
    let beside = binary_folder().join("Leptos.toml");
    let file = [PathBuf::from("Leptos.toml"), beside]
        .into_iter()
        .find(|path| path.is_file());
    let name = file.as_deref().and_then(Path::to_str);
    if name.is_none() && std::env::var_os("LEPTOS_OUTPUT_NAME").is_none() {
        let missing = "Leptos.toml is neither in this folder nor beside the binary";
        return Err(ServeError::Leptos(missing.to_owned()));
    }
    leptos::config::get_configuration(name)
        .map(|config| config.leptos_options)
        .map_err(|error| ServeError::Leptos(error.to_string()))
}

/// Finds the built files by name.
pub(super) fn assets(leptos: &LeptosOptions) -> Result<AssetNames, ServeError> {
    let site = |why: String| ServeError::Site {
        folder: leptos.site_root.to_string(),
        why,
    };
    if !Path::new(leptos.site_root.as_ref()).is_dir() {
        return Err(site("there is no such folder".to_owned()));
    }
    AssetNames::read(leptos, &binary_folder())
        .map_err(|error| site(format!("{}: {error}", leptos.hash_file)))
}

/// Whether the site can be served as it is set.
pub(crate) fn check() -> Result<(), ServeError> {
    assets(&options()?).map(drop)
}

fn binary_folder() -> PathBuf {
    let binary = std::env::current_exe().ok();
    binary
        .and_then(|path| path.parent().map(Path::to_path_buf))
        .unwrap_or_default()
}
