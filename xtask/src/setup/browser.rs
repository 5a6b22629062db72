//! A Chromium for the end-to-end tests.

use super::apt;
use crate::{
    failure::{Done, Failure},
    find,
    step::step,
};
use std::{env, path::PathBuf};

const NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// Where macOS keeps it.
const BUNDLES: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// What `CHROMIUM` names, or a browser on PATH, or Debian's package.
pub(crate) fn find_or_install() -> Done<PathBuf> {
    step("Chromium", |step| {
        if let Some(named) = env::var_os("CHROMIUM").map(PathBuf::from) {
            return if find::is_program(&named) {
                Ok((format!("named by CHROMIUM ({})", named.display()), named))
            } else {
                Err(Failure::new(format!(
                    "CHROMIUM names {}, which is no program: correct it or unset it.",
                    named.display()
                )))
            };
        }
        if let Some(found) = found() {
            return Ok(("already there".to_owned(), found));
        }
        if let Some(found) = apt::install(step, &["chromium"]).then(found).flatten() {
            return Ok(("installed (Debian package)".to_owned(), found));
        }
        Err(Failure::new(
            "No Chromium was found and none could be installed: install Chromium or Chrome from \
             your system's packages, or point CHROMIUM at one, then run this again.",
        ))
    })
}

fn found() -> Option<PathBuf> {
    find::program(&NAMES).or_else(|| {
        BUNDLES
            .iter()
            .map(PathBuf::from)
            .find(|path| find::is_program(path))
    })
}
