//! A program that is started, says its address and is stopped again: the sandbox, or this one as
//! something bare.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::TOKEN;

/// A running program.
pub(crate) struct Desk {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// From its start to its address.
    pub(crate) started_in: Duration,
    http: reqwest::Client,
}

impl Desk {
    /// The sandbox with nobody in it.
    pub(crate) async fn sandbox(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_starfront-sandbox"));
        command.args(["--port", "0", "--demo", "false"]);
        command.args(arguments);
        Self::start(command).await
    }

    /// Starts a program whose first line ends with its address.
    pub(crate) async fn start(mut command: Command) -> Self {
        let begun = Instant::now();
        command.stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("an address");
        let address = line.rsplit("http://").next().unwrap();
        let address = address.trim_end_matches('/').parse().unwrap();
        Self {
            child,
            address,
            started_in: begun.elapsed(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    /// Posts JSON and returns what came back.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Value {
        let url = format!("http://{}{path}", self.address);
        let response = self.http.post(url).json(body).send().await.unwrap();
        assert!(response.status().is_success(), "{path}: {response:?}");
        response.json().await.unwrap()
    }

    /// Calls a Bot API method.
    pub(crate) async fn call(&self, method: &str, body: &Value) -> Value {
        let answer = self.post(&format!("/bot{TOKEN}/{method}"), body).await;
        answer["result"].clone()
    }

    /// Resident memory in MB; `None` where the system does not tell.
    pub(crate) fn memory_mb(&self) -> Option<f64> {
        let path = format!("/proc/{}/status", self.child.id()?);
        let status = std::fs::read_to_string(Path::new(&path)).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
        let kibibytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kibibytes * 1024.0 / 1_000_000.0)
    }

    /// Asks it to end and waits until it has.
    pub(crate) async fn stop(mut self) {
        let id = self.child.id().expect("a running program").to_string();
        let mut kill = Command::new("kill");
        assert!(kill.arg(id).status().await.unwrap().success());
        self.child.wait().await.unwrap();
    }
}
