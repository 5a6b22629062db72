//! Groups and channels: who is in, who may come in, by which link.
//!
//! A community has one bot, an administrator unless told otherwise.

pub mod join;
pub mod link;
pub mod month;
pub mod owner;
pub mod rights;
pub mod talk;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use self::link::Link;
use self::month::Month;
pub use self::rights::{BotPlace, Rights};
use crate::api_error::{ApiError, ApiResult};
use crate::event::Event;
use crate::message::Sender;
use crate::state::State;
use crate::update::Queue;

/// What a community is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A supergroup.
    Supergroup,
    /// A channel.
    Channel,
}

/// Where somebody stands in a community. Who has no standing has never been there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Owns it.
    Creator,
    /// Is in; until a date, seconds since 1970, when they paid for a time.
    Member(Option<i64>),
    /// Was in, and is not.
    Left,
    /// May not come in; until a date, seconds since 1970, or for ever when it is 0.
    Banned(i64),
}

impl Place {
    /// What it is by now, seconds since 1970: a ban whose time is over is none. Source:
    /// tdlib/td DialogParticipant.cpp `update_restrictions`.
    #[must_use]
    pub fn at(self, now: i64) -> Self {
        match self {
            Self::Banned(until) if until > 0 && now >= until => Self::Left,
            _ => self,
        }
    }

    /// Whether who stands there is in.
    #[must_use]
    pub fn is_in(self) -> bool {
        matches!(self, Self::Creator | Self::Member(_))
    }
}

/// A group or channel with a bot in it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Community {
    /// Chat id, below -1000000000000.
    pub id: i64,
    /// The bot that runs it.
    pub bot_id: i64,
    /// What it is.
    pub kind: Kind,
    /// Name.
    pub title: String,
    /// Name after `@`, of public ones.
    pub username: Option<String>,
    /// What it says of itself.
    pub description: String,
    /// Where the bot stands.
    pub bot: BotPlace,
    /// What the bot may do as an administrator.
    pub rights: Rights,
    /// Number of the newest message; each group and channel counts its own.
    pub last_message_id: i64,
    /// Everybody who is or was there, by user id.
    pub places: BTreeMap<i64, Place>,
    /// Links by address.
    pub links: BTreeMap<String, Link>,
    /// Addresses of the links by which users ask to come in, by user id.
    pub requests: BTreeMap<i64, String>,
    /// Addresses of the links by which those came who are in, by user id.
    #[serde(default)]
    pub came_by: BTreeMap<i64, String>,
    /// Months that members pay, by user id.
    #[serde(default)]
    pub months: BTreeMap<i64, Month>,
    /// Stars that members paid; they are the channel's, not the bot's.
    #[serde(default)]
    pub stars: i64,
}

impl Community {
    /// The Bot API's `Chat`.
    #[must_use]
    pub fn to_chat(&self) -> Value {
        let mut chat = json!({ "id": self.id, "title": self.title, "type": self.kind });
        if let Some(username) = &self.username {
            chat["username"] = json!(username);
        }
        chat
    }

    /// Whether a user is in.
    #[must_use]
    pub fn has(&self, user_id: i64) -> bool {
        self.places.get(&user_id).is_some_and(|place| place.is_in())
    }
}

/// The Bot API's `ChatMember`. Source: tdlib/telegram-bot-api Client.cpp `JsonChatMember`.
fn member(user: &Value, place: Place) -> Value {
    match place {
        Place::Creator => json!({ "user": user, "status": "creator", "is_anonymous": false }),
        Place::Member(None) => json!({ "user": user, "status": "member" }),
        Place::Member(Some(until)) => {
            json!({ "user": user, "status": "member", "until_date": until })
        }
        Place::Left => json!({ "user": user, "status": "left" }),
        Place::Banned(until) => json!({ "user": user, "status": "kicked", "until_date": until }),
    }
}

impl State {
    /// Makes a community with an owner and the bot as an administrator; the bot is told.
    pub fn found(&mut self, mut community: Community, owner_id: i64) -> i64 {
        let id = -1_000_000_000_000 - self.ids.between(1_000_000_000..=2_000_000_000);
        community.id = id;
        community.places.insert(owner_id, Place::Creator);
        let bot_id = community.bot_id;
        let chat = community.to_chat();
        let bot = self.bots.get(&bot_id).map(|bot| bot.to_api());
        let administrator = community.bot_member(&bot.unwrap_or_default());
        self.communities.insert(id, community);
        let left = json!({ "user": administrator["user"], "status": "left" });
        let update = json!({
            "chat": chat,
            "from": self.account(owner_id).map(|account| account.user.to_api()),
            "date": self.now(),
            "old_chat_member": left,
            "new_chat_member": administrator,
        });
        let queue = Queue::MyChatMember(id);
        self.push_update(bot_id, "my_chat_member", update, queue);
        self.tell(Event::Community { bot_id });
        id
    }

    /// The id of the community that a `chat_id` names by number or by `@username`.
    #[must_use]
    pub fn community_id(&self, bot_id: i64, chat_id: &str) -> Option<i64> {
        let found = match chat_id.strip_prefix('@') {
            Some(name) => self.communities.values().find(|community| {
                let username = community.username.as_deref().unwrap_or_default();
                username.eq_ignore_ascii_case(name)
            }),
            None => self.communities.get(&chat_id.parse().ok()?),
        };
        found
            .filter(|community| community.bot_id == bot_id)
            .map(|community| community.id)
    }

    /// The community behind a `chat_id` of a bot's call, in which the bot is.
    ///
    /// # Errors
    /// 400 when the bot has none with this id, 403 when it is not in.
    pub fn community_of(&mut self, bot_id: i64, chat_id: &str) -> ApiResult<&mut Community> {
        // source of the texts: tdlib/telegram-bot-api Client.cpp `check_chat`
        if chat_id.is_empty() {
            return Err(ApiError::bad("chat_id is empty"));
        }
        let id = self.community_id(bot_id, chat_id);
        let community = id.and_then(|id| self.communities.get_mut(&id));
        let community = community.ok_or_else(|| ApiError::bad("chat not found"))?;
        community.check_bot(false)?;
        Ok(community)
    }

    /// Somebody in a community, as a bot sees them.
    ///
    /// # Errors
    /// 400 when the community or the user is unknown.
    pub fn member_object(&mut self, bot_id: i64, chat_id: &str, user_id: i64) -> ApiResult<Value> {
        let id = self.community_of(bot_id, chat_id)?.id;
        let community = self.communities.get(&id);
        if let Some(community) = community.filter(|_| user_id == bot_id) {
            let bot = self.bots.get(&bot_id).map(|bot| bot.to_api());
            return Ok(community.bot_member(&bot.unwrap_or_default()));
        }
        let user = self
            .account(user_id)
            .map(|account| account.user.to_api())
            // source: core.telegram.org, errors of channels.getParticipant
            .ok_or_else(|| ApiError::bad("PARTICIPANT_ID_INVALID"))?;
        let place = community.and_then(|community| community.places.get(&user_id));
        let place = place.map_or(Place::Left, |place| place.at(self.now()));
        Ok(member(&user, place))
    }

    /// Changes where somebody stands and tells the bot, if it is an administrator and asked for
    /// `chat_member`. Source: Bot API, `Update`.
    /// `by` is who did it; `link` and `by_request` how a user came in.
    pub fn set_place(&mut self, id: i64, user_id: i64, place: Place, how: &How) {
        let date = self.now();
        let Some(community) = self.communities.get_mut(&id) else {
            return;
        };
        let old = community.places.insert(user_id, place);
        let old = old.map_or(Place::Left, |old| old.at(date));
        community.count_by_links(user_id, place.is_in(), how.link.as_deref());
        community.end_month(user_id, place.is_in());
        let is_told = community.bot == BotPlace::Administrator;
        let (bot_id, chat) = (community.bot_id, community.to_chat());
        let link = how.link.as_ref().and_then(|url| community.links.get(url));
        let link = link.cloned();
        let Some(user) = self.account(user_id).map(|account| account.user.to_api()) else {
            return;
        };
        let bot = self.bots.get(&bot_id).map(|bot| bot.to_api());
        let from = match how.by {
            By::User => None,
            By::Bot => bot.clone(),
            By::Owner => self
                .owner_of(id)
                .and_then(|owner| self.account(owner))
                .map(|account| account.user.to_api()),
        };
        let mut update = json!({
            "chat": chat,
            "from": from.unwrap_or_else(|| user.clone()),
            "date": date,
            "old_chat_member": member(&user, old),
            "new_chat_member": member(&user, place),
        });
        if let Some(link) = link {
            update["invite_link"] = link.to_api(&bot.unwrap_or_default());
        }
        if how.by_request {
            update["via_join_request"] = json!(true);
        }
        if is_told {
            self.push_update(bot_id, "chat_member", update, Queue::Member(user_id));
        }
        self.tell(Event::Community { bot_id });
        let (was_in, is_in) = (old.is_in(), place.is_in());
        let from = Sender::Member(user_id);
        if is_in && !was_in {
            self.announce(id, from, "new_chat_members", json!([user]));
        } else if was_in && !is_in {
            let from = match how.by {
                By::User => from,
                By::Bot => Sender::Bot,
                By::Owner => self.owner_of(id).map_or(from, Sender::Member),
            };
            self.announce(id, from, "left_chat_member", user);
        }
    }
}

/// Who changed somebody's place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    /// The user whose place it is.
    #[default]
    User,
    /// The bot.
    Bot,
    /// The owner of the community.
    Owner,
}

/// How somebody's place changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct How {
    /// Who did it.
    pub by: By,
    /// The link that they came by.
    pub link: Option<String>,
    /// They had asked to come in.
    pub by_request: bool,
}
