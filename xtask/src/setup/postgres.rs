//! PostgreSQL's programs, for a database of the tests' own.

use super::apt;
use crate::{
    failure::{Done, Failure},
    files, find,
    step::step,
};
use std::path::{Path, PathBuf};

/// Where Debian keeps the programs that are not on PATH.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder that holds initdb and pg_ctl.
pub(crate) fn find_or_install() -> Done<PathBuf> {
    step("PostgreSQL", |step| {
        if let Some(folder) = found() {
            return Ok(("already there".to_owned(), folder));
        }
        if keep_debian_quiet()
            && apt::install(step, &["postgresql"])
            && let Some(folder) = found()
        {
            return Ok(("installed (Debian package)".to_owned(), folder));
        }
        Err(Failure::new(
            "PostgreSQL's initdb and pg_ctl were not found and could not be installed: install \
             PostgreSQL 13 or newer from your system's packages, then run this again.",
        ))
    })
}

/// Debian's package starts a server of its own unless told not to; the tests make theirs.
fn keep_debian_quiet() -> bool {
    let settings = Path::new("/etc/postgresql-common/createcluster.conf");
    let wish = "create_main_cluster = false\n";
    apt::usable() && (settings.exists() || files::write(settings, wish).is_ok())
}

fn found() -> Option<PathBuf> {
    if let Some(initdb) = find::program(&["initdb"]) {
        let initdb = initdb.canonicalize().unwrap_or(initdb);
        return initdb.parent().map(Path::to_path_buf);
    }
    let versions = std::fs::read_dir(DEBIAN).ok()?.flatten();
    let versions = versions.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let newest = Path::new(DEBIAN)
        .join(versions.max()?.to_string())
        .join("bin");
    find::is_program(&newest.join("initdb")).then_some(newest)
}
