//! Why the store could not do as asked.

/// Why the store could not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("the database could not do this: {0}")]
    Database(sqlx::Error),
    /// A row holds something that this version cannot read.
    #[error("the database holds a value that this version cannot read: {0}")]
    Corrupt(String),
    /// A stored file is missing or unreadable.
    #[error("a stored file could not be read or written: {0}")]
    Files(String),
    /// A later version of the shop has worked on this database.
    #[error(
        "the database was made by a newer version (it has step {0}, which this version does not \
         know): install that version again, or restore a backup from before it"
    )]
    Newer(i64),
    /// The tables could not be made or brought up to date.
    #[error("the database could not be brought up to date: {0}")]
    Migration(sqlx::migrate::MigrateError),
    /// The address of the database is not one.
    #[error("{0:?} is not the address of a database: write sqlite:FILE or postgres://…")]
    Address(String),
    /// Other writers were faster every time.
    #[error("too many others were writing the same thing; nothing was changed")]
    Contended,
}

impl StoreError {
    /// The stable code for logs and clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "database",
            Self::Corrupt(_) => "database_corrupt",
            Self::Files(_) => "files",
            Self::Newer(_) => "database_newer",
            Self::Migration(_) => "database_migration",
            Self::Address(_) => "database_address",
            Self::Contended => "database_contended",
        }
    }

    /// Whether it is about what was being done, and not about the database as a whole: other work
    /// may go on.
    pub(crate) fn is_of_one_row(&self) -> bool {
        match self {
            Self::Corrupt(_) | Self::Contended => true,
            Self::Database(error) => error
                .as_database_error()
                .is_some_and(|error| error.kind() != sqlx::error::ErrorKind::Other),
            _ => false,
        }
    }

    /// For values in rows that do not parse.
    pub(crate) fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Corrupt(what.to_string())
    }
}

/// What PostgreSQL calls two who wait for each other, two whose order it cannot make up, and a lock
/// that another kept too long (<https://www.postgresql.org/docs/current/errcodes-appendix.html>):
/// nothing was changed, and trying again helps.
const TRY_AGAIN: [&str; 3] = ["40P01", "40001", "55P03"];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|refused| refused.code());
        if code.is_some_and(|code| TRY_AGAIN.contains(&code.as_ref())) {
            Self::Contended
        } else {
            Self::Database(error)
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::VersionMissing(version) => Self::Newer(version),
            other => Self::Migration(other),
        }
    }
}
