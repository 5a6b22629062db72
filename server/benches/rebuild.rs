//! How fast the sales of an outage are rebuilt: orders were opened and paid, no update ever came,
//! and Telegram has given up telling. The real binary starts, reads the ledger and grants.
//!
//! On the database that `STARFRONT_BENCH_DATABASE_URL` names, which must be empty, or on SQLite in
//! a temporary folder.

// A measurement that fails has nothing to say but where.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[allow(dead_code, unreachable_pub, unused_imports)]
#[path = "../tests/live/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use shop::{
    Shop,
    domain::{NewOrder, Stars, UnixSeconds, UserId},
};
use sqlx::{Row, any::AnyPoolOptions};
use support::{TOKEN, TestShop};
use telegram::BotToken;

/// Sales of the outage.
const SALES: i64 = 10_000;

/// How long the outage was, in seconds: Telegram keeps an update for a day.
const OUTAGE_SECONDS: i64 = 48 * 3600;

const PRICE: u64 = 40;

/// Longest time for the rebuilding.
const PATIENCE: Duration = Duration::from_secs(1_800);

#[tokio::main]
async fn main() {
    let named = std::env::var("STARFRONT_BENCH_DATABASE_URL").ok();
    let mut shop = TestShop::prepare(|settings| match &named {
        Some(url) => settings.with("STARFRONT_DATABASE_URL", url),
        None => settings,
    })
    .await;
    let url = shop.settings.get("STARFRONT_DATABASE_URL").to_owned();
    sell_untold(&shop, &url).await;
    let pool = AnyPoolOptions::new().max_connections(1);
    let pool = pool.connect(&url).await.unwrap();
    let started = Instant::now();
    shop.start();
    let took = loop {
        let granted = "SELECT COUNT(*) FROM charge WHERE state = 'granted'";
        let row = sqlx::query(granted).fetch_one(&pool).await.unwrap();
        if row.get::<i64, _>(0) == SALES {
            break started.elapsed();
        }
        assert!(
            started.elapsed() < PATIENCE,
            "rebuilt too few: {}",
            row.get::<i64, _>(0)
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    println!("sales rebuilt, start of the shop included: {SALES}");
    println!("seconds: {:.1}", took.as_secs_f64());
    println!("sales a second: {:.0}", SALES as f64 / took.as_secs_f64());
    shop.process().kill().await;
}

/// Orders opened over the outage, each paid in Telegram's ledger and nowhere else.
async fn sell_untold(shop: &TestShop, url: &str) {
    let ours = Shop::open(url, &shop.folder.join("files")).await.unwrap();
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let began = i64::try_from(now).unwrap() - OUTAGE_SECONDS;
    // The shop had looked at the ledger before: it was empty.
    let bot = BotToken::parse(TOKEN).unwrap().bot_id();
    let read = ours.star_rows_read(UserId(bot), UnixSeconds(began));
    read.await.unwrap();
    for sale in 0..SALES {
        let wish = NewOrder {
            buyer: UserId(1_000 + sale),
            product: "guide".parse().unwrap(),
            offer: "default".parse().unwrap(),
            seen_price: Stars(PRICE),
            promo: None,
            language: "en".to_owned(),
        };
        let at = UnixSeconds(began + sale * OUTAGE_SECONDS / SALES);
        let order = ours.open_order(&wish, at).await.unwrap();
        let (charge, payload) = (format!("charge-{sale}"), order.id.to_string());
        shop.telegram
            .books(&charge, wish.buyer.0, &payload, PRICE, false);
    }
    ours.close().await;
}
