//! Work that a moment on the sandbox's clock begins and that then waits for a bot.

use crate::outcome::Outcome;
use crate::payment::{self, Wish};
use crate::precheck::Verdict;
use crate::sandbox::Shared;
use crate::state::State;
use tokio::sync::mpsc;

/// Something that has to wait for a bot's answer.
#[derive(Debug)]
pub enum Job {
    /// Asks the bot about a renewal, and renews on a yes.
    Renewal {
        /// Charge id of the subscription's first payment.
        id: String,
    },
    /// A buyer pays an invoice.
    Purchase {
        /// The invoice.
        slug: String,
        /// The buyer.
        user_id: i64,
        /// How it is to go; without it, the faults decide.
        outcome: Option<Outcome>,
    },
}

impl State {
    /// Hands a job to the one who does them.
    pub fn start(&mut self, job: Job) {
        if self.jobs.send(job).is_ok() {
            self.starting += 1;
        }
    }
}

/// Does jobs as they come, side by side, until the sandbox stops.
pub async fn run(sandbox: Shared, mut jobs: mpsc::UnboundedReceiver<Job>) {
    loop {
        let job = tokio::select! {
            job = jobs.recv() => job,
            () = sandbox.stop.cancelled() => None,
        };
        let Some(job) = job else { return };
        match job {
            Job::Renewal { id } => {
                let asked = {
                    let mut state = sandbox.state();
                    state.starting -= 1;
                    let found = state.subscriptions.get(&id).cloned();
                    found.map(|found| state.ask_precheckout(found.user_id, &found.invoice))
                };
                let Some(asked) = asked else { continue };
                let sandbox = sandbox.clone();
                tokio::spawn(async move {
                    let (mut state, verdict) = payment::verdict(&sandbox, asked).await;
                    state.end_asking(&id, verdict == Some(Verdict::Approved));
                });
            }
            Job::Purchase {
                slug,
                user_id,
                outcome,
            } => {
                let wish = outcome.map(|outcome| Wish {
                    outcome,
                    ..Wish::default()
                });
                let begun = payment::begin(&sandbox, &slug, user_id, None, wish);
                sandbox.state().starting -= 1;
                match begun {
                    Ok(begun) => {
                        tokio::spawn(payment::end(sandbox.clone(), begun));
                    }
                    Err(why) => tracing::warn!(user_id, %why, "a scripted purchase failed"),
                }
            }
        }
    }
}

/// Does what is due when its time comes, although nobody looks, until the sandbox stops.
pub async fn keep_time(sandbox: Shared) {
    while !sandbox.stop.is_cancelled() {
        let wake = sandbox.raw_state().agenda.wake.clone();
        let mut rung = std::pin::pin!(wake.notified());
        rung.as_mut().enable();
        let next_ms = sandbox.raw_state().agenda.next_ms();
        tokio::select! {
            () = rung => continue,
            () = sandbox.clock.sleep_until(next_ms.unwrap_or(i64::MAX)) => {}
            () = sandbox.stop.cancelled() => return,
        }
        drop(sandbox.state());
    }
}
