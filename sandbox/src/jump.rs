//! Moving the clock forward in order: the way leads over every moment at which
//! something happens, and at each the bots get time to take in what happened.

use std::time::Instant;

use crate::event::Event;
use crate::limits::{CLOCK_LOOK, CLOCK_PATIENCE, CLOCK_PATIENCE_MAX, RETRY_GRID_MS};
use crate::sandbox::Shared;
use crate::state::State;

/// Moves the clock by `seconds`. Deeds, late updates and retries happen at their own
/// time, one after the other. Before time goes on, each bot that listens may take its
/// updates and answer its pre-checkout queries; a bot that is silent for longer than
/// [`CLOCK_PATIENCE`] is not waited for.
pub async fn advance(sandbox: &Shared, seconds: u64) {
    let _turn = sandbox.jump.lock().await;
    let step_ms = i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX);
    let mut at_ms = sandbox.clock.now_ms();
    let begun = at_ms / 1000;
    let target_ms = at_ms.saturating_add(step_ms);
    loop {
        let stop_ms = sandbox.state().next_stop(at_ms, target_ms);
        settle(sandbox, stop_ms).await;
        // What was done meanwhile may have planned something sooner.
        let stop_ms = stop_ms.min(sandbox.state().next_stop(at_ms, target_ms));
        sandbox.clock.skip(stop_ms - at_ms);
        at_ms = stop_ms;
        sandbox.state().wake_bots();
        if at_ms >= target_ms || sandbox.stop.is_cancelled() {
            break;
        }
    }
    settle(sandbox, target_ms).await;
    sandbox.state().carry_web_app_queries(begun);
    let now = sandbox.clock.now();
    sandbox.state().tell(Event::Time { now });
}

/// Waits until no bot has anything to do before `stop_ms`, with patience for whoever calls or
/// takes something in.
async fn settle(sandbox: &Shared, stop_ms: i64) {
    let begun = Instant::now();
    let (mut heard, mut heard_at) = (0, begun);
    while begun.elapsed() < CLOCK_PATIENCE_MAX {
        {
            let state = sandbox.state();
            if !state.is_busy(stop_ms) {
                return;
            }
            let calls = state.journal.count();
            if calls != heard {
                (heard, heard_at) = (calls, Instant::now());
            }
        }
        if heard_at.elapsed() >= CLOCK_PATIENCE {
            return;
        }
        tokio::time::sleep(CLOCK_LOOK).await;
    }
}

impl State {
    /// The next moment after `at_ms` at which something happens, at most `target_ms`.
    fn next_stop(&self, at_ms: i64, target_ms: i64) -> i64 {
        let deed = self.agenda.next_ms();
        let listening = self.bots.values().filter(|bot| bot.is_listening());
        let updates = listening.flat_map(|bot| {
            let retry = bot.updates.next_retry(at_ms);
            let on_grid = retry.map(|ms| ms.div_euclid(RETRY_GRID_MS) * RETRY_GRID_MS);
            let late = bot.updates.next_late(at_ms);
            [on_grid.map(|ms| ms + RETRY_GRID_MS), late]
        });
        updates
            .chain([deed])
            .flatten()
            .filter(|ms| *ms > at_ms)
            .fold(target_ms, i64::min)
    }

    /// Whether a bot has something to take in before `stop_ms`.
    fn is_busy(&self, stop_ms: i64) -> bool {
        let now_ms = self.now_ms();
        self.starting + self.ending > 0
            || self
                .prechecks
                .values()
                .any(|asked| asked.deadline_ms <= stop_ms)
            || self.bots.values().any(|bot| bot.is_busy(now_ms))
    }

    /// Rings every bot's bell: some of its updates may be ready by now.
    fn wake_bots(&self) {
        for bot in self.bots.values() {
            bot.wake.notify_waiters();
        }
    }
}
