//! Memory of a shop that nobody visits.

use super::{Bench, Table};
use crate::{
    failure::{Done, Failure},
    step::step,
};
use std::{fs, thread, time::Duration};

/// Long enough for start-up work and its freed memory to settle.
const SETTLE: Duration = Duration::from_secs(10);

/// Reads the resident memory after a while of nothing.
pub(crate) fn measure(bench: &Bench) -> Done<Table> {
    let (_stage, running) = bench.start("idle-memory")?;
    step("idle memory", |_| {
        thread::sleep(SETTLE);
        let status = fs::read_to_string(format!("/proc/{}/status", running.shop.id()));
        let status =
            status.map_err(|_| Failure::new("Only Linux tells how much memory a program has."))?;
        let row = ["VmRSS", "VmHWM"].map(|key| megabytes(&status, key).unwrap_or_default());
        Ok((
            String::new(),
            Table {
                title: "Memory when idle",
                columns: vec![
                    "resident".to_owned(),
                    "highest".to_owned(),
                    "budget".to_owned(),
                ],
                rows: vec![vec![row[0].clone(), row[1].clone(), "30 MB".to_owned()]],
            },
        ))
    })
}

/// `VmRSS:    12345 kB`, which counts in 1024 bytes.
fn megabytes(status: &str, key: &str) -> Option<String> {
    let line = status.lines().find(|line| line.starts_with(key))?;
    let kibibytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(format!("{:.1} MB", kibibytes * 1024.0 / 1_000_000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_numbers_are_read() {
        let status = "VmHWM:\t   20000 kB\nVmRSS:\t   12345 kB\n";
        assert_eq!(megabytes(status, "VmRSS").as_deref(), Some("12.6 MB"));
    }
}
