//! A month in the life of a shop, made from one number: buyers, the seller, stores, Telegram and
//! the clock do what they like, updates get lost, late and doubled, steps are stopped midway, and
//! calls succeed whose answers nobody hears. A simple model hears what the shop hears, and says
//! who has what at any moment, and how each charge and order ends.
//!
//! `STARFRONT_TEST_SEEDS` lives so many months on SQLite, from `STARFRONT_TEST_FIRST_SEED` on, and
//! `STARFRONT_TEST_SEED` one again. `cargo xtask test` lives 2 000.
//! All is made from the seed but the ids of orders and the very statement at which a step dies, which
//! depends on how threads meet.

mod catalogue;
mod ends;
mod model;
mod month;
mod opening;
mod renewals;
mod tally;
mod telegram;
mod work;

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Mutex,
    thread,
    time::Instant,
};

use month::{Month, STEPS};
use tally::{KINDS, Tally};

use crate::support::{Engine, each_database};

/// Months where no number is named, as in `cargo test`: some seconds of a debug build.
const MONTHS: u64 = 40;

/// Months on PostgreSQL, which makes a schema of its own for each.
const MONTHS_POSTGRES: u64 = 2;

/// From so many months on, everything must have happened.
const ENOUGH: u64 = 1_000;

/// Months that are lived on a core at once: one waits while the other works. The database's threads
/// stay on the core of the month that they serve, since waking one on another core costs more than
/// what it does there.
const THREADS_PER_CORE: usize = 2;

/// Months that fail before a run gives up.
const FAILURES_MOST: usize = 20;

/// Months between two lines of progress.
const PROGRESS: u64 = 100;

/// Steps between two looks at everybody's rights.
const STEPS_UNCHECKED: u32 = 10;

/// Lives one month and checks it on the way and at its end.
async fn live(engine: Engine, seed: u64) -> Tally {
    let mut month = Month::begin(engine, seed).await;
    for step in 1..=STEPS {
        month.step().await;
        if step % STEPS_UNCHECKED == 0 {
            month.check_rights().await;
        }
    }
    month.t.assert_sound().await;
    month.come_to_rest().await;
    month.check_ends().await;
    month.shop.close().await;
    month.tally
}

/// The months that are still to be lived, and what came of the others.
struct Run {
    engine: Engine,
    seeds: Range<u64>,
    next: u64,
    started: Instant,
    tally: Tally,
    failed: Vec<u64>,
}

impl Run {
    fn take(&mut self) -> Option<u64> {
        if self.next >= self.seeds.end || self.failed.len() >= FAILURES_MOST {
            return None;
        }
        self.next += 1;
        let lived = self.next - self.seeds.start;
        if lived.is_multiple_of(PROGRESS) {
            let rate = lived as f64 / self.started.elapsed().as_secs_f64();
            let (next, end) = (self.next, self.seeds.end);
            println!("seed {next} of {end}, {rate:.1} a second");
        }
        Some(self.next - 1)
    }

    fn ended(&mut self, seed: u64, lived: Option<Tally>) {
        match lived {
            Some(tally) => self.tally.add(&tally),
            None => {
                self.failed.push(seed);
                eprintln!(
                    "seed {seed} fails; live it again by\n    \
                     STARFRONT_TEST_SEED={seed} cargo test -p shop --test contract simulation::a_month::sqlite"
                );
            }
        }
    }
}

/// Some threads for each core, each with months of its own.
fn live_all(engine: Engine, seeds: Range<u64>) -> Run {
    let next = seeds.start;
    let run = Mutex::new(Run {
        engine,
        seeds,
        next,
        started: Instant::now(),
        tally: Tally::default(),
        failed: Vec::new(),
    });
    let cores = core_affinity::get_core_ids().unwrap_or_default();
    let places = cores.iter().map(Some).cycle();
    let threads = THREADS_PER_CORE * cores.len().max(1);
    thread::scope(|scope| {
        for core in places.chain([None]).take(threads) {
            let run = &run;
            scope.spawn(move || {
                if let Some(core) = core {
                    core_affinity::set_for_current(*core);
                }
                live_on(engine, run);
            });
        }
    });
    run.into_inner().unwrap()
}

/// Months one after the other, until there are no more.
fn live_on(engine: Engine, run: &Mutex<Run>) {
    loop {
        let Some(seed) = run.lock().unwrap().take() else {
            return;
        };
        let lived = catch_unwind(AssertUnwindSafe(|| {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().unwrap();
            runtime.block_on(live(engine, seed))
        }));
        run.lock().unwrap().ended(seed, lived.ok());
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|n| n.parse().unwrap())
}

each_database! {
    async fn a_month(t: TestShop) {
        let first = number("STARFRONT_TEST_FIRST_SEED").unwrap_or(0);
        let months = number("STARFRONT_TEST_SEEDS").unwrap_or(MONTHS);
        let seeds = match (number("STARFRONT_TEST_SEED"), t.engine) {
            (Some(seed), _) => seed..seed + 1,
            (None, Engine::Postgres) => first..first + MONTHS_POSTGRES,
            (None, _) => first..first + months,
        };
        let count = seeds.end - seeds.start;
        let engine = t.engine;
        let run = tokio::task::spawn_blocking(move || live_all(engine, seeds)).await.unwrap();
        let seconds = run.started.elapsed().as_secs_f64();
        println!();
        for kind in KINDS {
            println!("figure: {:?}, {kind}: {}", run.engine, run.tally.0.get(kind).unwrap_or(&0));
        }
        let (lived, wrong) = (run.next - run.seeds.start, run.failed.len());
        println!("figure: {engine:?}, months lived from seed {first} on: {lived}");
        println!("figure: {engine:?}, months that end otherwise than the model says: {wrong}");
        println!("figure: {engine:?}, months a second: {:.2}", lived as f64 / seconds);
        assert!(run.failed.is_empty(), "months that fail: {:?}", run.failed);
        if count >= ENOUGH {
            let missing = run.tally.missing();
            assert!(missing.is_empty(), "never happened: {missing:?}");
        }
    }
}
