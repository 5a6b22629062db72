//! One line per step, with its time.

#![allow(clippy::print_stdout, reason = "printing is what this module is for")]

use crate::{
    failure::{Done, Failure},
    limits::LOG_TAIL_LINES,
};
use std::{
    fs,
    io::{IsTerminal, Write, stdout},
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// Columns of the step's name.
const NAME: usize = 26;
/// Columns of what the step says about itself.
const NOTE: usize = 44;

/// A step under way: programs that run in it tell it their last line.
pub(crate) struct Step {
    name: String,
    status: Arc<Mutex<String>>,
    bad: AtomicBool,
}

impl Step {
    /// Shows `line` behind the running step, on a terminal.
    pub(crate) fn status(&self, line: &str) {
        let mut status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        line.trim()
            .chars()
            .take(NOTE)
            .collect::<String>()
            .clone_into(&mut status);
    }

    /// Marks the step as failed though it came to its end, as tests do.
    pub(crate) fn mark_bad(&self) {
        self.bad.store(true, Ordering::Relaxed);
    }

    /// Where the output of this step's programs is kept.
    pub(crate) fn log(&self) -> PathBuf {
        let slug: String = self
            .name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    '-'
                }
            })
            .collect();
        crate::project::scratch()
            .join("logs")
            .join(format!("{slug}.log"))
    }
}

/// Runs `work` as a step and prints its line; `work` returns what to say beside the tick, and a
/// value.
pub(crate) fn step<T>(name: &str, work: impl FnOnce(&Step) -> Done<(String, T)>) -> Done<T> {
    let step = Step {
        name: name.to_owned(),
        status: Arc::default(),
        bad: AtomicBool::new(false),
    };
    let _ = fs::remove_file(step.log());
    let started = Instant::now();
    let ticker = Ticker::start(name, &step.status, started);
    let result = work(&step);
    drop(ticker);
    match result {
        Ok((note, value)) => {
            let mark = if step.bad.load(Ordering::Relaxed) {
                '✗'
            } else {
                '✓'
            };
            println!(
                "{mark} {name:<NAME$}{note:<NOTE$}{:>9}",
                duration(started.elapsed())
            );
            Ok(value)
        }
        Err(failure) => {
            println!(
                "✗ {name:<NAME$}{:<NOTE$}{:>9}",
                "failed",
                duration(started.elapsed())
            );
            Err(failure)
        }
    }
}

/// Prints the sentence of a failure and the end of its log.
pub(crate) fn complain(failure: &Failure) {
    let _ = stdout().flush();
    let mut out = std::io::stderr().lock();
    if let Some(log) = &failure.log {
        let text = fs::read_to_string(log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        for line in &lines[lines.len().saturating_sub(LOG_TAIL_LINES)..] {
            let _ = writeln!(out, "  │ {line}");
        }
        let _ = writeln!(out, "  └ all of it: {}", log.display());
    }
    let _ = writeln!(out, "\n{}", failure.sentence);
}

/// Prints a line that belongs to no step.
pub(crate) fn say(line: impl std::fmt::Display) {
    println!("{line}");
}

/// A time for people: `12 ms`, `3.4 s`, `2 m 04 s`.
pub(crate) fn duration(time: Duration) -> String {
    match time.as_secs() {
        0 => format!("{} ms", time.as_millis()),
        1..=59 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} m {:02} s", seconds / 60, seconds % 60),
    }
}

/// Redraws the running step's line once a second, on a terminal only.
struct Ticker {
    thread: Option<(mpsc::Sender<()>, JoinHandle<()>)>,
}

impl Ticker {
    fn start(name: &str, status: &Arc<Mutex<String>>, started: Instant) -> Self {
        if !stdout().is_terminal() {
            return Self { thread: None };
        }
        let (stop, stopped) = mpsc::channel();
        let (name, status) = (name.to_owned(), Arc::clone(status));
        let thread = thread::spawn(move || {
            loop {
                let line = status
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .clone();
                print!(
                    "\r\x1b[2K… {name:<NAME$}{line:<NOTE$}{:>9}",
                    duration(started.elapsed())
                );
                let _ = stdout().flush();
                let waited = stopped.recv_timeout(Duration::from_millis(500));
                if waited != Err(mpsc::RecvTimeoutError::Timeout) {
                    break;
                }
            }
            print!("\r\x1b[2K");
            let _ = stdout().flush();
        });
        Self {
            thread: Some((stop, thread)),
        }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.thread.take() {
            let _ = stop.send(());
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_for_people() {
        assert_eq!(duration(Duration::from_millis(12)), "12 ms");
        assert_eq!(duration(Duration::from_millis(3_440)), "3.4 s");
        assert_eq!(duration(Duration::from_secs(124)), "2 m 04 s");
    }
}
