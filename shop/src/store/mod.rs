//! The one place with SQL.

/// Why the store could not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("the database could not do this: {0}")]
    Database(#[from] sqlx::Error),
    /// A row holds something that this version cannot read.
    #[error("the database holds a value that this version cannot read: {0}")]
    Corrupt(String),
    /// A stored file is missing or unreadable.
    #[error("a stored file could not be read or written: {0}")]
    Files(String),
}

impl StoreError {
    /// The stable code for logs and clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "database",
            Self::Corrupt(_) => "database_corrupt",
            Self::Files(_) => "files",
        }
    }
}
