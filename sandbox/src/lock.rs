//! One sandbox per state file: two would overwrite each other's worlds.
//!
//! The lock is the operating system's, on a file beside the state, since the state itself is
//! replaced whenever it is written. It ends with the process, however that ends; the empty file
//! beside the state stays.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A held lock.
#[derive(Debug)]
pub struct StateLock {
    file: File,
}

/// Why a lock is not to be had.
#[derive(Debug)]
pub enum Refused {
    /// Another sandbox holds it.
    InUse,
    /// The system does not let it be made.
    Inaccessible(io::Error),
}

impl StateLock {
    /// Takes the lock of a state file, without waiting.
    ///
    /// # Errors
    /// When another sandbox has it, or its file cannot be made.
    pub fn take(state: &Path) -> Result<Self, Refused> {
        let options = File::options()
            .create(true)
            .append(true)
            .open(beside(state));
        let file = options.map_err(Refused::Inaccessible)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(Refused::InUse),
            Err(TryLockError::Error(why)) => Err(Refused::Inaccessible(why)),
        }
    }

    /// Gives it back before the process ends.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn release(&self) -> io::Result<()> {
        self.file.unlock()
    }
}

/// The lock's file.
fn beside(state: &Path) -> PathBuf {
    let mut name = state.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}
