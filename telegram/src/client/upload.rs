//! Where the bytes of a file come from.

use std::fmt;

use bytes::Bytes;
use futures::TryStream;

use crate::limit_error::LimitError;

/// The file to send.
#[derive(Debug)]
pub enum FileSource {
    /// A file that this bot has sent or got before. Costs no upload.
    FileId(String),
    /// A file that Telegram fetches by itself: HTTPS, up to 20 MB, 5 MB for photos.
    Url(String),
    /// Bytes of ours.
    Upload(Upload),
}

impl From<Upload> for FileSource {
    fn from(upload: Upload) -> Self {
        Self::Upload(upload)
    }
}

/// Bytes of ours, at once or as a stream.
pub struct Upload {
    pub(super) name: String,
    pub(super) mime: String,
    pub(super) length: u64,
    pub(super) body: reqwest::Body,
}

impl Upload {
    /// A file that is in memory. `name` is what the receiver sees, `mime` such as
    /// `application/pdf`.
    pub fn bytes(
        name: impl Into<String>,
        mime: impl Into<String>,
        bytes: impl Into<Bytes>,
    ) -> Self {
        let bytes = bytes.into();
        let length = bytes.len() as u64;
        Self {
            name: name.into(),
            mime: mime.into(),
            length,
            body: bytes.into(),
        }
    }

    /// A file that is read while it is sent. `length_bytes` must be exact: it is announced.
    pub fn stream<S>(
        name: impl Into<String>,
        mime: impl Into<String>,
        length_bytes: u64,
        stream: S,
    ) -> Self
    where
        S: TryStream + Send + 'static,
        S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        Bytes: From<S::Ok>,
    {
        Self {
            name: name.into(),
            mime: mime.into(),
            length: length_bytes,
            body: reqwest::Body::wrap_stream(stream),
        }
    }

    /// Checks size and name before anything is sent.
    pub(super) fn check(&self, limit: u64) -> Result<(), LimitError> {
        if self.length == 0 {
            return Err(LimitError::Empty { field: "file" });
        }
        if self.name.trim().is_empty() {
            return Err(LimitError::Empty { field: "file name" });
        }
        if self.length > limit {
            let (field, actual, unit) = ("file", self.length, "bytes");
            return Err(LimitError::TooLong {
                field,
                limit,
                actual,
                unit,
            });
        }
        Ok(())
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("name", &self.name)
            .field("mime", &self.mime)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
