//! Names of the built files, as the site build left them.

use std::{fs, io, path::Path};

use leptos::config::LeptosOptions;

/// Addresses of the site's script, WebAssembly and style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetNames {
    /// The glue script, a module.
    pub script: String,
    /// The WebAssembly.
    pub wasm: String,
    /// The style sheet.
    pub style: String,
}

impl AssetNames {
    /// Reads the names: plain ones, or with their hashes from the file that the site build wrote
    /// beside the server (`js: …`, `wasm: …`, `css: …`, one a line).
    ///
    /// # Errors
    /// When names carry hashes and that file cannot be read.
    pub fn read(options: &LeptosOptions, beside: &Path) -> io::Result<Self> {
        let hashes = if options.hash_files {
            fs::read_to_string(beside.join(options.hash_file.as_ref()))?
        } else {
            String::new()
        };
        Ok(Self::with_hashes(options, &hashes))
    }

    fn with_hashes(options: &LeptosOptions, hashes: &str) -> Self {
        let hash = |kind: &str| {
            let line = hashes
                .lines()
                .find_map(|line| line.split_once(':').filter(|l| l.0 == kind));
            line.map_or_else(String::new, |(_, hash)| format!(".{}", hash.trim()))
        };
        let (folder, name) = (&options.site_pkg_dir, &options.output_name);
        let address = |kind: &str| format!("/{folder}/{name}{}.{kind}", hash(kind));
        Self {
            script: address("js"),
            wasm: address("wasm"),
            style: address("css"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_their_hashes() {
        let options = LeptosOptions::builder().output_name("starfront").build();
        let plain = AssetNames::with_hashes(&options, "");
        assert_eq!(plain.script, "/pkg/starfront.js");
        let hashed = AssetNames::with_hashes(&options, "js: aa\nwasm: bb\ncss: cc\n");
        assert_eq!(hashed.script, "/pkg/starfront.aa.js");
        assert_eq!(hashed.wasm, "/pkg/starfront.bb.wasm");
        assert_eq!(hashed.style, "/pkg/starfront.cc.css");
    }
}
