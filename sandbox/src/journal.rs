//! The last Bot API calls and webhook deliveries, for the inspector and for tests.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::event::Event;
use crate::limits::{JOURNAL_BYTES, JOURNAL_ENTRIES};
use crate::state::State;

/// Which way a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The bot called the Bot API.
    Api,
    /// The sandbox called the bot's webhook.
    Webhook,
}

/// One journalled exchange. Tokens are taken out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Call {
    /// Counts up from 1; `GET /api/calls?after=` continues from here.
    pub id: u64,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// Which way.
    pub direction: Direction,
    /// Which bot.
    pub bot_id: i64,
    /// The method, or the kind of update.
    pub method: String,
    /// Parameters, or the update.
    #[schema(value_type = Object)]
    pub request: Value,
    /// HTTP status; 0 when there was none.
    pub status: u16,
    /// The answer.
    #[schema(value_type = Object)]
    pub response: Value,
    /// How long it took, milliseconds.
    pub duration_ms: u64,
}

/// A bounded list of calls, newest last.
#[derive(Debug, Default)]
pub struct Journal {
    calls: VecDeque<Call>,
    last_id: u64,
}

impl Journal {
    /// How many calls there were, forgotten ones included.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.last_id
    }

    /// Adds a call, numbers it, takes out `token` and cuts what is too long.
    pub fn add(&mut self, call: Call, token: &str) {
        self.last_id += 1;
        if self.calls.len() == JOURNAL_ENTRIES {
            self.calls.pop_front();
        }
        self.calls.push_back(Call {
            id: self.last_id,
            request: tidy(call.request, token),
            response: tidy(call.response, token),
            ..call
        });
    }

    /// The latest call.
    #[must_use]
    pub fn last(&self) -> Option<&Call> {
        self.calls.back()
    }

    /// The calls with an id above `after`, oldest first.
    #[must_use]
    pub fn after(&self, after: u64) -> Vec<Call> {
        self.calls
            .iter()
            .filter(|call| call.id > after)
            .cloned()
            .collect()
    }
}

impl State {
    /// Journals a call of a known bot and tells the window.
    pub fn note_call(&mut self, call: Call) {
        let Some(bot) = self.world.bots.get(&call.bot_id) else {
            return;
        };
        self.journal.add(call, bot.token.as_str());
        if let Some(call) = self.journal.last().filter(|_| self.is_watched()) {
            self.tell(Event::Call { call: call.clone() });
        }
    }
}

/// Redacts the token and replaces an oversized value by its beginning.
fn tidy(value: Value, token: &str) -> Value {
    let mut text = value.to_string();
    let is_secret = text.contains(token);
    if is_secret {
        text = text.replace(token, "<token>");
    }
    if text.len() > JOURNAL_BYTES {
        let end = (0..=JOURNAL_BYTES)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        return Value::String(format!("{}…", &text[..end]));
    }
    if is_secret {
        return serde_json::from_str(&text).unwrap_or(Value::Null);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn call(request: Value) -> Call {
        Call {
            id: 0,
            at_ms: 0,
            direction: Direction::Api,
            bot_id: 42,
            method: "getMe".into(),
            request,
            status: 200,
            response: Value::Null,
            duration_ms: 0,
        }
    }

    #[test]
    fn tokens_leave_and_the_list_is_bounded() {
        let mut journal = Journal::default();
        journal.add(call(json!({ "url": "http://x/42:TEST" })), "42:TEST");
        let kept = journal.last().unwrap();
        assert_eq!(kept.request, json!({ "url": "http://x/<token>" }));
        for _ in 0..JOURNAL_ENTRIES {
            journal.add(call(json!({})), "42:TEST");
        }
        assert_eq!(journal.after(0).len(), JOURNAL_ENTRIES);
        assert_eq!(journal.after(0)[0].id, 2);
    }
}
