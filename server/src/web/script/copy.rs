//! A copy of the script, with what is worked out once for it.

use std::{io, path::Path};

use axum::body::Bytes;
use sha2::{Digest, Sha256};

/// The script as it came, and compressed.
#[derive(Debug)]
pub(super) struct Copy {
    pub(super) bytes: Bytes,
    pub(super) brotli: Bytes,
    /// Names the content: 16 hex digits of its SHA-256.
    pub(super) version: String,
}

impl Copy {
    /// Nothing when this is not the script: a captive portal's page must not take the place of a
    /// good copy, and a file cut short by a full disk is worth as little.
    pub(super) async fn of(bytes: Vec<u8>) -> Option<Self> {
        if !String::from_utf8_lossy(&bytes).contains("Telegram.WebApp") {
            return None;
        }
        // Strongest compression takes a good tenth of a second: not on a thread that serves.
        let worked = tokio::task::spawn_blocking(move || Self {
            version: hex::encode(&Sha256::digest(&bytes)[..8]),
            brotli: compress(&bytes).into(),
            bytes: bytes.into(),
        });
        worked.await.ok()
    }

    /// Writes it beside its place first, so that a crash leaves the old copy whole.
    pub(super) async fn write(&self, file: &Path) -> io::Result<()> {
        let partial = file.with_extension("part");
        tokio::fs::write(&partial, &self.bytes).await?;
        tokio::fs::rename(&partial, file).await
    }
}

fn compress(bytes: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    // Memory to memory: there is nothing that can fail.
    let _ = brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params);
    compressed
}
