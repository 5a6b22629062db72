//! Telegram's script for Mini Apps, served from our own origin.
//!
//! The page never waits for a third party: the server fetches the script from its official
//! address, keeps it on disk, and goes on with the last good copy when that fails. The address
//! that pages use carries the copy's hash, so it can be cached for good.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use axum::{
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use crate::{
    limits::{SCRIPT_BYTES, SCRIPT_REFRESH, SETUP_RETRY_MOST},
    state::AppState,
};

/// Where the script is served.
pub const SCRIPT_PATH: &str = "/telegram-web-app.js";

/// source: core.telegram.org/bots/webapps, "Initializing Mini Apps".
const OFFICIAL_ADDRESS: &str = "https://telegram.org/js/telegram-web-app.js";

/// The copy of the script. Cheap to clone.
#[derive(Debug, Clone)]
pub struct TelegramScript {
    source: String,
    file: PathBuf,
    copy: Arc<RwLock<Option<Copy>>>,
}

#[derive(Debug, Clone)]
struct Copy {
    bytes: Bytes,
    version: String,
}

impl TelegramScript {
    /// Takes the copy on disk, if there is one. `sandbox` is the base address of a stand-in.
    pub fn open(files: &Path, sandbox: Option<&str>) -> Self {
        let source = sandbox.map_or_else(
            || OFFICIAL_ADDRESS.to_owned(),
            |base| format!("{base}/js/telegram-web-app.js"),
        );
        let file = files.join("telegram-web-app.js");
        let copy = std::fs::read(&file)
            .ok()
            .map(|bytes| Copy::of(bytes.into()));
        Self {
            source,
            file,
            copy: Arc::new(RwLock::new(copy)),
        }
    }

    /// The address for pages.
    pub fn url(&self) -> String {
        let version = self.current().map(|copy| copy.version).unwrap_or_default();
        format!("{SCRIPT_PATH}?v={version}")
    }

    fn current(&self) -> Option<Copy> {
        self.copy.read().ok().and_then(|copy| copy.clone())
    }

    /// Fetches the script now and then, sooner while there is none.
    pub async fn keep_fresh(self, http: reqwest::Client, stop: CancellationToken) {
        loop {
            if let Err(why) = self.refresh(&http).await {
                tracing::warn!(error.code = why, "Telegram's script could not be fetched");
            }
            let wait = if self.current().is_some() {
                SCRIPT_REFRESH
            } else {
                SETUP_RETRY_MOST / 12
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Fetches the script once and keeps it. The error is a stable code.
    pub async fn refresh(&self, http: &reqwest::Client) -> Result<(), &'static str> {
        let answer = http
            .get(&self.source)
            .send()
            .await
            .map_err(|_| "script_unreachable")?;
        let answer = answer.error_for_status().map_err(|_| "script_refused")?;
        let mut bytes = Vec::new();
        let mut chunks = answer.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            bytes.extend_from_slice(&chunk.map_err(|_| "script_cut_off")?);
            if bytes.len() > SCRIPT_BYTES {
                return Err("script_too_large");
            }
        }
        // A captive portal's page must not take the place of a good copy.
        if !String::from_utf8_lossy(&bytes).contains("Telegram.WebApp") {
            return Err("script_is_something_else");
        }
        self.keep(bytes.into()).await
    }

    async fn keep(&self, bytes: Bytes) -> Result<(), &'static str> {
        let copy = Copy::of(bytes);
        if self
            .current()
            .is_some_and(|current| current.version == copy.version)
        {
            return Ok(());
        }
        let partial = self.file.with_extension("part");
        tokio::fs::write(&partial, &copy.bytes)
            .await
            .map_err(|_| "script_not_kept")?;
        tokio::fs::rename(&partial, &self.file)
            .await
            .map_err(|_| "script_not_kept")?;
        if let Ok(mut current) = self.copy.write() {
            *current = Some(copy);
        }
        Ok(())
    }
}

impl Copy {
    fn of(bytes: Bytes) -> Self {
        let version = hex::encode(&Sha256::digest(&bytes)[..8]);
        Self { bytes, version }
    }
}

/// `GET /telegram-web-app.js`.
pub async fn script(State(state): State<AppState>) -> Response {
    let Some(copy) = state.script.current() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, copy.bytes).into_response()
}
