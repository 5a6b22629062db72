//! Writes the JavaScript that loads the module, with the same code as the `wasm-bindgen` program.
//!
//! As a library it is pinned by Cargo.lock beside the `wasm-bindgen` that the page uses: the two
//! can't drift apart, and nothing has to be installed.

use super::{Flavour, islands};
use crate::{
    failure::{Done, OrSay},
    files,
    step::step,
};
use std::{fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

/// Writes `name.js` and `name.wasm` into a folder.
pub(crate) fn generate(module: &Path, folder: &Path, name: &str, flavour: Flavour) -> Done {
    step("wasm-bindgen", |_| {
        let shipped = flavour == Flavour::Shipped;
        let mut bindgen = Bindgen::new();
        let sentence = "wasm-bindgen can't read the module";
        bindgen
            .input_path(module)
            .out_name(name)
            .typescript(false)
            .remove_name_section(shipped)
            .remove_producers_section(shipped)
            .web(true)
            .or_say(sentence)?
            .generate(folder)
            .map_err(|error| format!("{error:#}"))
            .or_say(sentence)?;
        // Leptos asks for `name.wasm`.
        fs::rename(
            folder.join(format!("{name}_bg.wasm")),
            folder.join(format!("{name}.wasm")),
        )
        .or_say("wasm-bindgen left no module")?;
        let glue = files::read_text(&folder.join(format!("{name}.js")))?;
        let islands = islands::keep(&glue)?;
        Ok((format!("{islands} islands"), ()))
    })
}
