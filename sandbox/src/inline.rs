//! Messages that a Mini App sends in the user's name.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::limits::{WEB_APP_QUERY_LONG_SECONDS, WEB_APP_QUERY_SECONDS};
use crate::state::State;

/// A Mini App launch whose bot may answer with a message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WebAppQuery {
    /// The bot of the Mini App.
    pub bot_id: i64,
    /// The user who opened it.
    pub user_id: i64,
    /// It is over from then on unless the client prolongs it, seconds since 1970.
    pub alive_until: i64,
    /// A client has it open: a jump of the clock takes it along.
    pub is_held: bool,
}

impl State {
    /// Seconds that a launch can be answered after its beginning, or the client's last word.
    fn query_seconds(&self) -> i64 {
        if self.choices.query_ids_last_a_day {
            WEB_APP_QUERY_LONG_SECONDS
        } else {
            WEB_APP_QUERY_SECONDS
        }
    }

    /// Notes a launch that the bot may answer. Launches that are over are forgotten here.
    pub fn add_web_app_query(&mut self, id: &str, bot_id: i64, user_id: i64) {
        let now = self.now();
        self.web_app_queries
            .retain(|_, query| query.alive_until > now);
        let query = WebAppQuery {
            bot_id,
            user_id,
            alive_until: now + self.query_seconds(),
            is_held: false,
        };
        self.web_app_queries.insert(id.to_owned(), query);
    }

    /// A launch that can still be answered.
    #[must_use]
    pub fn web_app_query(&self, id: &str) -> Option<&WebAppQuery> {
        let now = self.now();
        let query = self.web_app_queries.get(id);
        query.filter(|query| query.alive_until > now)
    }

    /// The client has the Mini App open still. Says until when it is good now, seconds since 1970,
    /// or nothing when it is over or was answered. Source: core.telegram.org,
    /// messages.prolongWebView.
    pub fn prolong_web_app_query(&mut self, id: &str) -> Option<i64> {
        let alive_until = self.now() + self.query_seconds();
        self.web_app_query(id)?;
        let query = self.web_app_queries.get_mut(id)?;
        (query.alive_until, query.is_held) = (alive_until, true);
        Some(alive_until)
    }

    /// The clock has jumped, which for an open client takes no time: what it held at `from`,
    /// seconds since 1970, it holds still.
    pub fn carry_web_app_queries(&mut self, from: i64) {
        let alive_until = self.now() + self.query_seconds();
        for query in self.web_app_queries.values_mut() {
            if query.is_held && query.alive_until > from {
                query.alive_until = alive_until;
            }
        }
    }
}

/// A message that the user may share from a Mini App.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PreparedMessage {
    /// The bot that prepared it.
    pub bot_id: i64,
    /// The user who may share it.
    pub user_id: i64,
    /// The Bot API's `InlineQueryResult`.
    pub result: Value,
    /// Cannot be shared after this, seconds since 1970.
    pub expires: i64,
    /// Where it may be shared.
    #[serde(default)]
    pub allowed: ChatKinds,
}

/// Kinds of chats. Source: Bot API, `savePreparedInlineMessage`, whose `allow_…` these are.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct ChatKinds {
    /// Private chats with users.
    pub users: bool,
    /// Private chats with bots.
    pub bots: bool,
    /// Groups.
    pub groups: bool,
    /// Channels.
    pub channels: bool,
}

impl ChatKinds {
    /// Whether it may go anywhere at all.
    #[must_use]
    pub fn any(self) -> bool {
        self.users || self.bots || self.groups || self.channels
    }
}
