//! Whoever starts the process again when it is dead.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::world::World;
use crate::support::{Process, Settings, answers};

/// How long a process lives.
#[derive(Debug, Clone, Copy)]
pub enum Life {
    /// So long from its start: it may not come to answer anybody.
    FromStart(Duration),
    /// So long from its first answer.
    FromFirstAnswer(Duration),
    /// Until it dies by itself, or there is no need for it.
    Whole,
}

/// Keeps `starfront serve` running, like a process manager.
pub struct Keeper {
    deaths: Arc<AtomicU32>,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Keeper {
    /// Starts the process with settings for its first life. It has the others' from then on, and
    /// dies in each of them when `lives` says.
    pub fn start(
        world: &Arc<World>,
        first: Settings,
        mut lives: impl FnMut() -> Life + Send + 'static,
    ) -> Self {
        let (deaths, stop) = (Arc::new(AtomicU32::new(0)), CancellationToken::new());
        let (counter, told, world) = (Arc::clone(&deaths), stop.clone(), Arc::clone(world));
        let task = tokio::spawn(async move {
            let mut settings = first;
            loop {
                let mut process = Process::serve(&settings, world.folder.path());
                let life = lives();
                tokio::select! {
                    () = told.cancelled() => return process.kill().await,
                    () = over(&world, life) => process.kill().await,
                    () = process.ended() => {}
                }
                counter.fetch_add(1, Ordering::SeqCst);
                world.let_leases_run_out().await;
                settings = world.settings.clone();
            }
        });
        Self { deaths, stop, task }
    }

    /// How often the process has died.
    pub fn deaths(&self) -> u32 {
        self.deaths.load(Ordering::SeqCst)
    }

    /// Ends it: the last death has nobody after it.
    pub async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

/// Waits for the end of a life.
async fn over(world: &World, life: Life) {
    match life {
        Life::FromStart(time) => tokio::time::sleep(time).await,
        Life::FromFirstAnswer(time) => {
            answers(&world.http, world.url("/healthz")).await;
            tokio::time::sleep(time).await;
        }
        Life::Whole => std::future::pending().await,
    }
}
