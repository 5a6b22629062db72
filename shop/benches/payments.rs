//! How fast the shop answers and settles, on the database that `STARFRONT_BENCH_DATABASE_URL`
//! names, or on SQLite in a temporary folder.
//!
//! Settling is measured against bare commits of the same rows to the same database in the same
//! run, so that the figure says what the shop costs and not what the disk costs.

// A measurement that fails has nothing to say but where.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[allow(dead_code, unused_imports, unused_macros)]
#[path = "../tests/contract/support.rs"]
mod support;

use std::time::{Duration, Instant};

use shop::{Shop, domain::*};
use sqlx::{AnyPool, any::AnyPoolOptions};
use support::{Folder, NOW, payment, query, sample, wish};

/// Orders in each measurement.
const ROUNDS: i64 = 1_000;

/// Settles, and then bare commits, in one go.
const IN_TURN: usize = 50;

/// Pre-checkouts a second, as the budget says.
const RATE: u32 = 200;

#[tokio::main]
async fn main() {
    let folder = Folder::new();
    let file = format!("sqlite:{}", folder.0.join("bench.db").display());
    let url = std::env::var("STARFRONT_BENCH_DATABASE_URL").unwrap_or(file);
    let shop = Shop::open(&url, &folder.0.join("files")).await.unwrap();
    shop.set_manifest(&sample()).await.unwrap();
    println!("database: {}", url.split(':').next().unwrap_or_default());

    let orders = open(&shop, 0).await;
    prechecks(&shop, &orders).await;
    settles(&shop, &url, &orders).await;

    let more = open(&shop, 1_000_000).await;
    let writer = tokio::spawn(busy(shop.clone()));
    println!("while others buy:");
    prechecks(&shop, &more).await;
    writer.abort();
}

async fn open(shop: &Shop, first: i64) -> Vec<Order> {
    let started = Instant::now();
    let mut orders = Vec::new();
    for buyer in first..first + ROUNDS {
        orders.push(
            shop.open_order(&wish(buyer + 1, "book"), NOW)
                .await
                .unwrap(),
        );
    }
    report("open_order", started.elapsed());
    orders
}

/// Pre-checkouts at a steady rate, whether or not the one before has been answered.
async fn prechecks(shop: &Shop, orders: &[Order]) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / RATE);
    let mut asked = tokio::task::JoinSet::new();
    for order in orders {
        ticks.tick().await;
        let (shop, query) = (shop.clone(), query(order));
        asked.spawn(async move {
            let started = Instant::now();
            shop.precheck(&query, NOW).await.unwrap().unwrap();
            started.elapsed()
        });
    }
    let mut times = asked.join_all().await;
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "precheck at {RATE} per second: p50 {:?}, p99 {:?}, p99.9 {:?}",
        at(0.5),
        at(0.99),
        at(0.999)
    );
}

/// Settles orders, and commits the same rows bare, some by some in turn: a disk that is slow for a
/// while is slow for both.
async fn settles(shop: &Shop, url: &str, orders: &[Order]) {
    let bare = Bare::prepare(url).await;
    let (mut settling, mut committing) = (Duration::ZERO, Duration::ZERO);
    for orders in orders.chunks(IN_TURN) {
        let started = Instant::now();
        for order in orders {
            let payment = payment(order, &format!("bench-{}", order.id));
            shop.settle(&payment, NOW).await.unwrap();
        }
        settling += started.elapsed();
        let started = Instant::now();
        for order in orders {
            bare.commit(order).await;
        }
        committing += started.elapsed();
    }
    let settle = report("settle", settling);
    let bare = report("bare commits of the same rows", committing);
    println!("settle against bare commits: {:.2}x", settle / bare);
}

/// Buys without end.
async fn busy(shop: Shop) {
    for buyer in 2_000_000.. {
        let order = shop.open_order(&wish(buyer, "book"), NOW).await.unwrap();
        shop.settle(&payment(&order, &format!("busy-{buyer}")), NOW)
            .await
            .unwrap();
    }
}

/// The rows that a settle of `book` writes, and nothing read or decided.
struct Bare(AnyPool);

impl Bare {
    /// Tables as the shop's, with a key and nothing else.
    async fn prepare(url: &str) -> Self {
        let pool = AnyPoolOptions::new().max_connections(1);
        let pool = pool.connect(url).await.unwrap();
        if url.starts_with("sqlite") {
            run(&pool, "PRAGMA synchronous = FULL").await;
        }
        for table in ["charge", "ledger", "orders", "entitlement", "outbox"] {
            for statement in [
                format!("DROP TABLE IF EXISTS bare_{table}"),
                format!("CREATE TABLE bare_{table} AS SELECT * FROM {table}"),
                format!("CREATE UNIQUE INDEX bare_{table}_id ON bare_{table} (id)"),
            ] {
                run(&pool, &statement).await;
            }
        }
        Self(pool)
    }

    /// Commits the rows of a settled order.
    async fn commit(&self, order: &Order) {
        let id = order.id.to_string();
        let mut tx = self.0.begin().await.unwrap();
        for statement in [
            "INSERT INTO bare_charge SELECT * FROM charge WHERE order_id = $1",
            "INSERT INTO bare_ledger SELECT * FROM ledger WHERE charge = 'bench-' || $1",
            "UPDATE bare_orders SET state = 'paid', paid_at = 1 WHERE id = $1",
            "INSERT INTO bare_entitlement SELECT * FROM entitlement WHERE order_id = $1",
            "INSERT INTO bare_outbox SELECT * FROM outbox WHERE fact IN
             (SELECT 'deliver:' || id FROM entitlement WHERE order_id = $1)",
        ] {
            let statement = sqlx::query(statement).bind(&id);
            statement.execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
}

async fn run(pool: &AnyPool, statement: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
        .execute(pool)
        .await
        .unwrap();
}

fn report(what: &str, took: Duration) -> f64 {
    let rate = ROUNDS as f64 / took.as_secs_f64();
    println!("{what}: {rate:.0} per second");
    rate
}
