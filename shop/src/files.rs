//! Bytes of goods and pictures, kept outside the database.

use bytes::Bytes;

use crate::domain::FileKey;

/// A stored file, read whole.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// Its key.
    pub key: FileKey,
    /// Its bytes.
    pub bytes: Bytes,
    /// Its media type.
    pub media_type: String,
}
