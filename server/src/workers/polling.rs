//! Asks Telegram for updates, for shops without a public address.

use std::time::Duration;

use serde_json::Value;
use telegram::{ApiError, Client, Update};
use tokio_util::sync::CancellationToken;

use crate::{
    bot::Bot,
    intake::Intake,
    limits::{POLL_SECONDS, SETUP_RETRY_MOST},
};

/// Updates asked for at once: Telegram's most.
const BATCH: u32 = 100;

/// The polling worker.
pub struct Polling {
    telegram: Client,
    intake: Intake,
    bot: Bot,
}

impl Polling {
    /// For this bot.
    pub fn new(telegram: Client, intake: Intake, bot: Bot) -> Self {
        Self {
            telegram,
            intake,
            bot,
        }
    }

    /// Polls until told to stop. The next offset, which is the receipt, is only sent once the
    /// updates before it are safely stored.
    pub async fn run(self, stop: CancellationToken) {
        let mut offset = None;
        let mut wait = Duration::from_secs(1);
        while !stop.is_cancelled() {
            if !self.bot.is_set_up() {
                // getUpdates is refused until the set-up has taken an old webhook away.
                pause(&stop, Duration::from_millis(200)).await;
                continue;
            }
            let answer = tokio::select! {
                () = stop.cancelled() => return,
                answer = self.telegram.get_updates(offset, BATCH, POLL_SECONDS, &telegram::ALLOWED_UPDATES) => answer,
            };
            match answer {
                Ok(updates) => {
                    offset = self.take_in(updates, offset).await;
                    wait = Duration::from_secs(1);
                }
                Err(error) => {
                    tracing::warn!(error.code = error.code(), "updates could not be fetched");
                    let asked = match error {
                        ApiError::RetryAfter { seconds } => Duration::from_secs(seconds),
                        _ => wait,
                    };
                    pause(&stop, asked).await;
                    wait = (wait * 2).min(SETUP_RETRY_MOST);
                }
            }
        }
    }

    /// Takes updates in, in order; stops at the first that cannot be stored, so that it comes
    /// again.
    async fn take_in(&self, updates: Vec<Value>, mut offset: Option<i64>) -> Option<i64> {
        for raw in updates {
            // Telegram numbers all updates; without a number nothing can be told apart or told off.
            let Ok(update) = Update::from_value(raw) else {
                tracing::error!("an update without a number was left out");
                continue;
            };
            if let Err(error) = self.intake.take_in_parsed(&update).await {
                tracing::error!(error.code = error.code(), "an update was not stored");
                tokio::time::sleep(Duration::from_secs(1)).await;
                return offset;
            }
            offset = Some(update.update_id + 1);
        }
        offset
    }
}

async fn pause(stop: &CancellationToken, time: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(time) => {}
    }
}
