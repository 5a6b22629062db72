//! Groups and channels: who is in, and who may not come in.

use super::calls::{DAY, id};
use crate::world::{World, refused};
use crate::{Check, Outcome};
use frankenstein::TelegramApi;
use frankenstein::methods::{
    BanChatMemberParams, CreateChatInviteLinkParams, GetChatMemberCountParams, GetChatMemberParams,
    GetChatParams, UnbanChatMemberParams,
};
use frankenstein::types::{ChatMember, ChatMemberUpdated, ChatType};
use frankenstein::updates::UpdateContent;

pub const ALL: &[Check] = &[
    (
        "my_chat_member: the bot becomes an administrator; getChat",
        founded,
    ),
    ("getChatMember, getChatMemberCount", members),
    (
        "banChatMember, unbanChatMember, for ever and for a time",
        bans,
    ),
];

/// A new user who follows a link, and is in.
pub fn follows(w: &World, name: &str, link: &str, stars: u32) -> i64 {
    let user = w.desk.user(name, stars);
    assert_eq!(w.desk.join(user, link).unwrap(), "joined");
    user
}

/// The next `chat_member` of a user.
pub fn change(w: &mut World, user: i64) -> ChatMemberUpdated {
    w.take(|update| match update {
        UpdateContent::ChatMember(change) if person(&change.new_chat_member) == id(user) => {
            Some(change.clone())
        }
        _ => None,
    })
}

fn person(member: &ChatMember) -> u64 {
    match member {
        ChatMember::Creator(member) => member.user.id,
        ChatMember::Administrator(member) => member.user.id,
        ChatMember::Member(member) => member.user.id,
        ChatMember::Restricted(member) => member.user.id,
        ChatMember::Left(member) => member.user.id,
        ChatMember::Kicked(member) => member.user.id,
    }
}

fn status(member: &ChatMember) -> &'static str {
    match member {
        ChatMember::Creator(_) => "creator",
        ChatMember::Administrator(_) => "administrator",
        ChatMember::Member(_) => "member",
        ChatMember::Restricted(_) => "restricted",
        ChatMember::Left(_) => "left",
        ChatMember::Kicked(_) => "kicked",
    }
}

/// Where somebody was, and where they are.
pub fn was(change: &ChatMemberUpdated) -> (&'static str, &'static str) {
    (
        status(&change.old_chat_member),
        status(&change.new_chat_member),
    )
}

/// getChatMember.
pub fn member(w: &World, chat: i64, user: i64) -> ChatMember {
    let params = GetChatMemberParams::builder()
        .chat_id(chat)
        .user_id(id(user));
    w.bot.get_chat_member(&params.build()).unwrap().result
}

/// A group or channel, of which the bot was told that it runs it.
pub fn found(w: &mut World, kind: &str, title: &str) -> i64 {
    let chat = w.desk.found(kind, title, w.owner);
    let told = w.take(|update| match update {
        UpdateContent::MyChatMember(told) if told.chat.id == chat => Some(told.clone()),
        _ => None,
    });
    assert_eq!(was(&told), ("left", "administrator"));
    assert_eq!(told.chat.title.as_deref(), Some(title));
    assert_eq!(told.from.id, id(w.owner));
    let ChatMember::Administrator(rights) = told.new_chat_member else {
        panic!("no administrator")
    };
    assert!(rights.can_invite_users && rights.can_restrict_members);
    chat
}

fn founded(w: &mut World) -> Outcome {
    w.owner = w.desk.user("Pia", 0);
    w.group = found(w, "supergroup", "Sea friends");
    let chat = GetChatParams::builder().chat_id(w.group).build();
    let chat = w.bot.get_chat(&chat).unwrap().result;
    assert_eq!(chat.type_field, ChatType::Supergroup);
    assert_eq!(chat.title.as_deref(), Some("Sea friends"));
    Ok(())
}

fn link(w: &World) -> String {
    let params = CreateChatInviteLinkParams::builder()
        .chat_id(w.group)
        .build();
    let link = w.bot.create_chat_invite_link(&params).unwrap().result;
    link.invite_link
}

fn members(w: &mut World) -> Outcome {
    for (user, expected) in [
        (w.owner, "creator"),
        (4205, "administrator"),
        (w.buyer, "left"),
    ] {
        assert_eq!(status(&member(w, w.group, user)), expected);
    }
    let count = |w: &World| {
        let params = GetChatMemberCountParams::builder().chat_id(w.group);
        let answer = w.bot.get_chat_member_count(&params.build());
        answer.unwrap().result
    };
    let before = count(w);
    let inside = follows(w, "Quin", &link(w), 0);
    assert_eq!(status(&member(w, w.group, inside)), "member");
    assert_eq!(count(w), before + 1);
    let nobody = GetChatMemberParams::builder()
        .chat_id(w.group)
        .user_id(1_u64);
    refused(
        w.bot.get_chat_member(&nobody.build()),
        400,
        "PARTICIPANT_ID_INVALID",
    );
    Ok(())
}

fn ban(w: &World, user: i64, until: Option<u64>) -> Result<bool, frankenstein::Error> {
    let params = BanChatMemberParams::builder()
        .chat_id(w.group)
        .user_id(id(user))
        .maybe_until_date(until)
        .build();
    w.bot.ban_chat_member(&params).map(|answer| answer.result)
}

fn unban(w: &World, user: i64, only_if_banned: bool) {
    let params = UnbanChatMemberParams::builder()
        .chat_id(w.group)
        .user_id(id(user))
        .only_if_banned(only_if_banned)
        .build();
    assert!(w.bot.unban_chat_member(&params).unwrap().result);
}

fn bans(w: &mut World) -> Outcome {
    let link = link(w);
    let user = follows(w, "Wim", &link, 0);
    change(w, user);
    assert!(ban(w, user, None).unwrap());
    let banned = change(w, user);
    assert_eq!(was(&banned), ("member", "kicked"));
    assert_eq!(banned.from.id, 4205);
    assert_eq!(w.desk.join(user, &link).unwrap_err(), "banned");
    unban(w, user, true);
    assert_eq!(was(&change(w, user)), ("kicked", "left"));
    assert_eq!(w.desk.join(user, &link).unwrap(), "joined");
    change(w, user);
    let end = w.desk.now() + u64::from(DAY);
    assert!(ban(w, user, Some(end)).unwrap());
    let ChatMember::Kicked(found) = member(w, w.group, user) else {
        panic!("not banned")
    };
    assert_eq!(found.until_date, end);
    assert_eq!(was(&change(w, user)), ("member", "kicked"));
    w.desk.advance(DAY + 1);
    assert_eq!(status(&member(w, w.group, user)), "left");
    assert_eq!(w.desk.join(user, &link).unwrap(), "joined");
    assert_eq!(was(&change(w, user)), ("left", "member"));
    // Without only_if_banned, to unban puts a member out, by way of a ban.
    unban(w, user, false);
    assert_eq!(was(&change(w, user)), ("member", "kicked"));
    assert_eq!(was(&change(w, user)), ("kicked", "left"));
    assert_eq!(status(&member(w, w.group, user)), "left");
    refused(ban(w, w.owner, None), 400, "can't remove chat owner");
    Ok(())
}
