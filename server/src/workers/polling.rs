//! Asks Telegram for updates, for shops without a public address.

use std::time::Duration;

use serde_json::Value;
use telegram::{ApiError, Client, Update, UpdateKind};
use tokio::time::timeout;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    bot::Bot,
    intake::Intake,
    limits::{DATABASE_PATIENCE, POLL_BATCH, POLL_SECONDS, RETRY_FIRST, RETRY_MOST},
};

/// The polling worker. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Polling {
    telegram: Client,
    intake: Intake,
    bot: Bot,
    tasks: TaskTracker,
}

impl Polling {
    /// For this bot. Pre-checkouts are answered in tasks of their own, which are tracked.
    pub(crate) fn new(telegram: Client, intake: Intake, bot: Bot, tasks: TaskTracker) -> Self {
        Self {
            telegram,
            intake,
            bot,
            tasks,
        }
    }

    /// Polls until told to stop. The next offset, which is the receipt, is only sent once the
    /// updates before it are safely stored.
    pub(crate) async fn run(self, stop: CancellationToken) {
        // getUpdates is refused until the set-up has taken an old webhook away.
        tokio::select! {
            () = stop.cancelled() => return,
            () = self.bot.wait_until_set_up() => {}
        }
        let mut offset = None;
        let mut wait = RETRY_FIRST;
        loop {
            let answer = tokio::select! {
                () = stop.cancelled() => return,
                answer = self.fetch(offset) => answer,
            };
            let pause = match answer {
                Ok(updates) => {
                    wait = RETRY_FIRST;
                    // What is given up here was not receipted, and comes again.
                    let stored = timeout(DATABASE_PATIENCE, self.take_in(updates, &mut offset));
                    let all_stored = stored.await.unwrap_or(false);
                    if all_stored { Duration::ZERO } else { wait }
                }
                Err(error) => {
                    tracing::warn!(error.code = error.code(), "updates could not be fetched");
                    if matches!(error, ApiError::Conflict { .. }) {
                        // Another poll, or a webhook: the latter can be taken away again.
                        self.bot.doubt_updates();
                    }
                    let asked = match error {
                        ApiError::RetryAfter { seconds } => Duration::from_secs(seconds),
                        _ => wait,
                    };
                    wait = (wait * 2).min(RETRY_MOST);
                    asked
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn fetch(&self, offset: Option<i64>) -> Result<Vec<Value>, ApiError> {
        let kinds = &telegram::ALLOWED_UPDATES;
        self.telegram
            .get_updates(offset, POLL_BATCH, POLL_SECONDS, kinds)
            .await
    }

    /// Takes updates in, in order; stops at the first that cannot be stored, so that it comes
    /// again. Says whether all were stored and can be receipted, and moves the offset behind those
    /// that were. It is none after an empty answer: numbers start anew after a quiet week.
    async fn take_in(&self, updates: Vec<Value>, offset: &mut Option<i64>) -> bool {
        *offset = None;
        let (mut numbered, mut unnumbered) = (Vec::new(), Vec::new());
        for raw in updates {
            match Update::from_value(raw.clone()) {
                Ok(update) => numbered.push(update),
                Err(_) => unnumbered.push(raw),
            }
        }
        for raw in &unnumbered {
            if let Err(error) = self
                .intake
                .keep_unnumbered(raw.to_string().as_bytes())
                .await
            {
                tracing::error!(error.code = error.code(), "an update was not stored");
                return false;
            }
        }
        let (queries, rest): (Vec<Update>, Vec<Update>) = numbered
            .into_iter()
            .partition(|update| matches!(update.kind, UpdateKind::PreCheckoutQuery(_)));
        let last_query = queries.last().map(|query| query.update_id);
        for query in queries {
            let intake = self.intake.clone();
            self.tasks.spawn(async move {
                if let Err(error) = intake.take_in(&query).await {
                    tracing::error!(error.code = error.code(), "a pre-checkout was not answered");
                }
            });
        }
        for update in rest {
            if let Err(error) = self.intake.take_in(&update).await {
                tracing::error!(error.code = error.code(), "an update was not stored");
                return false;
            }
            *offset = Some(update.update_id + 1);
        }
        *offset = last_query.map(|id| id + 1).max(*offset);
        // What has no number has no receipt of its own: alone, it comes again at once.
        unnumbered.is_empty() || offset.is_some()
    }
}
