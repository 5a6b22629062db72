//! Fetching files from Telegram.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::{ApiError, Client};
use crate::limit_error::{LimitError, at_most};
use crate::limits;
use crate::types::File;

/// What may stand in a path as it is.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_')
    .remove(b'~');

impl Client {
    /// `getFile`: makes a file of up to 20 MB ready for [`Client::download_file`].
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn get_file(&self, file_id: &str) -> Result<File, ApiError> {
        self.call("getFile", &json!({"file_id": file_id})).await
    }

    /// Downloads what [`Client::get_file`] made ready, up to 20 MB, into memory.
    ///
    /// # Errors
    ///
    /// [`ApiError::NotFound`] when the path is no longer good; ask `getFile` anew. Any other
    /// [`ApiError`].
    pub async fn download_file(&self, file_path: &str) -> Result<Vec<u8>, ApiError> {
        let leaves = file_path
            .split('/')
            .any(|part| part.is_empty() || part == "." || part == "..");
        if leaves {
            let rule = "it must be a path as getFile gives it";
            return Err(LimitError::NotAllowed {
                field: "file path",
                rule,
            }
            .into());
        }
        let path = utf8_percent_encode(file_path, IN_PATH);
        let inner = &self.inner;
        let url = format!("{}/file/bot{}/{path}", inner.base, inner.token.expose());
        let request = inner.http.get(url).timeout(limits::TRANSFER_TIMEOUT);
        let response = request.send().await.map_err(|error| self.failed(error))?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(super::classify::Failure::default().classify(status, None));
        }
        let limit = usize::try_from(limits::DOWNLOAD_BYTES).unwrap_or(usize::MAX);
        let announced = response
            .content_length()
            .and_then(|length| usize::try_from(length).ok());
        at_most("file", announced.unwrap_or(0), limit, "bytes")?;
        self.body(response, limit).await
    }
}
