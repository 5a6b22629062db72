//! What a bot may do in a group or channel.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{Community, Kind};
use crate::api_error::{ApiError, ApiResult};

/// Rights and traits of an administrator that the sandbox has no use for; it grants none of
/// them. Source: Bot API, `ChatMemberAdministrator`; tdlib/telegram-bot-api Client.cpp
/// `json_store_administrator_rights`.
const IDLE_RIGHTS: [&str; 9] = [
    "can_be_edited",
    "can_delete_stories",
    "can_edit_stories",
    "can_manage_video_chats",
    "can_manage_voice_chats",
    "can_post_stories",
    "can_promote_members",
    "can_send_welcome_messages",
    "is_anonymous",
];
/// Those of supergroups only.
const IDLE_GROUP_RIGHTS: [&str; 2] = ["can_manage_tags", "can_manage_topics"];
/// Those of channels only.
const IDLE_CHANNEL_RIGHTS: [&str; 1] = ["can_manage_direct_messages"];

/// Rights of an administrator, as far as the sandbox acts on them. Source: Bot API,
/// `ChatAdministratorRights`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rights {
    /// Makes links and lets people in.
    pub can_invite_users: bool,
    /// Puts people out.
    pub can_restrict_members: bool,
    /// Deletes what others wrote.
    pub can_delete_messages: bool,
    /// Changes title and description.
    pub can_change_info: bool,
    /// Pins, in groups.
    pub can_pin_messages: bool,
    /// Posts, in channels.
    pub can_post_messages: bool,
    /// Edits what others posted and pins, in channels.
    pub can_edit_messages: bool,
}

impl Default for Rights {
    fn default() -> Self {
        Self {
            can_invite_users: true,
            can_restrict_members: true,
            can_delete_messages: true,
            can_change_info: true,
            can_pin_messages: true,
            can_post_messages: true,
            can_edit_messages: true,
        }
    }
}

/// Where the bot stands in a group or channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BotPlace {
    /// With [`Rights`].
    #[default]
    Administrator,
    /// As anybody; in groups only.
    Member,
    /// Not in.
    Left,
    /// Put out.
    Kicked,
}

impl BotPlace {
    /// Whether the bot is in.
    #[must_use]
    pub fn is_in(self) -> bool {
        matches!(self, Self::Administrator | Self::Member)
    }
}

impl Community {
    /// What the bot may do: nothing unless it is an administrator.
    #[must_use]
    pub fn bot_may(&self, right: impl FnOnce(&Rights) -> bool) -> bool {
        self.bot == BotPlace::Administrator && right(&self.rights)
    }

    /// Refuses a bot that is not in. `only_looks` is for calls that a public chat answers to
    /// anybody. Source of the texts: tdlib/telegram-bot-api Client.cpp `check_chat_access`.
    ///
    /// # Errors
    /// 403 when it was put out, left or never came.
    pub fn check_bot(&self, only_looks: bool) -> ApiResult<()> {
        let kind = match self.kind {
            Kind::Supergroup => "supergroup",
            Kind::Channel => "channel",
        };
        if self.bot == BotPlace::Kicked {
            let text = format!("bot was kicked from the {kind} chat");
            return Err(ApiError::forbidden(&text));
        }
        let is_public = self.username.is_some();
        let is_let_in = self.bot.is_in() || (only_looks && is_public);
        if !is_let_in {
            let text = format!("bot is not a member of the {kind} chat");
            return Err(ApiError::forbidden(&text));
        }
        Ok(())
    }

    /// Refuses posts without the right to post. Source: tdlib/td DialogManager.cpp
    /// `can_send_message_to_dialog`.
    ///
    /// # Errors
    /// 400 in a channel where the bot may not post.
    pub fn check_posting(&self) -> ApiResult<()> {
        if self.kind == Kind::Channel && !self.bot_may(|rights| rights.can_post_messages) {
            return Err(ApiError::bad(
                "Need administrator rights in the channel chat",
            ));
        }
        Ok(())
    }

    /// The bot as the Bot API's `ChatMember`. Source: tdlib/telegram-bot-api Client.cpp
    /// `JsonChatMember`.
    #[must_use]
    pub fn bot_member(&self, user: &Value) -> Value {
        let status = match self.bot {
            BotPlace::Administrator => "administrator",
            BotPlace::Member => "member",
            BotPlace::Left => "left",
            BotPlace::Kicked => return json!({ "user": user, "status": "kicked", "until_date": 0 }),
        };
        let mut object = json!({ "user": user, "status": status });
        if self.bot != BotPlace::Administrator {
            return object;
        }
        for (field, value) in self.rights() {
            object[field] = json!(value);
        }
        object
    }

    /// Every right that the Bot API names for this kind, and whether the bot has it.
    fn rights(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let rights = &self.rights;
        let used = [
            ("can_manage_chat", true),
            ("can_change_info", rights.can_change_info),
            ("can_delete_messages", rights.can_delete_messages),
            ("can_invite_users", rights.can_invite_users),
            ("can_restrict_members", rights.can_restrict_members),
        ];
        let (of_kind, idle) = match self.kind {
            Kind::Supergroup => (
                vec![("can_pin_messages", rights.can_pin_messages)],
                IDLE_GROUP_RIGHTS.as_slice(),
            ),
            Kind::Channel => (
                vec![
                    ("can_post_messages", rights.can_post_messages),
                    ("can_edit_messages", rights.can_edit_messages),
                ],
                IDLE_CHANNEL_RIGHTS.as_slice(),
            ),
        };
        let idle = IDLE_RIGHTS.iter().chain(idle);
        let idle = idle.map(|right| (*right, false));
        used.into_iter().chain(of_kind).chain(idle)
    }
}
