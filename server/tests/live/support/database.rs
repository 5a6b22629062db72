//! The shop's database, behind its back.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AnyConnection, Connection, Row};

use super::TestShop;

/// The environment variable that names a PostgreSQL server for tests.
const POSTGRES: &str = "STARFRONT_TEST_POSTGRES_URL";

/// The address of a schema of its own, where a PostgreSQL server is named.
pub async fn postgres() -> Option<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var(POSTGRES).ok()?;
    sqlx::any::install_default_drivers();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let schema = format!("live_{}_{count}", std::process::id());
    let mut admin = AnyConnection::connect(&server).await.unwrap();
    let make = format!("CREATE SCHEMA {schema}");
    let make = sqlx::raw_sql(sqlx::AssertSqlSafe(make));
    make.execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
    let mark = if server.contains('?') { '&' } else { '?' };
    Some(format!("{server}{mark}options=-csearch_path%3D{schema}"))
}

/// A connection to the database of a shop.
pub struct Raw(AnyConnection);

impl Raw {
    pub async fn open(shop: &TestShop) -> Self {
        sqlx::any::install_default_drivers();
        let url = shop.settings.get("STARFRONT_DATABASE_URL");
        Self(AnyConnection::connect(url).await.unwrap())
    }

    /// Runs statements.
    pub async fn run(&mut self, statements: &'static str) {
        let run = sqlx::raw_sql(statements).execute(&mut self.0);
        run.await.unwrap();
    }

    /// One number out of the tables.
    pub async fn count(&mut self, query: &'static str) -> i64 {
        let row = sqlx::query(query).fetch_one(&mut self.0).await.unwrap();
        row.get(0)
    }

    /// One text out of the tables.
    pub async fn text(&mut self, query: &'static str) -> String {
        let row = sqlx::query(query).fetch_one(&mut self.0).await.unwrap();
        row.get(0)
    }
}
