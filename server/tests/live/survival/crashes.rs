//! The process dies at every place of a story in turn.
//!
//! The places are counted and not written down: around each statement, commit, Bot API call and
//! update of a run that nobody disturbs (`server/src/crash_points.rs`). A test run takes some of
//! them; `STARFRONT_TEST_CRASHES=all` takes all (`cargo xtask bench --only crashes`). Shipped builds
//! have no places to die at, so that the tests are of debug builds alone.

#![cfg(debug_assertions)]

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::AssertUnwindSafe,
    time::Instant,
};

use futures::{FutureExt, StreamExt, stream};

use super::{story::Story, world::Engine};

/// Stories told at once: most of their time is waiting.
const AT_ONCE: usize = 4;

/// How often one place counts: what comes more often is work that repeats itself, such as a look
/// for due rows every second.
const REPEATS: usize = 3;

/// In a test run, one place in so many.
const SAMPLE: usize = 30;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_survives_a_death_at_every_place() {
    die_everywhere(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_survives_a_death_at_every_place() {
    die_everywhere(Engine::Postgres).await;
}

async fn die_everywhere(engine: Engine) {
    let Some(undisturbed) = Story::begin(engine, "webhook", None).await else {
        return;
    };
    let started = Instant::now();
    let (places, _) = undisturbed.tell().await;
    let places = chosen(&places);
    let all = std::env::var("STARFRONT_TEST_CRASHES").is_ok_and(|wanted| wanted == "all");
    let step = if all { 1 } else { SAMPLE };
    let taken = places
        .iter()
        .skip(usize::from(!all) * SAMPLE / 2)
        .step_by(step);
    let cases = stream::iter(taken.cloned()).map(|place| async move {
        let case = AssertUnwindSafe(die_at(engine, &place))
            .catch_unwind()
            .await;
        (place, case.ok())
    });
    let ends: Vec<_> = cases.buffer_unordered(AT_ONCE).collect().await;
    let lost: Vec<_> = ends.iter().filter(|(_, end)| end.is_none()).collect();
    let missed = ends.iter().filter(|(_, end)| *end == Some(false)).count();
    report(engine, &places, &ends, missed, started);
    assert!(lost.is_empty(), "not survived: {lost:?}");
    assert!(ends.len() > missed, "nothing ever died");
}

/// Tells the story with a death at this place. Whether it was reached: two runs differ a little.
async fn die_at(engine: Engine, place: &str) -> bool {
    let story = Story::begin(engine, "webhook", Some(place)).await;
    story.expect("the database was there before").tell().await.1
}

/// The places to die at, out of all that were reached: those that leave something behind.
fn chosen(places: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut chosen = BTreeSet::new();
    for line in places {
        // The process and the place.
        let Some((_, place)) = line.split_once(' ') else {
            continue;
        };
        let Some((name, _)) = place.rsplit_once('#') else {
            continue;
        };
        let count = counts.entry(name).or_default();
        if leaves_something(name) && *count < REPEATS && chosen.insert(place.to_owned()) {
            *count += 1;
        }
    }
    chosen.into_iter().collect()
}

/// Statements that only read leave nothing, and both sides of a commit are places anyway.
fn leaves_something(name: &str) -> bool {
    !["SELECT", "COMMIT", "SET ", "PRAGMA"]
        .iter()
        .any(|start| name.starts_with(start))
}

/// One `what: figure` a line, for the table of figures.
fn report(
    engine: Engine,
    places: &[String],
    ends: &[(String, Option<bool>)],
    missed: usize,
    started: Instant,
) {
    let survived = ends.iter().filter(|(_, end)| *end == Some(true)).count();
    let reached = ends.len() - missed;
    let known = places.len();
    let seconds = started.elapsed().as_secs_f64();
    println!("\nfigure: {engine:?}, deaths survived: {survived} of {reached}");
    println!("figure: {engine:?}, places, and not met again: {known}, {missed}");
    println!("figure: {engine:?}, seconds: {seconds:.0}");
}
