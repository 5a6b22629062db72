//! Connections: who reads, who writes, and how safely.
//!
//! SQLite has one writer at a time. Instead of letting writers find that out by polling its lock,
//! they queue here for a turn, first come first served, and begin with `BEGIN IMMEDIATE`; readers
//! have connections of their own and never wait, thanks to the write-ahead log. PostgreSQL has an
//! ordinary pool.
//!
//! A write is either [`Safety::Durable`], on the disk when the commit returns, or
//! [`Safety::Relaxed`]: atomic all the same, but lost if the machine loses power in the next
//! moment. The relaxed ones are those whose loss nobody would notice, such as a lease; both
//! databases have a setting that means exactly this.

use std::{path::Path, sync::Arc, time::Duration};

use sqlx::{
    Any, AnyConnection, AnyPool, Connection, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions},
    pool::PoolConnection,
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{Result, StoreError};
use crate::limits;

/// What store functions work on: a connection, in a transaction or not.
pub(crate) type Conn = AnyConnection;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// Whether a commit must have reached the disk before it returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Safety {
    /// It must.
    Durable,
    /// Losing it to a power failure does no harm.
    Relaxed,
}

/// The connections to the one database.
#[derive(Clone)]
pub(crate) struct Database {
    readers: AnyPool,
    durable: AnyPool,
    relaxed: AnyPool,
    /// On SQLite: whoever holds it may write.
    turn: Option<Arc<Mutex<()>>>,
}

/// A transaction that writes. Dropped without [`Tx::commit`], it leaves no trace.
pub(crate) struct Tx {
    inner: Transaction<'static, Any>,
    // After `inner`: the rollback is on its way before the next writer gets its turn.
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Tx {
    /// Makes all of it stand.
    pub(crate) async fn commit(self) -> Result<()> {
        tracing::trace!("a transaction commits");
        self.inner.commit().await?;
        tracing::trace!("a transaction stands");
        Ok(())
    }
}

impl std::ops::Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.inner
    }
}

impl std::ops::DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.inner
    }
}

impl Database {
    /// Connects, and makes or migrates the tables.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        match url.split_once(':') {
            Some(("sqlite", "memory:" | ":memory:" | "//:memory:")) => Self::in_memory().await,
            Some(("sqlite", rest)) => Self::sqlite(rest).await,
            Some(("postgres" | "postgresql", _)) => Self::postgres(url).await,
            // The address may hold a password: only its beginning is shown.
            _ => Err(StoreError::Address(url.chars().take(12).collect())),
        }
    }

    /// Makes or migrates the tables. Before any other connection is opened: one that had seen the
    /// tables of an older version would go on reading rows of their width.
    async fn migrate(writer: &AnyPool) -> Result<()> {
        let mut writer = writer.acquire().await?;
        MIGRATIONS.run_direct(None, &mut *writer, false).await?;
        Ok(())
    }

    /// One connection for all, since each would have a memory of its own.
    async fn in_memory() -> Result<Self> {
        let only = sqlite_options(1, SQLITE_WRITER)
            .connect_with(options("sqlite::memory:")?)
            .await?;
        Self::migrate(&only).await?;
        Ok(Self {
            readers: only.clone(),
            durable: only.clone(),
            relaxed: only,
            turn: Some(Arc::default()),
        })
    }

    async fn sqlite(rest: &str) -> Result<Self> {
        let path = rest.trim_start_matches("//");
        let (file, query) = path.split_once('?').unwrap_or((path, "mode=rwc"));
        if let Some(folder) = Path::new(file).parent() {
            let made = tokio::fs::create_dir_all(folder).await;
            made.map_err(|error| StoreError::Files(format!("{}: {error}", folder.display())))?;
        }
        let options = options(&format!("sqlite:{file}?{query}"))?;
        // The writer first: it makes the file and turns the write-ahead log on.
        let durable = sqlite_options(1, SQLITE_WRITER);
        let durable = durable.connect_with(options.clone()).await?;
        Self::migrate(&durable).await?;
        let relaxed = sqlite_options(1, SQLITE_RELAXED).connect_lazy_with(options.clone());
        let readers = sqlite_options(limits::SQLITE_READERS, SQLITE_READER);
        Ok(Self {
            readers: readers.connect_lazy_with(options),
            durable,
            relaxed,
            turn: Some(Arc::default()),
        })
    }

    async fn postgres(url: &str) -> Result<Self> {
        let options = options(url)?;
        // By a connection of its own: a migration may take its time.
        let alone = AnyPoolOptions::new().max_connections(1);
        let alone = alone.connect_with(options.clone()).await?;
        Self::migrate(&alone).await?;
        alone.close().await;
        let pool = |size, commits: &'static str| {
            AnyPoolOptions::new()
                .max_connections(size)
                .acquire_timeout(limits::ACQUIRE_WAIT)
                .test_before_acquire(false)
                .after_connect(move |conn, _| {
                    Box::pin(async move {
                        let settings = sqlx::AssertSqlSafe(format!("{}; {commits}", patience()));
                        sqlx::raw_sql(settings).execute(conn).await.map(drop)
                    })
                })
                .before_acquire(|conn, about| {
                    Box::pin(async move {
                        let is_fresh = about.idle_for <= limits::POSTGRES_UNTESTED;
                        Ok(is_fresh || answers(conn, limits::POSTGRES_ANSWER).await)
                    })
                })
                // A call that was given up may leave a connection whose other end is gone without a
                // word. sqlx asks it once more without a bound, and its place in the pool is taken as
                // long.
                .after_release(|conn, _| {
                    Box::pin(async move { Ok(answers(conn, limits::POSTGRES_LEFT).await) })
                })
        };
        let durable = pool(limits::POSTGRES_CONNECTIONS, "");
        let durable = durable.connect_with(options.clone()).await?;
        let relaxed = pool(limits::POSTGRES_RELAXED, "SET synchronous_commit = off");
        Ok(Self {
            readers: durable.clone(),
            durable,
            relaxed: relaxed.connect_lazy_with(options),
            turn: None,
        })
    }

    /// A connection for reading.
    pub(crate) async fn read(&self) -> Result<PoolConnection<Any>> {
        Ok(self.readers.acquire().await?)
    }

    /// Begins a transaction that writes. On SQLite it has the database to itself, so nothing that
    /// it reads can change before it ends.
    pub(crate) async fn begin(&self, safety: Safety) -> Result<Tx> {
        let pool = match safety {
            Safety::Durable => &self.durable,
            Safety::Relaxed => &self.relaxed,
        };
        let Some(turn) = &self.turn else {
            let inner = pool.begin().await?;
            return Ok(Tx { inner, _turn: None });
        };
        let wait = tokio::time::timeout(limits::ACQUIRE_WAIT, Arc::clone(turn).lock_owned());
        let turn = wait.await.map_err(|_| sqlx::Error::PoolTimedOut)?;
        let inner = pool.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Tx {
            inner,
            _turn: Some(turn),
        })
    }

    /// How many transactions that write are worth having at once: SQLite has one writer.
    pub(crate) fn writers(&self) -> u64 {
        match self.turn {
            Some(_) => 1,
            None => limits::POSTGRES_WRITERS,
        }
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> Result<()> {
        Ok(self.read().await?.ping().await?)
    }

    /// Closes every connection, after the statements under way.
    pub(crate) async fn close(&self) {
        for pool in [&self.readers, &self.relaxed, &self.durable] {
            pool.close().await;
        }
    }
}

/// Whether the other end says something in time. If not, the pool closes the connection, and makes
/// another when one is wanted.
async fn answers(conn: &mut Conn, within: Duration) -> bool {
    let asked = tokio::time::timeout(within, conn.ping()).await;
    matches!(asked, Ok(Ok(())))
}

/// What bounds waits inside PostgreSQL: a process that hangs or vanishes with its locks in hand must
/// not stop the others.
fn patience() -> String {
    let ms = |time: Duration| time.as_millis();
    format!(
        "SET default_transaction_isolation = 'read committed'; \
         SET lock_timeout = {}; SET statement_timeout = {}; \
         SET idle_in_transaction_session_timeout = {}; \
         SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 10; \
         SET tcp_keepalives_count = 3",
        ms(limits::POSTGRES_LOCK_WAIT),
        ms(limits::POSTGRES_STATEMENT),
        ms(limits::POSTGRES_IDLE),
    )
}

const SQLITE_WRITER: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
const SQLITE_RELAXED: &str = "PRAGMA synchronous = NORMAL";
const SQLITE_READER: &str = "PRAGMA query_only = ON";

fn sqlite_options(connections: u32, pragmas: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(limits::ACQUIRE_WAIT)
        // These connections are files, or a memory that dies with its connection: neither goes
        // stale, so none is tested or replaced.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |conn, _| {
            Box::pin(async move {
                let wait = limits::SQLITE_BUSY.as_millis();
                let all = format!(
                    "PRAGMA busy_timeout = {wait}; PRAGMA foreign_keys = ON; \
                     PRAGMA cache_size = -4096; {pragmas}"
                );
                let all = sqlx::raw_sql(sqlx::AssertSqlSafe(all));
                all.execute(conn).await.map(drop)
            })
        })
}

fn options(url: &str) -> Result<AnyConnectOptions> {
    use sqlx::ConnectOptions;
    let options: AnyConnectOptions = url.parse()?;
    // Statements may carry what buyers wrote: a shipped shop never logs them. A debug build tells
    // each one at the lowest level, where the proof against crashes counts them.
    if cfg!(debug_assertions) {
        let told = options.log_statements(log::LevelFilter::Trace);
        return Ok(told.log_slow_statements(log::LevelFilter::Off, Duration::MAX));
    }
    Ok(options.disable_statement_logging())
}
