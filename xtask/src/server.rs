//! One program that runs until it is stopped.

use crate::{
    failure::{Done, Failure, OrSay},
    limits::{POLL, STOP_PATIENCE},
    project::scratch,
};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use std::{
    fs::{self, File},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Instant,
};

/// A running program; dropping it stops it.
pub(crate) struct Server {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Server {
    /// Starts a program with its output in a log.
    ///
    /// It gets a process group of its own: a Ctrl-C in the terminal reaches this task alone, which
    /// then stops its programs in order.
    pub(crate) fn start(name: &'static str, command: &mut Command) -> Done<Self> {
        let log = scratch().join("logs").join(format!("{name}.log"));
        fs::create_dir_all(scratch().join("logs")).or_say("The log folder can't be made")?;
        let out = File::create(&log).or_say(format!("{} can't be written", log.display()))?;
        let err = out
            .try_clone()
            .or_say(format!("{} can't be written", log.display()))?;
        command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .process_group(0);
        let child = command
            .spawn()
            .or_say(format!("The {name} can't be started"))?;
        Ok(Self { name, child, log })
    }

    /// A failure when the program has ended by itself.
    pub(crate) fn check(&mut self) -> Done {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(self.failure(&format!("ended by itself ({status})"))),
            Err(error) => Err(self.failure(&format!("was lost ({error})"))),
        }
    }

    /// Process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks the program to stop, waits for it, and ends it when it does not listen.
    pub(crate) fn stop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        if let Ok(id) = i32::try_from(self.child.id()) {
            let _ = kill(Pid::from_raw(id), Signal::SIGTERM);
        }
        let asked = Instant::now();
        while asked.elapsed() < STOP_PATIENCE {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(POLL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn failure(&self, how: &str) -> Failure {
        let sentence = format!("The {} {how}: its last words are above.", self.name);
        Failure {
            sentence,
            log: Some(self.log.clone()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
