//! What a bot may do in groups and channels, and what their owner does without it.

use crate::support::club::Club;
use crate::support::{Desk, TOKEN, until};
use serde_json::json;

#[tokio::test]
async fn a_bot_without_rights_can_do_nothing() {
    let desk = Desk::start().await;
    let owner = desk.user(0).await;
    let new = json!({ "token": TOKEN, "kind": "supergroup", "title": "Club", "owner_id": owner,
        "rights": { "can_invite_users": false, "can_restrict_members": false } });
    let id = desk.post("/communities", new).await.1["id"].clone();
    assert_eq!(
        desk.refusal("createChatInviteLink", json!({ "chat_id": id }))
            .await
            .1,
        "Bad Request: not enough rights to manage chat invite link"
    );
    let user = desk.user(0).await;
    assert_eq!(
        desk.refusal("banChatMember", json!({ "chat_id": id, "user_id": user }))
            .await
            .1,
        "Bad Request: not enough rights to restrict/unrestrict chat member"
    );
    assert_eq!(
        desk.refusal("banChatMember", json!({ "chat_id": id, "user_id": owner }))
            .await
            .1,
        "Bad Request: can't remove chat owner"
    );
    let me = desk
        .call("getChatMember", json!({ "chat_id": id, "user_id": 7001 }))
        .await;
    assert_eq!(
        (&me["status"], &me["can_invite_users"]),
        (&json!("administrator"), &json!(false))
    );
    assert_eq!(me["can_send_welcome_messages"], false);
    let listed = desk.get(&format!("/communities?token={TOKEN}")).await;
    assert_eq!(listed[0]["bot_place"], "administrator");
    assert_eq!(
        listed[0]["rights"]["can_restrict_members"], false,
        "the list shows what the bot may do"
    );
}

/// Clients refuse an administrator that lacks a right of its kind.
#[tokio::test]
async fn an_administrator_has_every_right_of_its_kind() {
    for (kind, own) in [
        (
            "supergroup",
            ["can_manage_tags", "can_manage_topics", "can_pin_messages"],
        ),
        (
            "channel",
            [
                "can_edit_messages",
                "can_manage_direct_messages",
                "can_post_messages",
            ],
        ),
    ] {
        let club = Club::found(kind).await;
        let me = club.act("getChatMember", 7001).await.1["result"].clone();
        let mut expected = vec![
            "can_be_edited",
            "can_change_info",
            "can_delete_messages",
            "can_delete_stories",
            "can_edit_stories",
            "can_invite_users",
            "can_manage_chat",
            "can_manage_video_chats",
            "can_manage_voice_chats",
            "can_post_stories",
            "can_promote_members",
            "can_restrict_members",
            "can_send_welcome_messages",
            "is_anonymous",
        ];
        expected.extend(own);
        expected.sort_unstable();
        let fields = me.as_object().unwrap().iter();
        let flags = fields.filter(|(_, value)| value.is_boolean());
        let mut names: Vec<&str> = flags.map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, expected, "{kind}");
    }
}

#[tokio::test]
async fn the_owner_rules_without_the_bot_which_is_told() {
    let club = Club::found("channel").await;
    let (ada, bob) = (club.desk.user(0).await, club.desk.user(0).await);
    let asking = json!({ "creates_join_request": true });
    let link = club.link("createChatInviteLink", asking).await;
    assert_eq!(club.join(ada, &link).await, "requested");
    assert_eq!(club.join(bob, &link).await, "requested");
    assert_eq!(club.seen().await["requests"].as_array().unwrap().len(), 2);

    assert_eq!(club.rule(ada, "approve").await, true);
    assert_eq!(club.rule(ada, "approve").await, "request_not_found");
    assert_eq!(club.rule(bob, "decline").await, true);
    assert_eq!(club.status(ada).await, "member");
    assert_eq!(club.status(bob).await, "left");
    until("the bot is told", async || {
        club.bot.of_kind("chat_member").len() == 1
    })
    .await;
    let told = club.bot.of_kind("chat_member").remove(0);
    let owner = &club.seen().await["people"][0];
    assert_eq!(owner["status"], "creator");
    assert_eq!(told["from"]["id"], owner["user_id"], "the owner did it");
    assert_eq!(told["via_join_request"], true);

    let used = async || club.seen().await["links"][0]["used"].clone();
    assert_eq!(used().await, 1);
    assert_eq!(club.rule(ada, "ban").await, true);
    assert_eq!(club.join(ada, &link).await, "banned");
    assert_eq!(club.rule(ada, "remove").await, "place_invalid");
    assert_eq!(club.rule(ada, "unban").await, true);
    assert_eq!(club.join(ada, &link).await, "requested");
    let owner = owner["user_id"].as_i64().unwrap();
    assert_eq!(club.rule(owner, "ban").await, "place_invalid");
    assert_eq!(club.rule(1, "ban").await, "user_not_found");
    let link = &club.seen().await["links"][0];
    assert_eq!(
        (&link["is_open"], &link["used"]),
        (&json!(true), &json!(0)),
        "who is out is not counted"
    );
}
