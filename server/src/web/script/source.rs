//! Where the script comes from.

use futures::StreamExt;
use url::Url;

use crate::limits::{SCRIPT_BYTES, SCRIPT_PATIENCE};

/// source: core.telegram.org/bots/webapps, "Initializing Mini Apps".
const OFFICIAL_ADDRESS: &str = "https://telegram.org/js/telegram-web-app.js";

/// Addresses to ask, in order.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    addresses: Vec<String>,
}

impl Source {
    /// The official address; before it the one of a stand-in for Telegram, if there is one. (What
    /// looks like a stand-in may be a Bot API server of the seller's own, which has no script.)
    pub(crate) fn new(stand_in: Option<&str>) -> Self {
        let own = stand_in.map(|base| format!("{base}/js/telegram-web-app.js"));
        let official = OFFICIAL_ADDRESS.to_owned();
        Self {
            addresses: own.into_iter().chain([official]).collect(),
        }
    }

    /// The script's bytes. The error is a stable code.
    pub(super) async fn fetch(&self) -> Result<Vec<u8>, &'static str> {
        let mut outcome = Err("script_unreachable");
        for address in &self.addresses {
            outcome = fetch_from(address).await;
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }
}

async fn fetch_from(address: &str) -> Result<Vec<u8>, &'static str> {
    let http = client(address).map_err(|_| "script_no_tls")?;
    let answer = http.get(address).send().await;
    let answer = answer.map_err(|_| "script_unreachable")?;
    let answer = answer.error_for_status().map_err(|_| "script_refused")?;
    let mut bytes = Vec::new();
    let mut chunks = answer.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        bytes.extend_from_slice(&chunk.map_err(|_| "script_cut_off")?);
        if bytes.len() > SCRIPT_BYTES {
            return Err("script_too_large");
        }
    }
    Ok(bytes)
}

/// A client for one fetch in hours: nothing is worth keeping.
fn client(address: &str) -> Result<reqwest::Client, reqwest::Error> {
    // The binary has one TLS provider; installing it again is an error that means nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder().timeout(SCRIPT_PATIENCE);
    // A proxy set for the machine cannot reach the machine itself, and without TLS a bare machine
    // needs no certificates.
    let builder = if is_local(address) {
        builder.no_proxy().tls_certs_only([])
    } else {
        builder
    };
    builder.build()
}

fn is_local(address: &str) -> bool {
    let url = Url::parse(address).ok();
    let host = url.as_ref().and_then(Url::host_str);
    matches!(host, Some("localhost" | "127.0.0.1" | "[::1]"))
}
