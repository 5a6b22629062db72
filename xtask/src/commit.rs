//! Which commit this is.

use crate::{project::root, shell};
use std::process::Command;

/// Short name of the checked-out commit, `+` when files differ from it.
pub(crate) fn name() -> String {
    let git =
        |arguments: &[&str]| shell::output(Command::new("git").current_dir(root()).args(arguments));
    let Some(commit) = git(&["rev-parse", "--short", "HEAD"]) else {
        return "no commit".to_owned();
    };
    let changed = git(&["status", "--porcelain"]).is_some_and(|status| !status.is_empty());
    if changed { commit + "+" } else { commit }
}
