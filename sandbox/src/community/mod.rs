//! Groups and channels: who is in, who may come in, by which link.
//!
//! Messages in them are not in the sandbox; membership is, since that is what a shop
//! sells. The bot is an administrator from the start.

pub mod join;
pub mod link;
pub mod owner;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use self::link::Link;
use crate::api_error::{ApiError, ApiResult};
use crate::event::Event;
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
}

/// Rights of an administrator that the sandbox has no use for; it grants none of them.
/// Source: Bot API, `ChatMemberAdministrator`; tdlib/telegram-bot-api Client.cpp
/// `json_store_administrator_rights`.
const IDLE_RIGHTS: [&str; 9] = [
    "can_change_info",
    "can_delete_messages",
    "can_delete_stories",
    "can_edit_stories",
    "can_manage_video_chats",
    "can_manage_voice_chats",
    "can_post_stories",
    "can_promote_members",
    "can_send_welcome_messages",
];
/// Those of supergroups only.
const IDLE_GROUP_RIGHTS: [&str; 3] = ["can_manage_tags", "can_manage_topics", "can_pin_messages"];
/// Those of channels only.
const IDLE_CHANNEL_RIGHTS: [&str; 3] = [
    "can_edit_messages",
    "can_manage_direct_messages",
    "can_post_messages",
];

/// A group or channel in which a bot is an administrator.
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
    /// Whether the bot may make links and let people in.
    pub can_invite_users: bool,
    /// Whether the bot may put people out.
    pub can_restrict_members: bool,
    /// Everybody who is or was there, by user id.
    pub places: BTreeMap<i64, Place>,
    /// Links by address.
    pub links: BTreeMap<String, Link>,
    /// Addresses of the links by which users ask to come in, by user id.
    pub requests: BTreeMap<i64, String>,
}

impl Community {
    /// The Bot API's `Chat`.
    #[must_use]
    pub fn to_chat(&self) -> Value {
        json!({ "id": self.id, "title": self.title, "type": self.kind })
    }

    /// Whether a user is in.
    #[must_use]
    pub fn has(&self, user_id: i64) -> bool {
        matches!(
            self.places.get(&user_id),
            Some(Place::Creator | Place::Member(_))
        )
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
        let administrator = self.administrator(&community);
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

    /// The bot as the Bot API's `ChatMemberAdministrator`.
    fn administrator(&self, community: &Community) -> Value {
        let user = self.bots.get(&community.bot_id).map(|bot| bot.to_api());
        let mut rights = json!({
            "user": user,
            "status": "administrator",
            "can_be_edited": false,
            "is_anonymous": false,
            "can_manage_chat": true,
            "can_invite_users": community.can_invite_users,
            "can_restrict_members": community.can_restrict_members,
        });
        let of_kind = match community.kind {
            Kind::Supergroup => IDLE_GROUP_RIGHTS,
            Kind::Channel => IDLE_CHANNEL_RIGHTS,
        };
        for right in IDLE_RIGHTS.into_iter().chain(of_kind) {
            rights[right] = json!(false);
        }
        rights
    }

    /// The community behind a `chat_id` of a bot's call.
    ///
    /// # Errors
    /// 400 when the bot has none with this id.
    pub fn community_of(&mut self, bot_id: i64, chat_id: &str) -> ApiResult<&mut Community> {
        if chat_id.is_empty() {
            return Err(ApiError::bad("chat_id is empty"));
        }
        let id: i64 = chat_id.parse().unwrap_or(0);
        self.communities
            .get_mut(&id)
            .filter(|community| community.bot_id == bot_id)
            .ok_or_else(|| ApiError::bad("chat not found"))
    }

    /// Somebody in a community, as a bot sees them.
    ///
    /// # Errors
    /// 400 when the community or the user is unknown.
    pub fn member_object(&mut self, bot_id: i64, chat_id: &str, user_id: i64) -> ApiResult<Value> {
        let id = self.community_of(bot_id, chat_id)?.id;
        let community = self.communities.get(&id);
        if let Some(community) = community.filter(|_| user_id == bot_id) {
            return Ok(self.administrator(community));
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

    /// Changes where somebody stands and tells the bot, if it asked for `chat_member`.
    /// `by` is who did it; `link` and `by_request` how a user came in.
    pub fn set_place(&mut self, id: i64, user_id: i64, place: Place, how: &How) {
        let date = self.now();
        let Some(community) = self.communities.get_mut(&id) else {
            return;
        };
        let old = community.places.insert(user_id, place);
        let old = old.map_or(Place::Left, |old| old.at(date));
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
            By::Owner => self.owner_of(id),
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
        self.push_update(bot_id, "chat_member", update, Queue::Member(user_id));
        self.tell(Event::Community { bot_id });
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
