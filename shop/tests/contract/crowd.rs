//! A crowd for a few copies: a thousand buyers, fifty copies, none sold that is not there. And the
//! same for the uses of a promo code.
//!
//! On PostgreSQL half of the crowd buys through a second process, as with two servers, and uses codes
//! through a second handle of the shop, with connections of its own. A test run
//! has one crowd on each database; `STARFRONT_TEST_CROWDS` names another number
//! (`cargo xtask bench --only contention`).

use std::{
    process::Stdio,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use shop::{Shop, domain::*};
use tokio::{process::Command, task::JoinSet};

use crate::support::{Engine, NOW, TestShop, each_database, payment, query, wish};

/// Buyers in a crowd, over all processes.
const BUYERS: i64 = 1_000;

/// Copies that each crowd finds.
const COPIES: i64 = 50;

/// Uses of a promo code that each crowd finds.
const USES: i64 = 50;

/// What a second process is told: the database, the folder of files, its first buyer, its number
/// of buyers, and when to begin, in milliseconds since 1970.
const TOLD: &str = "STARFRONT_TEST_CROWD";

/// What the second process says in the end.
const SAID: &str = "copies bought by the other process: ";

/// How one buyer fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Bought,
    NoneLeft,
    /// The database was too busy for this buyer. No Star had moved.
    Busy,
}

/// A wish for a copy.
fn a_print(buyer: i64) -> NewOrder {
    wish(buyer, "print")
}

/// A wish for what there is without end, with the code.
fn with_code(buyer: i64) -> NewOrder {
    NewOrder {
        promo: Some("crowd".parse().unwrap()),
        seen_price: Stars(40),
        ..wish(buyer, "book")
    }
}

/// Opens an order, and pays it if there is one.
async fn buy(shop: Shop, wish: NewOrder) -> End {
    let buyer = wish.buyer;
    let order = match shop.open_order(&wish, NOW).await {
        Ok(order) => order,
        Err(refused) if matches!(refused.code(), "sold_out" | "promo_used_up") => {
            return End::NoneLeft;
        }
        Err(_) => return End::Busy,
    };
    let charge = format!("crowd-{buyer}");
    loop {
        // Whoever has an order is served in the end.
        if let Ok(may) = shop.precheck(&query(&order), NOW).await {
            assert!(matches!(may, Ok(()) | Err(Refusal::Busy)), "{may:?}");
        }
        if let Ok(end) = shop.settle(&payment(&order, &charge), NOW).await {
            assert!(
                matches!(end, Settled::Granted(_) | Settled::AlreadyBooked),
                "{end:?}"
            );
            return End::Bought;
        }
    }
}

/// So many buyers at once, each with such a wish.
async fn storm(shop: &Shop, first: i64, buyers: i64, wish: fn(i64) -> NewOrder) -> Vec<End> {
    let mut crowd = JoinSet::new();
    for buyer in first..first + buyers {
        crowd.spawn(buy(shop.clone(), wish(buyer)));
    }
    crowd.join_all().await
}

fn bought(ends: &[End]) -> i64 {
    ends.iter()
        .filter(|end| **end == End::Bought)
        .map(|_| 1)
        .sum()
}

fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}

/// The second process: this same program, told to be one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process() {
    let Ok(told) = std::env::var(TOLD) else {
        return;
    };
    let told: Vec<&str> = told.split('|').collect();
    let number = |at: usize| told[at].parse::<i64>().unwrap();
    let shop = Shop::open(told[0], told[1].as_ref()).await.unwrap();
    let begins = Duration::from_millis(number(4).unsigned_abs());
    tokio::time::sleep(begins.saturating_sub(since_1970())).await;
    let ends = storm(&shop, number(2), number(3), a_print).await;
    println!("\n{SAID}{}", bought(&ends));
    shop.close().await;
}

/// Both halves of a crowd; gives what they bought.
async fn two_processes(t: &TestShop, first: i64) -> i64 {
    let half = BUYERS / 2;
    // The other one has this long to start.
    let begins = since_1970() + Duration::from_millis(700);
    let folder = t.folder.0.join("files");
    let told = [
        t.url.clone(),
        folder.display().to_string(),
        (first + half).to_string(),
        half.to_string(),
        begins.as_millis().to_string(),
    ];
    let other = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crowd::another_process", "--nocapture"])
        .env(TOLD, told.join("|"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    tokio::time::sleep(begins.saturating_sub(since_1970())).await;
    let here = storm(&t.shop, first, half, a_print).await;
    let other = other.wait_with_output().await.unwrap();
    let said = String::from_utf8(other.stdout).unwrap();
    let there = said.lines().find_map(|line| line.strip_prefix(SAID));
    bought(&here)
        + there
            .unwrap_or_else(|| panic!("{said}"))
            .parse::<i64>()
            .unwrap()
}

/// How many crowds come, one after the other.
fn crowds() -> i64 {
    let named = std::env::var("STARFRONT_TEST_CROWDS").ok();
    named.map_or(1, |n| n.parse().unwrap())
}

/// Ten Stars off for so many orders.
fn code(uses: i64) -> Promo {
    Promo {
        code: "crowd".parse().unwrap(),
        discount: Discount::Stars(Stars(10)),
        uses: Some(uses.unsigned_abs()),
        per_buyer: Some(1),
        starts: None,
        ends: None,
        products: Vec::new(),
    }
}

each_database! {
    async fn a_crowd_never_buys_more_than_there_is(t: TestShop) {
        let (crowds, started) = (crowds(), Instant::now());
        for crowd in 1..=crowds {
            let mut manifest = t.shop.manifest().await.unwrap();
            let print = manifest.products.iter_mut().find(|p| p.code.as_str() == "print");
            print.unwrap().stock = Some(u64::try_from(COPIES * crowd).unwrap());
            t.shop.set_manifest(&manifest).await.unwrap();
            let first = 1 + crowd * BUYERS;
            let sold = match t.engine {
                Engine::Postgres => two_processes(&t, first).await,
                _ => bought(&storm(&t.shop, first, BUYERS, a_print).await),
            };
            assert_eq!(sold, COPIES, "crowd {crowd}");
            let granted = t.count("SELECT COUNT(*) FROM charge WHERE state = 'granted'").await;
            assert_eq!(granted, COPIES * crowd);
            assert_eq!(t.count("SELECT COUNT(*) FROM charge").await, granted, "nothing went back");
        }
        t.assert_sound().await;
        println!("\nfigure: {:?}, crowds of {BUYERS} for {COPIES} copies: {crowds}", t.engine);
        println!("figure: {:?}, copies sold twice or too many: 0 of {}", t.engine, COPIES * crowds);
        println!("figure: {:?}, seconds: {:.1}", t.engine, started.elapsed().as_secs_f64());
    }

    async fn a_crowd_never_uses_a_code_too_often(t: TestShop) {
        let (crowds, started) = (crowds(), Instant::now());
        let other = match t.engine {
            Engine::Postgres => Shop::open(&t.url, &t.folder.0.join("files")).await.unwrap(),
            _ => t.shop.clone(),
        };
        for crowd in 1..=crowds {
            let manifest = t.shop.manifest().await.unwrap();
            let promos = vec![code(USES * crowd)];
            t.shop.set_manifest(&Manifest { promos, ..manifest }).await.unwrap();
            let (first, half) = (1 + crowd * BUYERS, BUYERS / 2);
            let (here, there) = tokio::join!(
                storm(&t.shop, first, half, with_code),
                storm(&other, first + half, half, with_code)
            );
            assert_eq!(bought(&here) + bought(&there), USES, "crowd {crowd}");
            for used in ["SELECT taken FROM promo", "SELECT COUNT(*) FROM promo_use"] {
                assert_eq!(t.count(used).await, USES * crowd, "{used}");
            }
            assert_eq!(t.count("SELECT SUM(amount) FROM charge").await, 40 * USES * crowd);
        }
        t.assert_sound().await;
        assert_eq!(t.shop.broken_rules().await.unwrap(), []);
        println!("\nfigure: {:?}, crowds of {BUYERS} for {USES} uses of a promo code: {crowds}", t.engine);
        println!("figure: {:?}, uses too many: 0 of {}", t.engine, USES * crowds);
        println!("figure: {:?}, seconds with the code: {:.1}", t.engine, started.elapsed().as_secs_f64());
    }
}
