//! Pre-checkout queries: the bot's last word before Stars move.

use serde_json::json;
use tokio::sync::oneshot;

use crate::api_error::{ApiError, ApiResult};
use crate::invoice::Invoice;
use crate::limits::PRECHECKOUT_MS;
use crate::state::State;
use crate::update::Queue;

/// What the bot answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Approved,
    /// Stop, and show this to the buyer.
    Refused(String),
}

/// A query that waits for its answer.
#[derive(Debug)]
pub struct PreCheckout {
    /// The bot that was asked.
    pub bot_id: i64,
    /// Answers after this come too late, milliseconds.
    pub deadline_ms: i64,
    answer: oneshot::Sender<Verdict>,
}

/// A query that was asked, as the payment sees it.
#[derive(Debug)]
pub struct Asked {
    /// The query's id.
    pub id: i64,
    /// When it is too late, milliseconds.
    pub deadline_ms: i64,
    /// Brings the answer.
    pub answer: oneshot::Receiver<Verdict>,
}

impl State {
    /// Asks the bot whether it will take the payment.
    pub fn ask_precheckout(&mut self, user_id: i64, invoice: &Invoice) -> Asked {
        let id = self.ids.number();
        let deadline_ms = self.now_ms() + PRECHECKOUT_MS;
        let (sender, answer) = oneshot::channel();
        let waiting = PreCheckout {
            bot_id: invoice.bot_id,
            deadline_ms,
            answer: sender,
        };
        self.prechecks.insert(id, waiting);
        let from = self.account(user_id).map(|account| account.user.to_api());
        // source: tdlib/telegram-bot-api Client.cpp `JsonPreCheckoutQuery`
        let query = json!({
            "id": id.to_string(),
            "from": from,
            "currency": "XTR",
            "total_amount": invoice.amount,
            "invoice_payload": invoice.payload,
        });
        let queue = Queue::PreCheckout(user_id);
        self.push_update(invoice.bot_id, "pre_checkout_query", query, queue);
        Asked {
            id,
            deadline_ms,
            answer,
        }
    }

    /// Takes the bot's answer.
    ///
    /// # Errors
    /// 400 when the query is unknown, another bot's, answered already, or too old.
    pub fn answer_precheckout(&mut self, bot_id: i64, id: i64, verdict: Verdict) -> ApiResult<()> {
        // source: tdlib/telegram-bot-api Client.cpp, QUERY_ID_INVALID
        let too_late = || {
            ApiError::bad("query is too old and response timeout expired or query ID is invalid")
        };
        let now_ms = self.now_ms();
        let in_time =
            |waiting: &PreCheckout| waiting.bot_id == bot_id && now_ms < waiting.deadline_ms;
        if !self.prechecks.get(&id).is_some_and(in_time) {
            return Err(too_late());
        }
        let waiting = self.prechecks.remove(&id).ok_or_else(too_late)?;
        waiting.answer.send(verdict).map_err(|_| too_late())?;
        self.ending += 1;
        Ok(())
    }
}
