//! What the shop promises, on each database that it runs on. Tests are named after the invariants
//! that they hold; one suite runs on SQLite always and on PostgreSQL where
//! `STARFRONT_TEST_POSTGRES_URL` names a server.

// A test that fails has nothing to say but where; a proof prints its figures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod support;

mod atomic;
mod beginnings;
mod bringing_in;
mod catalogue;
mod catalogue_file;
mod comebacks;
mod contention;
mod copies;
mod crowd;
mod database;
mod meetings;
mod parked;
mod payments;
mod promos;
mod purchase;
mod puzzles;
mod queues;
mod reconcile;
mod renewals;
mod silence;
mod simulation;
mod stories;
mod subscriptions;
mod trouble;
mod walk;

/// Simulated months make and drop millions of small things on several threads: a fifth of their time
/// went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
