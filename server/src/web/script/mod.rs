//! Telegram's script for Mini Apps, served from our own origin.
//!
//! The page never waits for a third party: the server fetches the script from its official
//! address, keeps it on disk, and goes on with the last good copy when that fails. The address
//! that pages use carries the copy's hash, so it can be cached for good.

mod copy;
mod source;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use self::{copy::Copy, source::Source};
use crate::{
    limits::{SCRIPT_REFRESH, SCRIPT_RETRY, SCRIPT_WAIT},
    state::AppState,
};

/// Where the script is served.
pub(crate) const SCRIPT_PATH: &str = "/telegram-web-app.js";

const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// The copy of the script. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct TelegramScript {
    file: Arc<PathBuf>,
    copy: watch::Sender<Option<Arc<Copy>>>,
}

impl TelegramScript {
    /// Takes the copy on disk, if there is one.
    pub(crate) async fn open(files: &Path) -> Self {
        let file = files.join("telegram-web-app.js");
        let kept = match tokio::fs::read(&file).await {
            Ok(bytes) => Copy::of(bytes).await.map(Arc::new),
            Err(_) => None,
        };
        Self {
            file: Arc::new(file),
            copy: watch::Sender::new(kept),
        }
    }

    /// The address for pages.
    pub(crate) fn url(&self) -> String {
        match self.current() {
            Some(copy) => format!("{SCRIPT_PATH}?v={}", copy.version),
            None => SCRIPT_PATH.to_owned(),
        }
    }

    /// There is a copy to serve.
    pub(crate) fn is_there(&self) -> bool {
        self.copy.borrow().is_some()
    }

    fn current(&self) -> Option<Arc<Copy>> {
        self.copy.borrow().clone()
    }

    /// The copy; in the first moments of a new shop, a short wait for it.
    async fn soon(&self) -> Option<Arc<Copy>> {
        let mut copies = self.copy.subscribe();
        let there = copies.wait_for(Option::is_some);
        let there = tokio::time::timeout(SCRIPT_WAIT, there).await;
        there.ok()?.ok()?.clone()
    }

    /// Fetches the script now and then, sooner while there is none, until told to stop.
    pub(crate) async fn keep_fresh(self, source: Source, stop: CancellationToken) {
        let fetching = async {
            loop {
                if let Err(why) = self.refresh(&source).await {
                    let kept = self.is_there();
                    tracing::warn!(error.code = why, kept, "Telegram's script was not fetched");
                }
                let fresh = self.is_there();
                tokio::time::sleep(if fresh { SCRIPT_REFRESH } else { SCRIPT_RETRY }).await;
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = fetching => {}
        }
    }

    /// Fetches the script once and keeps it. The error is a stable code.
    async fn refresh(&self, source: &Source) -> Result<(), &'static str> {
        let bytes = source.fetch().await?;
        let copy = Copy::of(bytes).await.ok_or("script_is_something_else")?;
        let current = self.current();
        if current.is_some_and(|current| current.version == copy.version) {
            return Ok(());
        }
        // Pages may have it even if the disk has no room for it.
        let kept = copy.write(&self.file).await;
        self.copy.send_replace(Some(Arc::new(copy)));
        kept.map_err(|_| "script_not_kept")
    }
}

pub(crate) use self::source::Source as ScriptSource;

/// The query of the script's address.
#[derive(Deserialize)]
pub(crate) struct Version {
    #[serde(default)]
    v: String,
}

/// `GET /telegram-web-app.js?v=`.
pub(crate) async fn script(
    State(state): State<AppState>,
    Query(asked): Query<Version>,
    headers: HeaderMap,
) -> Response {
    let Some(copy) = state.script.soon().await else {
        let told = [(header::CACHE_CONTROL, "no-store")];
        return (StatusCode::SERVICE_UNAVAILABLE, told).into_response();
    };
    // An address of yesterday's page must not keep today's copy under yesterday's name.
    let policy = if asked.v == copy.version {
        FOR_GOOD
    } else {
        "no-cache"
    };
    let kind = "text/javascript; charset=utf-8";
    let common = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, policy),
        (header::VARY, "Accept-Encoding"),
    ];
    if takes_brotli(&headers) {
        let encoding = [(header::CONTENT_ENCODING, "br")];
        return (common, encoding, copy.brotli.clone()).into_response();
    }
    (common, copy.bytes.clone()).into_response()
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
            name.trim() == "br" && quality.trim() != "q=0"
        })
}
