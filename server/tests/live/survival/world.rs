//! A shop that dies again and again, the sandbox as its Telegram, and a look into its tables.

use shop::Shop;
use sqlx::{AnyPool, Row, any::AnyPoolOptions};

use crate::support::{Folder, Sandbox, Settings, postgres, write_catalogue, write_site};

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file on disk.
    Sqlite,
    /// A schema of its own on the server that is named.
    Postgres,
}

/// The shop's surroundings: all that outlives its process.
pub struct World {
    pub sandbox: Sandbox,
    pub settings: Settings,
    pub folder: Folder,
    pub http: reqwest::Client,
    pub raw: AnyPool,
}

impl World {
    /// An empty database and an empty sandbox; nothing where no PostgreSQL is named.
    pub async fn make(engine: Engine, updates: &str) -> Option<Self> {
        let folder = Folder::new();
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.join("shop.db").display()),
            Engine::Postgres => postgres().await?,
        };
        sqlx::any::install_default_drivers();
        let sandbox = Sandbox::start().await;
        write_site(&folder);
        write_catalogue(&folder);
        let settings = Settings::new(&folder, &sandbox.address)
            .with("STARFRONT_DATABASE_URL", &url)
            .with("STARFRONT_UPDATES", updates)
            .with("STARFRONT_RECONCILE_SECONDS", "1");
        // Whoever asks a process that dies must hear of it soon.
        let http = reqwest::Client::builder().no_proxy();
        let http = http.timeout(std::time::Duration::from_secs(15));
        let pool = AnyPoolOptions::new().max_connections(1);
        Some(Self {
            sandbox,
            settings,
            folder,
            http: http.build().unwrap(),
            raw: pool.connect_lazy(&url).unwrap(),
        })
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.settings.get("STARFRONT_PUBLIC_URL"))
    }

    /// The shop's own code on the same database, to look at its books.
    pub async fn shop(&self) -> Shop {
        let url = self.settings.get("STARFRONT_DATABASE_URL");
        Shop::open(url, &self.folder.join("files")).await.unwrap()
    }

    /// The first columns of some rows.
    pub async fn rows(&self, query: &'static str) -> Vec<Vec<String>> {
        let rows = sqlx::query(query).fetch_all(&self.raw).await.unwrap();
        let texts = |row: &sqlx::any::AnyRow| (0..row.len()).map(|at| row.get(at)).collect();
        rows.iter().map(texts).collect()
    }

    /// One number out of the tables.
    pub async fn count(&self, query: &'static str) -> i64 {
        let row = sqlx::query(query).fetch_one(&self.raw).await.unwrap();
        row.get(0)
    }

    /// What a dead process had leased is free, and what was put off is due: time is the only
    /// thing that a test cannot wait for. Not for a living process, which works what it leased.
    pub async fn let_leases_run_out(&self) {
        self.hurry("").await;
    }

    /// What was put off after a failure is due.
    pub async fn let_waits_end(&self) {
        self.hurry("AND leased_until = 0").await;
    }

    async fn hurry(&self, which: &str) {
        for table in ["inbox", "outbox"] {
            let free = format!(
                "UPDATE {table} SET leased_until = 0, due_at = 0 WHERE state = 'waiting' {which}"
            );
            self.insist(&free).await;
        }
    }

    /// Runs a statement over many rows, which a living shop writes too, in an order of its own:
    /// PostgreSQL ends one of two who wait for each other, and here it is for us to try again.
    async fn insist(&self, statement: &str) {
        const DEADLOCK: &str = "40P01";
        loop {
            let run = sqlx::query(sqlx::AssertSqlSafe(statement.to_owned()));
            match run.execute(&self.raw).await {
                Ok(_) => return,
                Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(DEADLOCK) => {}
                Err(error) => panic!("{statement}: {error}"),
            }
        }
    }

    /// Ends the world.
    pub async fn end(self) {
        self.raw.close().await;
        self.sandbox.stop().await;
    }
}
