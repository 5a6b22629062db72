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
use crate::support::{Process, Settings};

/// Keeps `starfront serve` running, like a process manager.
pub struct Keeper {
    deaths: Arc<AtomicU32>,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Keeper {
    /// Starts the process with settings for its first life. It has the others' from then on, and
    /// dies in each of them after as long as `lives` says, if it says so.
    pub fn start(
        world: &Arc<World>,
        first: Settings,
        mut lives: impl FnMut() -> Option<Duration> + Send + 'static,
    ) -> Self {
        let (deaths, stop) = (Arc::new(AtomicU32::new(0)), CancellationToken::new());
        let (counter, told, world) = (Arc::clone(&deaths), stop.clone(), Arc::clone(world));
        let task = tokio::spawn(async move {
            let mut settings = first;
            loop {
                let mut process = Process::serve(&settings, world.folder.path());
                let life = lives().unwrap_or(Duration::MAX);
                tokio::select! {
                    () = told.cancelled() => return process.kill().await,
                    () = tokio::time::sleep(life) => process.kill().await,
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
