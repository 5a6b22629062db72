//! The process is killed at random moments while buyers buy, and started again at once.
//!
//! A test run kills a few times; `STARFRONT_TEST_KILLS` names another number
//! (`cargo xtask bench --only kills`), `STARFRONT_TEST_SEED` the seed of a run to be told again.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::json;
use tokio::task::JoinSet;

use super::{
    customer::{CLUB, Customer, GUIDE, SET},
    keeper::{Keeper, Life},
    world::{Engine, World},
};
use crate::support::patiently;

/// Kills in a test run, on each database.
const KILLS: u32 = 8;

/// Buyers who buy without end. One whose pre-checkout died waits for Telegram's ten seconds.
const BUYERS: u64 = 16;

/// Updates and effects that may wait while buyers buy on: Telegram takes so many messages a second,
/// and more purchases than that would only be told of, in the end, for minutes.
const WAITING_MOST: i64 = 400;

/// Longest life of a process that answers: some buyers have all that they paid for in it, most are
/// caught on the way.
const ANSWERING_MOST: Duration = Duration::from_millis(1_000);

/// Longest life of a process that is killed while it starts.
const STARTING_MOST: Duration = Duration::from_millis(200);

/// Codes to be sold; then the set is sold out.
const CODES: u32 = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_survives_random_kills() {
    be_killed(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_survives_random_kills() {
    be_killed(Engine::Postgres).await;
}

async fn be_killed(engine: Engine) {
    let Some(world) = World::make(engine, "polling").await else {
        return;
    };
    let world = Arc::new(world);
    let (kills, seed) = (
        named("KILLS").map_or(KILLS, |n| n as u32),
        named("SEED").unwrap_or(1),
    );
    open_shop(&world).await;
    let started = Instant::now();
    let enough = Arc::new(AtomicBool::new(false));
    let keeper = Keeper::start(&world, world.settings.clone(), lives(kills, seed, &enough));
    let mut buyers = JoinSet::new();
    for number in 0..BUYERS {
        let dice = StdRng::seed_from_u64(seed ^ (number << 32));
        let (world, enough) = (Arc::clone(&world), Arc::clone(&enough));
        buyers.spawn(async move { buy_on(&world, dice, &enough).await });
    }
    buyers.join_all().await;
    let took = started.elapsed().as_secs_f64();
    world.sandbox.faults(&json!({})).await;
    patiently("the rest", || async {
        world.let_waits_end().await;
        world.is_at_rest().await.then_some(())
    })
    .await;
    let deaths = keeper.deaths();
    keeper.stop().await;
    let (granted, back) = world.check_books().await;
    let rate = f64::from(deaths) / took;
    println!("\nfigure: {engine:?}, kills survived: {deaths} (seed {seed})");
    println!("figure: {engine:?}, kills a second: {rate:.2}");
    println!("figure: {engine:?}, charges granted and given back: {granted} and {back}");
    println!("figure: {engine:?}, charges without an end, doubled or not booked: 0");
    assert!(deaths >= kills && granted + back > 0);
}

/// Fills the shop, and sets what goes wrong at Telegram meanwhile.
pub async fn open_shop(world: &World) {
    let keys: String = (0..CODES).map(|n| format!("MOTH-{n:04}-LAMP\n")).collect();
    world.folder.write("catalogue/keys.txt", keys);
    let import = ["catalog", "import", "catalogue/shop.toml"];
    let done = world
        .settings
        .command(world.folder.path(), &import)
        .output()
        .await;
    assert!(done.unwrap().status.success());
    let faults = json!({"methods": [
        {"method": "refundStarPayment", "cut": true, "executed": true, "count": 40},
        {"method": "sendDocument", "error_code": 502, "count": 40},
    ]});
    world.sandbox.faults(&faults).await;
}

/// How long each life is: one in four ends while the process starts, and the one after the last
/// kill has no end.
fn lives(kills: u32, seed: u64, enough: &Arc<AtomicBool>) -> impl FnMut() -> Life + Send + 'static {
    let (mut dice, mut left, enough) = (StdRng::seed_from_u64(seed), kills, Arc::clone(enough));
    move || {
        if left == 0 {
            enough.store(true, Ordering::SeqCst);
            return Life::Whole;
        }
        left -= 1;
        let mut within = |most| dice.random_range(Duration::ZERO..most);
        if left % 4 == 0 {
            Life::FromStart(within(STARTING_MOST))
        } else {
            Life::FromFirstAnswer(within(ANSWERING_MOST))
        }
    }
}

/// Buys this and that until there were enough kills. Updates get lost, doubled and late; some
/// invoices are paid twice, some charges taken back by the store.
async fn buy_on(world: &Arc<World>, mut dice: StdRng, enough: &AtomicBool) {
    const OUTCOMES: [&str; 6] = [
        "normal",
        "normal",
        "normal",
        "lost_update",
        "double_update",
        "late",
    ];
    while !enough.load(Ordering::SeqCst) {
        if world.waiting().await > WAITING_MOST {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        }
        let customer = Customer::arrive(world, 1_000).await;
        let wish = [GUIDE, SET, CLUB][dice.random_range(0..3)];
        let Some(opened) = customer.order(wish).await else {
            continue;
        };
        let outcome = OUTCOMES[dice.random_range(0..OUTCOMES.len())];
        let charge = customer.pay(&opened.invoice_link, outcome).await;
        if dice.random_range(0..4) == 0 {
            let _ = customer.pay(&opened.invoice_link, "normal").await;
        }
        let Some(charge) = charge else {
            continue;
        };
        if dice.random_range(0..8) == 0 {
            // Refused where it went back before.
            world.sandbox.try_charge_back(&charge).await;
        }
    }
}

/// A number that the environment names.
fn named(what: &str) -> Option<u64> {
    std::env::var(format!("STARFRONT_TEST_{what}"))
        .ok()?
        .parse()
        .ok()
}
