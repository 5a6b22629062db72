//! Coming in and going out.

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{By, How, Place};
use crate::api_error::{ApiError, ApiResult};
use crate::event::Event;
use crate::limits::JOIN_REQUEST_SECONDS;
use crate::state::State;
use crate::update::Queue;

/// What came of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// The user is in.
    Joined,
    /// The user waits to be let in.
    Requested,
}

/// Why a link does not let a user in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    /// Unknown, revoked, expired or used up, which Telegram does not tell apart.
    #[error("This link does not work, or no more.")]
    LinkExpired,
    /// In already.
    #[error("The user is in already.")]
    AlreadyIn,
    /// Banned.
    #[error("The user is banned.")]
    Banned,
    /// Not enough Stars for a link that costs.
    #[error("The user has too few Stars.")]
    BalanceTooLow,
    /// Not in.
    #[error("The user is not in.")]
    NotIn,
}

impl State {
    /// A user follows an invite link.
    ///
    /// # Errors
    /// When it does not let them in.
    pub fn join(&mut self, user_id: i64, url: &str) -> Result<Entry, JoinError> {
        let now = self.now();
        let community = self
            .communities
            .values_mut()
            .find(|community| community.links.contains_key(url))
            .ok_or(JoinError::LinkExpired)?;
        let (id, bot_id) = (community.id, community.bot_id);
        match community.places.get(&user_id).map(|place| place.at(now)) {
            Some(Place::Creator | Place::Member(_)) => return Err(JoinError::AlreadyIn),
            Some(Place::Banned(_)) => return Err(JoinError::Banned),
            Some(Place::Left) | None => {}
        }
        let is_new = !community.requests.contains_key(&user_id);
        let link = community.links.get_mut(url).ok_or(JoinError::LinkExpired)?;
        if !link.is_open(now) {
            return Err(JoinError::LinkExpired);
        }
        if link.creates_join_request {
            if is_new {
                link.pending += 1;
                community.requests.insert(user_id, url.to_owned());
                self.push_request(id, bot_id, user_id, url);
            }
            return Ok(Entry::Requested);
        }
        let until = match link.price {
            None => None,
            Some(stars) => Some(self.pay_month(id, user_id, url, stars)?),
        };
        let how = How {
            link: Some(url.to_owned()),
            ..How::default()
        };
        self.set_place(id, user_id, Place::Member(until), &how);
        Ok(Entry::Joined)
    }

    /// Tells the bot that somebody asks to come in, if it may let people in; it may then write to
    /// them for a while. Source: Bot API, `Update`, `ChatJoinRequest`.
    fn push_request(&mut self, id: i64, bot_id: i64, user_id: i64, url: &str) {
        let community = self.communities.get(&id);
        if !community.is_some_and(|found| found.bot_may(|rights| rights.can_invite_users)) {
            self.tell(Event::Community { bot_id });
            return;
        }
        let date = self.now();
        let bot = self.bots.get(&bot_id).map(|bot| bot.to_api());
        let community = self.communities.get(&id);
        let asker = self.account(user_id);
        let mut update = json!({
            "chat": community.map(super::Community::to_chat),
            "from": asker.map(|account| account.user.to_api()),
            "user_chat_id": user_id,
            "date": date,
            "invite_link": community
                .and_then(|community| community.links.get(url))
                .map(|link| link.to_api(&bot.unwrap_or_default())),
        });
        if let Some(asker) = asker.filter(|account| !account.bio.is_empty()) {
            update["bio"] = json!(asker.bio);
        }
        self.chat_mut(bot_id, user_id).write_until = date + JOIN_REQUEST_SECONDS;
        self.push_update(bot_id, "chat_join_request", update, Queue::Member(user_id));
        self.tell(Event::Community { bot_id });
    }

    /// The bot lets somebody in, or does not.
    ///
    /// # Errors
    /// 400 when nobody asked, or the bot may not.
    pub fn decide_request(
        &mut self,
        bot_id: i64,
        chat_id: &str,
        user_id: i64,
        lets_in: bool,
    ) -> ApiResult<()> {
        let community = self.community_of(bot_id, chat_id)?;
        if !community.bot_may(|rights| rights.can_invite_users) {
            // source: tdlib/td DialogParticipantManager.cpp
            return Err(ApiError::bad(
                "Not enough rights to manage chat join requests",
            ));
        }
        // source of the codes: core.telegram.org, errors of messages.hideChatJoinRequest
        if community.has(user_id) {
            return Err(ApiError::bad("USER_ALREADY_PARTICIPANT"));
        }
        let id = community.id;
        if !self.close_request(id, user_id, lets_in, By::Bot) {
            return Err(ApiError::bad("HIDE_REQUESTER_MISSING"));
        }
        Ok(())
    }

    /// Ends a request to come in, for good or ill; `false` when nobody asked.
    pub fn close_request(&mut self, id: i64, user_id: i64, lets_in: bool, by: By) -> bool {
        let Some(community) = self.communities.get_mut(&id) else {
            return false;
        };
        let Some(url) = community.requests.remove(&user_id) else {
            return false;
        };
        if let Some(link) = community.links.get_mut(&url) {
            link.pending -= 1;
        }
        let bot_id = community.bot_id;
        self.chat_mut(bot_id, user_id).write_until = 0;
        if lets_in {
            let how = How {
                by,
                link: Some(url),
                by_request: true,
            };
            self.set_place(id, user_id, Place::Member(None), &how);
        } else {
            self.tell(Event::Community { bot_id });
        }
        true
    }

    /// A user goes by themselves.
    ///
    /// # Errors
    /// When they are not in.
    pub fn leave(&mut self, id: i64, user_id: i64) -> Result<(), JoinError> {
        let community = self.communities.get(&id);
        let place = community.and_then(|community| community.places.get(&user_id));
        if !matches!(place, Some(Place::Member(_))) {
            return Err(JoinError::NotIn);
        }
        self.set_place(id, user_id, Place::Left, &How::default());
        Ok(())
    }
}
