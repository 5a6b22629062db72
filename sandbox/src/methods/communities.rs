//! Groups and channels: invite links, join requests, bans, members.

use serde_json::{Value, json};

use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::community::link::Link;
use crate::community::{By, Community, How, Kind, Place};
use crate::event::Event;
use crate::limits::{BAN_FOREVER_SECONDS, BAN_MIN_SECONDS, EXPULSION_SECONDS, LINK_NAME_CHARS};

/// The community of a call, in which the bot may make links.
fn inviting<'a>(call: &'a mut Call<'_>) -> ApiResult<&'a mut Community> {
    let chat_id = call.params.text("chat_id");
    let community = call.state.community_of(call.bot_id, &chat_id)?;
    if !community.bot_may(|rights| rights.can_invite_users) {
        // source: tdlib/td DialogInviteLinkManager.cpp
        return Err(ApiError::bad(
            "Not enough rights to manage chat invite link",
        ));
    }
    Ok(community)
}

/// Keeps a new link and answers with it.
fn keep(call: &mut Call<'_>, mut link: Link) -> MethodResult {
    link.url = format!("https://t.me/+{}", call.state.ids.text(12));
    let community = inviting(call)?;
    community.links.insert(link.url.clone(), link.clone());
    answer(call, &link)
}

/// Answers with a link that was made or changed, and tells the window.
fn answer(call: &mut Call<'_>, link: &Link) -> MethodResult {
    let creator = call.state.bot_mut(call.bot_id)?.to_api();
    call.state.tell(Event::Community {
        bot_id: call.bot_id,
    });
    Ok(link.to_api(&creator).into())
}

/// createChatInviteLink.
///
/// # Errors
/// 400 for bad limits, an unknown chat, or missing rights.
pub fn create_link(call: &mut Call<'_>) -> MethodResult {
    inviting(call)?;
    let link = Link::read(call.params)?;
    keep(call, link)
}

/// createChatSubscriptionInviteLink, for channels.
///
/// # Errors
/// 400 for a bad price or period, an unknown chat, or missing rights.
pub fn create_paid_link(call: &mut Call<'_>) -> MethodResult {
    let kind = inviting(call)?.kind;
    let link = Link::read_paid(call.params, kind)?;
    keep(call, link)
}

/// exportChatInviteLink: a new main link; the old one is revoked.
///
/// # Errors
/// 400 for an unknown chat or missing rights.
pub fn export_link(call: &mut Call<'_>) -> MethodResult {
    for link in inviting(call)?.links.values_mut() {
        link.is_revoked |= link.is_primary;
    }
    let reply = keep_main(call)?;
    Ok(reply.result["invite_link"].clone().into())
}

/// Makes a new main link.
fn keep_main(call: &mut Call<'_>) -> MethodResult {
    let link = Link {
        is_primary: true,
        ..Link::default()
    };
    keep(call, link)
}

/// Changes a link of the bot and answers with it.
fn change(call: &mut Call<'_>, change: impl FnOnce(&mut Link)) -> MethodResult {
    let url = call.params.text("invite_link");
    if url.is_empty() {
        // source: tdlib/td DialogInviteLinkManager.cpp
        return Err(ApiError::bad("Invite link must be non-empty"));
    }
    // source of the code: core.telegram.org, errors of messages.editExportedChatInvite
    let link = inviting(call)?
        .links
        .get_mut(&url)
        .ok_or_else(|| ApiError::bad("INVITE_HASH_EXPIRED"))?;
    change(link);
    let link = link.clone();
    answer(call, &link)
}

/// editChatInviteLink.
///
/// # Errors
/// 400 for bad limits, an unknown chat or link, or missing rights.
pub fn edit_link(call: &mut Call<'_>) -> MethodResult {
    let wanted = Link::read(call.params)?;
    change(call, |link| {
        link.name = wanted.name;
        link.expire_date = wanted.expire_date;
        link.member_limit = wanted.member_limit;
        link.creates_join_request = wanted.creates_join_request;
    })
}

/// editChatSubscriptionInviteLink: only the name can change.
///
/// # Errors
/// 400 for an unknown chat or link, or missing rights.
pub fn edit_paid_link(call: &mut Call<'_>) -> MethodResult {
    let name: String = call
        .params
        .text("name")
        .chars()
        .take(LINK_NAME_CHARS)
        .collect();
    change(call, |link| link.name = name)
}

/// revokeChatInviteLink. A main link is followed by a new one, which the answer does not
/// tell. Source: Bot API, `revokeChatInviteLink`; tdlib/telegram-bot-api Client.cpp
/// `TdOnGetChatInviteLinkCallback`.
///
/// # Errors
/// 400 for an unknown chat or link, or missing rights.
pub fn revoke_link(call: &mut Call<'_>) -> MethodResult {
    let mut was_main = false;
    let reply = change(call, |link| {
        was_main = link.is_primary && !link.is_revoked;
        link.is_revoked = true;
    })?;
    if was_main {
        keep_main(call)?;
    }
    Ok(reply)
}

/// approveChatJoinRequest and declineChatJoinRequest.
///
/// # Errors
/// 400 when nobody asked, or the bot may not.
pub fn decide(call: &mut Call<'_>, lets_in: bool) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let chat_id = call.params.text("chat_id");
    call.state
        .decide_request(call.bot_id, &chat_id, user_id, lets_in)?;
    Ok(json!(true).into())
}

/// Somebody in the community of a call.
struct Subject {
    community: i64,
    user_id: i64,
    place: Place,
}

impl Subject {
    fn of(call: &mut Call<'_>) -> ApiResult<Self> {
        let user_id = call.params.user_id("user_id")?;
        let chat_id = call.params.text("chat_id");
        let now = call.state.now();
        let community = call.state.community_of(call.bot_id, &chat_id)?;
        let (id, place) = (community.id, community.places.get(&user_id).copied());
        if call.state.account(user_id).is_none() {
            // source: core.telegram.org, errors of channels.getParticipant; which of them a bot
            // gets for a user who does not exist is not documented
            return Err(ApiError::bad("PARTICIPANT_ID_INVALID"));
        }
        Ok(Self {
            community: id,
            user_id,
            place: place.map_or(Place::Left, |place| place.at(now)),
        })
    }

    /// Whether the bot may put them out. Order and texts: tdlib/td
    /// DialogParticipantManager.cpp `set_channel_participant_status_impl`,
    /// `restrict_channel_participant`.
    fn check(&self, call: &mut Call<'_>) -> ApiResult<()> {
        if self.place == Place::Creator {
            return Err(ApiError::bad("Can't remove chat owner"));
        }
        let community = call.state.communities.get(&self.community);
        let may = community.is_some_and(|of| of.bot_may(|rights| rights.can_restrict_members));
        if !may {
            return Err(ApiError::bad(
                "Not enough rights to restrict/unrestrict chat member",
            ));
        }
        Ok(())
    }

    fn put(&self, call: &mut Call<'_>, place: Place) {
        let how = How {
            by: By::Bot,
            ..How::default()
        };
        let (id, user_id) = (self.community, self.user_id);
        call.state.set_place(id, user_id, place, &how);
    }
}

/// banChatMember.
///
/// # Errors
/// 400 for an unknown chat or user, the owner, or missing rights.
pub fn ban(call: &mut Call<'_>) -> MethodResult {
    let subject = Subject::of(call)?;
    subject.check(call)?;
    let until = call.params.integer("until_date", 0, 0, i64::from(i32::MAX));
    let seconds = until - call.state.now();
    let is_for_a_time = (BAN_MIN_SECONDS..=BAN_FOREVER_SECONDS).contains(&seconds);
    let place = Place::Banned(if is_for_a_time { until } else { 0 });
    subject.put(call, place);
    Ok(json!(true).into())
}

/// unbanChatMember; without `only_if_banned` it also puts a member out.
///
/// # Errors
/// 400 for an unknown chat or user, the owner, or missing rights.
pub fn unban(call: &mut Call<'_>) -> MethodResult {
    let subject = Subject::of(call)?;
    let is_banned = matches!(subject.place, Place::Banned(_));
    let is_idle = !is_banned && call.params.flag("only_if_banned");
    if is_idle || subject.place == Place::Left {
        return Ok(json!(true).into());
    }
    subject.check(call)?;
    if !is_banned {
        // A member is banned for a moment first, which the bot is told like any ban.
        // source: tdlib/td DialogParticipantManager.cpp `restrict_channel_participant`
        let moment = call.state.now() + EXPULSION_SECONDS;
        subject.put(call, Place::Banned(moment));
    }
    subject.put(call, Place::Left);
    Ok(json!(true).into())
}

/// getChatMember.
///
/// # Errors
/// 400 for an unknown chat or user.
pub fn member(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let chat_id = call.params.text("chat_id");
    let member = call.state.member_object(call.bot_id, &chat_id, user_id)?;
    Ok(member.into())
}

/// getChatMemberCount, with the bot itself.
///
/// # Errors
/// 400 for an unknown chat.
pub fn count(call: &mut Call<'_>) -> MethodResult {
    let chat_id = call.params.text("chat_id");
    let community = call.state.community_of(call.bot_id, &chat_id)?;
    let inside = community.places.keys().filter(|user| community.has(**user));
    Ok(json!(1 + inside.count()).into())
}

/// What getChat answers for a community, with the fields that have no default.
#[must_use]
pub fn full(community: &Community) -> Value {
    let mut chat = community.to_chat();
    chat["accent_color_id"] = json!(0);
    chat["max_reaction_count"] = json!(11);
    chat["accepted_gift_types"] = json!({
        "unlimited_gifts": community.kind == Kind::Channel,
        "limited_gifts": community.kind == Kind::Channel,
        "unique_gifts": community.kind == Kind::Channel,
        "premium_subscription": false,
        "gifts_from_channels": false,
    });
    if !community.description.is_empty() {
        chat["description"] = json!(community.description);
    }
    let primary = community
        .links
        .values()
        .find(|link| link.is_primary && !link.is_revoked);
    if let Some(link) = primary {
        chat["invite_link"] = json!(link.url);
    }
    chat
}
