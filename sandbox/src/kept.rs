//! The state in a file, so that a sandbox continues where it stopped.
//!
//! The file is JSON with a version. It is written whole beside the old one and then
//! takes its place, so that a crash leaves either the old or the new. What waits for a
//! bot's answer at that moment is not kept, nor is the journal.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::clock::ClockSetting;
use crate::limits::{SAVE_EVERY, SAVE_SHARE};
use crate::lock::{Refused, StateLock};
use crate::sandbox::Shared;
use crate::state::World;

/// What the file calls itself.
const FORMAT: &str = "starfront-sandbox-state";
/// The version that is written, and the only one that is read.
const VERSION: u32 = 5;

/// Why a state's file is not usable. The file is left alone.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// The system does not let it be read or written.
    #[error("cannot use the state file {path}: {source}")]
    Inaccessible {
        /// Which file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// Another sandbox keeps its world in it.
    #[error(
        "another sandbox is using the state file {path}. Stop that one, or name another file \
         with --state."
    )]
    InUse {
        /// Which file.
        path: String,
    },
    /// It is something else.
    #[error(
        "{path} is not a state file of this sandbox. Name another with --state, or move it away."
    )]
    Foreign {
        /// Which file.
        path: String,
    },
    /// Another version wrote it.
    #[error(
        "{path} has version {found}, and this sandbox reads version {VERSION}. Use {}, or move \
         the file away to start afresh.",
        if *found > VERSION { "a newer sandbox" } else { "the sandbox that wrote it" }
    )]
    WrongVersion {
        /// Which file.
        path: String,
        /// Its version.
        found: u32,
    },
    /// It is a state's file and does not hold a whole state.
    #[error("the state file {path} is damaged: {why}. Move it away to start afresh.")]
    Damaged {
        /// Which file.
        path: String,
        /// What is wrong.
        why: String,
    },
}

impl KeptError {
    /// Stable, in snake_case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Inaccessible { .. } => "state_inaccessible",
            Self::InUse { .. } => "state_in_use",
            Self::Foreign { .. } => "state_foreign",
            Self::WrongVersion { .. } => "state_version_unknown",
            Self::Damaged { .. } => "state_damaged",
        }
    }
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    version: u32,
    clock: ClockSetting,
    world: &'a World,
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct Body {
    clock: ClockSetting,
    world: World,
}

/// Makes sure that no other sandbox uses the file from now on.
///
/// # Errors
/// When one does, or nothing can be written beside the file.
pub fn lock(path: &Path) -> Result<StateLock, KeptError> {
    if path.is_dir() {
        let source = io::ErrorKind::IsADirectory.into();
        let path = path.display().to_string();
        return Err(KeptError::Inaccessible { path, source });
    }
    StateLock::take(path).map_err(|why| {
        let path = path.display().to_string();
        match why {
            Refused::InUse => KeptError::InUse { path },
            Refused::Inaccessible(source) => KeptError::Inaccessible { path, source },
        }
    })
}

/// Reads a state; `None` when there is no file yet.
///
/// # Errors
/// When the file is there and not usable.
pub fn load(path: &Path) -> Result<Option<(ClockSetting, World)>, KeptError> {
    let name = path.display().to_string();
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(KeptError::Inaccessible { path: name, source }),
    };
    let head = serde_json::from_slice::<Head>(&bytes).ok();
    let Some(head) = head.filter(|head| head.format == FORMAT) else {
        // A file that breaks off is ours if it begins like ours.
        let is_ours = bytes.starts_with(format!("{{\"format\":\"{FORMAT}\"").as_bytes());
        return Err(if is_ours {
            let why = "it breaks off".to_owned();
            KeptError::Damaged { path: name, why }
        } else {
            KeptError::Foreign { path: name }
        });
    };
    if head.version != VERSION {
        let found = head.version;
        return Err(KeptError::WrongVersion { path: name, found });
    }
    let mut body: Body = serde_json::from_slice(&bytes).map_err(|why| KeptError::Damaged {
        path: name,
        why: why.to_string(),
    })?;
    for bot in body.world.bots.values_mut() {
        bot.updates.release();
    }
    Ok(Some((body.clock, body.world)))
}

/// Writes the state to its file, if the sandbox has one.
///
/// # Errors
/// When the file cannot be written; the old one is then still there.
pub fn save(sandbox: &Shared) -> Result<(), KeptError> {
    let Some(path) = &sandbox.config.state_path else {
        return Ok(());
    };
    let failed = |source: io::Error| KeptError::Inaccessible {
        path: path.display().to_string(),
        source,
    };
    let _turn = sandbox
        .saving
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let bytes = {
        let state = sandbox.raw_state();
        let written = Written {
            format: FORMAT,
            version: VERSION,
            clock: sandbox.clock.setting(),
            world: &state.world,
        };
        serde_json::to_vec(&written).map_err(|why| failed(io::Error::other(why)))?
    };
    replace(path, &bytes).map_err(failed)
}

/// Puts a new file in the place of the old one, in one step.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

/// Writes the state whenever it may have changed, until the sandbox stops.
pub async fn keep(sandbox: Shared) {
    let mut pause = SAVE_EVERY;
    loop {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = sandbox.stop.cancelled() => return,
        }
        if sandbox.was_touched() {
            let begun = Instant::now();
            let shared = sandbox.clone();
            let saved = tokio::task::spawn_blocking(move || save(&shared)).await;
            if let Ok(Err(why)) = saved {
                tracing::error!(%why, "the state was not saved");
            }
            pause = SAVE_EVERY.max(begun.elapsed() * SAVE_SHARE);
        }
    }
}
