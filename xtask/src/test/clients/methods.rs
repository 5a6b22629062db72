//! The Bot API's methods, as frankenstein knows them at its pinned version.

use crate::{
    failure::{Done, Failure, OrSay},
    files,
    project::root,
};
use cargo_metadata::MetadataCommand;
use std::collections::BTreeSet;

/// Where the version is pinned.
const MANIFEST: &str = "sandbox/clients/rust/Cargo.toml";
/// The library.
const LIBRARY: &str = "frankenstein";
/// The file of the library that makes a function for each method.
const SOURCE: &str = "src/trait_sync.rs";
/// How it begins such a function, up to the method's name.
const MARKS: [&str; 5] = [
    "request!(",
    "request_nb!(",
    "request_f!(",
    "request_with_form_data(",
    "request_with_possible_form_data(",
];

/// The library's version and the names of all methods.
pub(crate) fn read() -> Done<(String, BTreeSet<String>)> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join(MANIFEST))
        .other_options(vec!["--locked".to_owned()])
        .exec()
        .or_say(format!("Cargo can't read {MANIFEST}"))?;
    let mut packages = metadata.packages.iter();
    let package = packages
        .find(|package| package.name.as_str() == LIBRARY)
        .ok_or_else(|| Failure::new(format!("{MANIFEST} doesn't name {LIBRARY}.")))?;
    let folder = package
        .manifest_path
        .parent()
        .unwrap_or(&package.manifest_path);
    let text = files::read_text(folder.join(SOURCE).as_std_path())?;
    Ok((package.version.to_string(), names(&text)))
}

fn names(text: &str) -> BTreeSet<String> {
    let after = |mark: &'static str| text.split(mark).skip(1);
    MARKS
        .into_iter()
        .flat_map(after)
        .filter_map(|rest| {
            let rest = rest.trim_start();
            let quoted = rest.strip_prefix('"');
            let rest = quoted.unwrap_or(rest);
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
            let closed = rest[end..].starts_with(if quoted.is_some() { '"' } else { ',' });
            let is_name = rest.starts_with(|c: char| c.is_ascii_lowercase());
            (closed && is_name).then(|| rest[..end].to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_named_by_macros_and_by_texts() {
        let text = "macro_rules! request { ($name:ident, $r:ty) => {} }\n\
            request!(getUpdates, Vec<Update>);\n request_nb!(getMe, User);\n\
            request_f!(sendPhoto, Message, photo);\n\
            self.request_with_possible_form_data(stringify!($name), params, files)\n\
            self.request_with_possible_form_data(\n  \"sendMediaGroup\", &params)\n\
            self.request_with_form_data(\"setChatPhoto\", &params, files)\n\
            fn request_with_possible_form_data(&self, x: u8)";
        let found: Vec<String> = names(text).into_iter().collect();
        assert_eq!(
            found,
            [
                "getMe",
                "getUpdates",
                "sendMediaGroup",
                "sendPhoto",
                "setChatPhoto"
            ]
        );
    }
}
