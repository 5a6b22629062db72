//! The seeds of the fuzz targets, in every test run, with all their beginnings: a target that has lost
//! its hold on the code fails here, and not only when somebody fuzzes.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

#[path = "../../fuzz/src/init_data.rs"]
mod init_data;
#[path = "../../fuzz/src/payload.rs"]
mod payload;
#[path = "../../fuzz/src/update.rs"]
mod update;

use std::{fs, path::Path};

/// Feeds what lies in a target's folder.
fn feed(target: &str, holds: impl Fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let seeds = fs::read_dir(root.join(target)).unwrap();
    let paths: Vec<_> = seeds.map(|seed| seed.unwrap().path()).collect();
    assert!(paths.len() > 2, "{target} has no seeds");
    for path in paths {
        let bytes = fs::read(path).unwrap();
        for end in 0..=bytes.len() {
            holds(&bytes[..end]);
        }
    }
}

fn text(holds: impl Fn(&str)) -> impl Fn(&[u8]) {
    move |bytes| {
        if let Ok(text) = str::from_utf8(bytes) {
            holds(text);
        }
    }
}

#[test]
fn launch_data_holds() {
    feed("init_data", text(init_data::holds));
}

#[test]
fn payloads_hold() {
    feed("payload", text(payload::holds));
}

#[test]
fn updates_hold() {
    feed("update", update::holds);
}
