//! Programs that a step runs: output into its log, last line onto its status.

use crate::{
    failure::{Done, Failure, OrSay},
    interrupt,
    limits::POLL,
    step::Step,
};
use std::{
    fs::{self, File, OpenOptions},
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// Runs a program to its end; anything but success is the failure `sentence`.
pub(crate) fn run(step: &Step, command: &mut Command, sentence: &str) -> Done {
    let status = status(step, command, None, sentence)?;
    if status.success() {
        return Ok(());
    }
    Err(Failure {
        sentence: sentence.to_owned(),
        log: Some(step.log()),
    })
}

/// Runs a program to its end, or until `patience` is over, and says how it ended.
///
/// A program that can't be started is the failure `sentence`.
pub(crate) fn status(
    step: &Step,
    command: &mut Command,
    patience: Option<Duration>,
    sentence: &str,
) -> Done<ExitStatus> {
    let log = open_log(step, command)?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .or_say(sentence)?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(|| copy(step, out, &log));
        scope.spawn(|| copy(step, err, &log));
        wait(&mut child, patience)
    })
}

/// What a short program prints on its standard output; `None` when it fails or isn't there.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

fn open_log(step: &Step, command: &Command) -> Done<Arc<Mutex<File>>> {
    let path = step.log();
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).or_say("The log folder can't be made")?;
    }
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .or_say("The step's log can't be written")?;
    let _ = writeln!(file, "$ {command:?}");
    Ok(Arc::new(Mutex::new(file)))
}

fn copy(step: &Step, source: Option<impl Read>, log: &Mutex<File>) {
    let Some(source) = source else { return };
    for line in BufReader::new(source).split(b'\n').map_while(Result::ok) {
        step.status(&String::from_utf8_lossy(&line));
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = log.write_all(&line).and_then(|()| log.write_all(b"\n"));
    }
}

fn wait(child: &mut Child, patience: Option<Duration>) -> Done<ExitStatus> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().or_say("A program was lost")? {
            interrupt::check()?;
            return Ok(status);
        }
        let late = patience.is_some_and(|patience| started.elapsed() > patience);
        if late || interrupt::asked() {
            let _ = child.kill();
        }
        thread::sleep(POLL);
    }
}
