//! Invite links.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api_error::{ApiError, ApiResult};
use crate::community::{Community, Kind};
use crate::limits::{
    LINK_MEMBERS_MAX, LINK_NAME_CHARS, SUBSCRIPTION_PERIOD, SUBSCRIPTION_PRICE_MAX,
};
use crate::params::Params;

/// An invite link of a bot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Address.
    pub url: String,
    /// Name, for administrators.
    pub name: String,
    /// Works until then, seconds since 1970; 0 for ever.
    pub expire_date: i64,
    /// How many may be in by it at a time; 0 for no limit.
    pub member_limit: i64,
    /// Whoever uses it has to be let in.
    pub creates_join_request: bool,
    /// It is the bot's main link.
    pub is_primary: bool,
    /// It works no more.
    pub is_revoked: bool,
    /// Stars for each 30 days, for channels that cost.
    pub price: Option<i64>,
    /// How many of those who came in by it are still in.
    pub used: i64,
    /// How many wait to be let in.
    pub pending: i64,
}

impl Link {
    /// Reads what a bot wants of a link, as strictly as Telegram.
    ///
    /// # Errors
    /// 400 with Telegram's text.
    pub fn read(params: &Params) -> ApiResult<Self> {
        // source: tdlib/telegram-bot-api Client.cpp; tdlib/td DialogInviteLinkManager.cpp,
        // which cuts a long name instead of refusing it
        let link = Self {
            name: params
                .text("name")
                .trim()
                .chars()
                .take(LINK_NAME_CHARS)
                .collect(),
            expire_date: params.integer("expire_date", 0, 0, i64::from(i32::MAX)),
            member_limit: params.integer("member_limit", 0, 0, LINK_MEMBERS_MAX + 1),
            creates_join_request: params.flag("creates_join_request"),
            ..Self::default()
        };
        if link.creates_join_request && link.member_limit > 0 {
            return Err(ApiError::bad(
                "Member limit can't be specified for links requiring administrator approval",
            ));
        }
        if link.member_limit > LINK_MEMBERS_MAX {
            // source: core.telegram.org, errors of messages.exportChatInvite
            return Err(ApiError::bad("USAGE_LIMIT_INVALID"));
        }
        Ok(link)
    }

    /// Reads a link that costs: channels only, 30 days, 1 to 10000 Stars. Source: Bot
    /// API, `createChatSubscriptionInviteLink`.
    ///
    /// # Errors
    /// 400 with Telegram's text.
    pub fn read_paid(params: &Params, kind: Kind) -> ApiResult<Self> {
        let period = params.integer("subscription_period", 0, 0, 1_000_000_000);
        let price = params.integer("subscription_price", 0, 0, 1_000_000);
        if period <= 0 || price <= 0 {
            return Err(ApiError::bad("Invalid subscription pricing specified"));
        }
        // source of the codes: core.telegram.org, errors of messages.exportChatInvite
        if kind != Kind::Channel {
            return Err(ApiError::bad("CHAT_INVALID"));
        }
        if period != SUBSCRIPTION_PERIOD {
            return Err(ApiError::bad("SUBSCRIPTION_PERIOD_INVALID"));
        }
        if price > SUBSCRIPTION_PRICE_MAX {
            return Err(ApiError::bad("PRICING_CHAT_INVALID"));
        }
        let name = params.text("name");
        Ok(Self {
            name: name.trim().chars().take(LINK_NAME_CHARS).collect(),
            price: Some(price),
            ..Self::default()
        })
    }

    /// Whether somebody can still come by it.
    #[must_use]
    pub fn is_open(&self, now: i64) -> bool {
        let is_full = self.member_limit > 0 && self.used >= self.member_limit;
        let is_old = self.expire_date > 0 && now >= self.expire_date;
        !self.is_revoked && !is_full && !is_old
    }

    /// The Bot API's `ChatInviteLink`. Source: tdlib/telegram-bot-api Client.cpp
    /// `JsonChatInviteLink`.
    #[must_use]
    pub fn to_api(&self, creator: &Value) -> Value {
        let mut object = json!({ "invite_link": self.url, "creator": creator });
        if !self.name.is_empty() {
            object["name"] = json!(self.name);
        }
        for (field, value) in [
            ("expire_date", self.expire_date),
            ("member_limit", self.member_limit),
            ("pending_join_request_count", self.pending),
        ] {
            if value > 0 {
                object[field] = json!(value);
            }
        }
        if let Some(price) = self.price {
            object["subscription_period"] = json!(SUBSCRIPTION_PERIOD);
            object["subscription_price"] = json!(price);
        }
        object["creates_join_request"] = json!(self.creates_join_request);
        object["is_primary"] = json!(self.is_primary);
        object["is_revoked"] = json!(self.is_revoked);
        object
    }
}

impl Community {
    /// Keeps count of who is in by which link: a place is free again when its user goes. Source:
    /// Bot API, `ChatInviteLink`, `member_limit` counts members "simultaneously".
    pub(super) fn count_by_links(&mut self, user_id: i64, is_in: bool, link: Option<&str>) {
        let old = match (is_in, link) {
            (true, None) => return,
            (true, Some(url)) => self.came_by.insert(user_id, url.to_owned()),
            (false, _) => self.came_by.remove(&user_id),
        };
        if let Some(left) = old.and_then(|url| self.links.get_mut(&url)) {
            left.used -= 1;
        }
        let taken = link.filter(|_| is_in);
        if let Some(taken) = taken.and_then(|url| self.links.get_mut(url)) {
            taken.used += 1;
        }
    }
}
