//! The running binary.

use std::{fs::File, path::Path, process::Stdio, time::Instant};

use tokio::process::Child;

use super::{SOON, Settings, eventually};

pub struct Process {
    child: Child,
}

impl Process {
    /// Starts `starfront serve`; its log goes on in the file `log` of the folder.
    pub fn serve(settings: &Settings, folder: &Path) -> Self {
        let log = folder.join("log");
        let log = File::options().create(true).append(true).open(log).unwrap();
        let child = settings
            .command(folder, &["serve"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        Self { child }
    }

    /// Pulls the plug.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Waits until it ends, in whatever way.
    pub async fn ended(&mut self) {
        self.child.wait().await.unwrap();
    }

    /// Asks it to stop, as process managers do; gives its exit code and the seconds that it took.
    pub async fn stop(mut self) -> (Option<i32>, f64) {
        let asked = Instant::now();
        let pid = self.child.id().unwrap().to_string();
        let sent = std::process::Command::new("kill")
            .args(["-TERM", &pid])
            .status();
        assert!(sent.unwrap().success());
        let ended = tokio::time::timeout(SOON, self.child.wait()).await;
        let code = ended.expect("it stops").unwrap().code();
        (code, asked.elapsed().as_secs_f64())
    }
}

/// Waits until the server at this address answers `/healthz`, or `/readyz`.
pub async fn answers(http: &reqwest::Client, url: String) {
    eventually(&url.clone(), || async {
        let answer = http.get(&url).send().await.ok()?;
        answer.status().is_success().then_some(())
    })
    .await;
}
