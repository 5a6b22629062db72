//! Invite links, and who comes by them.

use super::calls::{DAY, MONTH, id};
use super::members::{change, follows, member, was};
use crate::world::{World, refused};
use crate::{Check, Outcome};
use frankenstein::methods::{
    ApproveChatJoinRequestParams, CreateChatInviteLinkParams,
    CreateChatSubscriptionInviteLinkParams, DeclineChatJoinRequestParams, EditChatInviteLinkParams,
    EditChatSubscriptionInviteLinkParams, ExportChatInviteLinkParams, GetChatParams,
    RevokeChatInviteLinkParams, SendMessageParams,
};
use frankenstein::types::{ChatInviteLink, ChatMember};
use frankenstein::updates::UpdateContent;
use frankenstein::{Error, TelegramApi};

pub const ALL: &[Check] = &[
    (
        "createChatInviteLink: name, member_limit, expire_date; chat_member",
        limits,
    ),
    (
        "editChatInviteLink, revokeChatInviteLink, exportChatInviteLink",
        changed,
    ),
    (
        "chat_join_request, approveChatJoinRequest, declineChatJoinRequest",
        requests,
    ),
    (
        "createChatSubscriptionInviteLink, editChatSubscriptionInviteLink: paid by the month",
        paid,
    ),
];

fn limits(w: &mut World) -> Outcome {
    let end = w.desk.now() + u64::from(DAY);
    let limited = CreateChatInviteLinkParams::builder().chat_id(w.group);
    let limited = limited.name("One").member_limit(1).expire_date(end).build();
    let link = w.bot.create_chat_invite_link(&limited).unwrap().result;
    assert_eq!(
        (link.name.as_deref(), link.member_limit, link.expire_date),
        (Some("One"), Some(1), Some(end))
    );
    assert!(link.creator.id == 4205 && !link.creates_join_request);
    assert!(!link.is_primary && !link.is_revoked);
    let user = follows(w, "Rae", &link.invite_link, 0);
    let joined = change(w, user);
    assert_eq!(was(&joined), ("left", "member"));
    assert_eq!(joined.from.id, id(user));
    assert_eq!(joined.invite_link.unwrap().invite_link, link.invite_link);
    let late = w.desk.user("Sid", 0);
    let refusal = w.desk.join(late, &link.invite_link).unwrap_err();
    assert_eq!(refusal, "link_expired");
    let timed = CreateChatInviteLinkParams::builder().chat_id(w.group);
    let timed = timed.expire_date(end).build();
    let timed = w.bot.create_chat_invite_link(&timed).unwrap().result;
    w.desk.advance(DAY);
    let refusal = w.desk.join(late, &timed.invite_link).unwrap_err();
    assert_eq!(refusal, "link_expired");
    let both = CreateChatInviteLinkParams::builder().chat_id(w.group);
    let both = both.member_limit(1).creates_join_request(true).build();
    refused(
        w.bot.create_chat_invite_link(&both),
        400,
        "member limit can't be specified",
    );
    Ok(())
}

fn main_link(w: &World) -> String {
    let chat = GetChatParams::builder().chat_id(w.group).build();
    let chat = w.bot.get_chat(&chat).unwrap().result;
    chat.invite_link.expect("a main link")
}

fn revoke(w: &World, link: &str) -> ChatInviteLink {
    let params = RevokeChatInviteLinkParams::builder().chat_id(w.group);
    let params = params.invite_link(link).build();
    let revoked = w.bot.revoke_chat_invite_link(&params).unwrap().result;
    assert!(revoked.is_revoked && revoked.invite_link == link);
    revoked
}

fn changed(w: &mut World) -> Outcome {
    let named = CreateChatInviteLinkParams::builder().chat_id(w.group);
    let named = named.name("Old").build();
    let link = w.bot.create_chat_invite_link(&named).unwrap().result;
    let edit = EditChatInviteLinkParams::builder().chat_id(w.group);
    let edit = edit.invite_link(&link.invite_link).name("New");
    let edit = edit.member_limit(2).build();
    let edited = w.bot.edit_chat_invite_link(&edit).unwrap().result;
    assert_eq!(
        (edited.name.as_deref(), edited.member_limit),
        (Some("New"), Some(2))
    );
    assert_eq!(edited.invite_link, link.invite_link);
    revoke(w, &link.invite_link);
    let late = w.desk.user("Tom", 0);
    let refusal = w.desk.join(late, &link.invite_link).unwrap_err();
    assert_eq!(refusal, "link_expired");
    let export = ExportChatInviteLinkParams::builder()
        .chat_id(w.group)
        .build();
    let main = w.bot.export_chat_invite_link(&export).unwrap().result;
    assert_eq!(main_link(w), main);
    let again = w.bot.export_chat_invite_link(&export).unwrap().result;
    assert_ne!(main, again);
    assert_eq!(w.desk.join(late, &main).unwrap_err(), "link_expired");
    // Without a main link there is none: another takes its place.
    revoke(w, &again);
    assert!(![main, again].contains(&main_link(w)));
    Ok(())
}

fn approve(w: &World, user: i64) -> Result<bool, Error> {
    let params = ApproveChatJoinRequestParams::builder().chat_id(w.group);
    let params = params.user_id(id(user)).build();
    let answer = w.bot.approve_chat_join_request(&params);
    answer.map(|answer| answer.result)
}

fn requests(w: &mut World) -> Outcome {
    let asking = CreateChatInviteLinkParams::builder().chat_id(w.group);
    let asking = asking.name("Ask").creates_join_request(true).build();
    let link = w.bot.create_chat_invite_link(&asking).unwrap().result;
    assert!(link.creates_join_request);
    let (wanted, other) = (w.desk.user("Una", 0), w.desk.user("Vic", 0));
    for (user, pending) in [(wanted, 1), (other, 2)] {
        let entry = w.desk.join(user, &link.invite_link).unwrap();
        assert_eq!(entry, "requested");
        let asked = w.take(|update| match update {
            UpdateContent::ChatJoinRequest(asked) => Some(asked.clone()),
            _ => None,
        });
        assert_eq!((asked.chat.id, asked.from.id), (w.group, id(user)));
        assert_eq!(asked.user_chat_id, id(user));
        let by = asked.invite_link.unwrap();
        assert_eq!(by.invite_link, link.invite_link);
        assert_eq!(by.pending_join_request_count, Some(pending));
    }
    // Who asks to come in can be written to, though they never started the bot.
    let why = SendMessageParams::builder().chat_id(other);
    let why = why.text("Why do you want to come in?").build();
    w.bot.send_message(&why).unwrap();
    assert!(approve(w, wanted).unwrap());
    let joined = change(w, wanted);
    assert_eq!(was(&joined), ("left", "member"));
    assert_eq!(
        (joined.from.id, joined.via_join_request),
        (4205, Some(true))
    );
    let decline = DeclineChatJoinRequestParams::builder().chat_id(w.group);
    let decline = decline.user_id(id(other)).build();
    assert!(w.bot.decline_chat_join_request(&decline).unwrap().result);
    assert!(matches!(member(w, w.group, other), ChatMember::Left(_)));
    refused(approve(w, other), 400, "HIDE_REQUESTER_MISSING");
    refused(approve(w, wanted), 400, "USER_ALREADY_PARTICIPANT");
    Ok(())
}

/// Until when a member has paid.
fn paid_until(found: &ChatMember) -> u64 {
    match found {
        ChatMember::Member(member) => member.until_date.expect("a paid member"),
        other => panic!("not in: {other:?}"),
    }
}

fn create_paid(w: &World, chat: i64, period: u32) -> Result<ChatInviteLink, Error> {
    let params = CreateChatSubscriptionInviteLinkParams::builder()
        .chat_id(chat)
        .name("Monthly")
        .subscription_period(period)
        .subscription_price(25_u16)
        .build();
    let answer = w.bot.create_chat_subscription_invite_link(&params);
    answer.map(|answer| answer.result)
}

fn paid(w: &mut World) -> Outcome {
    let channel = super::members::found(w, "channel", "Sea reports");
    refused(create_paid(w, w.group, MONTH), 400, "CHAT_INVALID");
    refused(
        create_paid(w, channel, 3600),
        400,
        "SUBSCRIPTION_PERIOD_INVALID",
    );
    // This client leaves the price and the period of a link out.
    let link = create_paid(w, channel, MONTH).unwrap();
    let edit = EditChatSubscriptionInviteLinkParams::builder().chat_id(channel);
    let edit = edit.invite_link(&link.invite_link).name("Each month");
    let edited = w.bot.edit_chat_subscription_invite_link(&edit.build());
    assert_eq!(edited.unwrap().result.name.as_deref(), Some("Each month"));
    let user = follows(w, "Xia", &link.invite_link, 60);
    let end = w.desk.now() + u64::from(MONTH);
    let joined = change(w, user);
    assert!(paid_until(&joined.new_chat_member).abs_diff(end) < 60);
    w.desk.advance(MONTH);
    let later = paid_until(&member(w, channel, user));
    assert!(later.abs_diff(end + u64::from(MONTH)) < 60);
    assert_eq!(w.desk.stars(user), 10);
    w.desk.advance(MONTH);
    assert!(matches!(member(w, channel, user), ChatMember::Left(_)));
    Ok(())
}
