//! What users do about a bot.

use crate::world::World;
use crate::{Check, Outcome};
use frankenstein::TelegramApi;
use frankenstein::methods::SendMessageParams;
use frankenstein::types::ChatMember;
use frankenstein::updates::UpdateContent;

pub const ALL: &[Check] = &[
    ("my_chat_member: blocked and let in again", blocked),
    ("write_access_allowed", access),
];

fn blocked(w: &mut World) -> Outcome {
    let change = |update: &UpdateContent| match update {
        UpdateContent::MyChatMember(change) => Some(change.clone()),
        _ => None,
    };
    w.desk.block(w.buyer, true);
    let first = w.take(change);
    assert!(
        matches!(first.old_chat_member, ChatMember::Member(_)),
        "{first:?}"
    );
    assert!(
        matches!(first.new_chat_member, ChatMember::Kicked(_)),
        "{first:?}"
    );
    w.desk.block(w.buyer, false);
    assert!(matches!(
        w.take(change).new_chat_member,
        ChatMember::Member(_)
    ));
    Ok(())
}

fn access(w: &mut World) -> Outcome {
    let stranger = w.desk.user("Cleo", 0);
    w.desk.allow(stranger);
    let allowed = w.message(|message| message.write_access_allowed.clone());
    assert_eq!(allowed.from_request, Some(true));
    let hello = SendMessageParams::builder()
        .chat_id(stranger)
        .text("Good day")
        .build();
    w.bot.send_message(&hello).unwrap();
    Ok(())
}
