//! Ports and plain HTTP on this machine.

use crate::{
    failure::{Done, Failure, OrSay},
    limits::POLL,
};
use std::{
    net::{Ipv4Addr, TcpListener},
    thread,
    time::{Duration, Instant},
};

/// A failure when another program listens on this port.
pub(crate) fn check_free(port: u16, option: &str) -> Done {
    let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) else {
        return Ok(());
    };
    Err(Failure::new(match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "Port {port} is taken by another program: stop that one or choose another port with {option}."
        ),
        std::io::ErrorKind::PermissionDenied => format!(
            "Port {port} needs more rights than you have: choose one above 1024 with {option}."
        ),
        _ => format!("Port {port} can't be opened ({error}): choose another with {option}."),
    }))
}

/// A port that nobody uses now.
pub(crate) fn free_port() -> Done<u16> {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).or_say("No port can be opened")?;
    Ok(socket.local_addr().or_say("No port can be opened")?.port())
}

/// An HTTP client that gives answers as they are: no error for 4xx, nothing unpacked.
pub(crate) fn client() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .into()
}

/// Waits until an address answers 200; `alive` is asked in between, and its failure ends the wait.
pub(crate) fn wait_ready(url: &str, patience: Duration, mut alive: impl FnMut() -> Done) -> Done {
    let client = client();
    let started = Instant::now();
    while started.elapsed() < patience {
        if client
            .get(url)
            .call()
            .is_ok_and(|answer| answer.status() == 200)
        {
            return Ok(());
        }
        alive()?;
        thread::sleep(POLL);
    }
    Err(Failure::new(format!(
        "{url} did not answer within {} s.",
        patience.as_secs()
    )))
}
