//! Groups and channels as goods: links, requests, bans, months.

use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, MONTH, TOKEN, until};
use serde_json::{Value, json};

struct Club {
    desk: Desk,
    bot: TestBot,
    id: i64,
}

impl Club {
    async fn found(kind: &str) -> Self {
        let desk = Desk::start().await;
        let bot = TestBot::start(&desk, Manner::Approve).await;
        desk.advance(1).await;
        let all = json!({ "url": bot.url, "secret_token": "s3cret-A_1", "allowed_updates":
            ["message", "chat_member", "my_chat_member", "chat_join_request"] });
        desk.call("setWebhook", all).await;
        let owner = desk.user(0).await;
        let new = json!({ "token": TOKEN, "kind": kind, "title": "Club", "owner_id": owner });
        let id = desk.post("/communities", new).await.1["id"]
            .as_i64()
            .unwrap();
        Self { desk, bot, id }
    }

    async fn link(&self, method: &str, mut wanted: Value) -> Value {
        wanted["chat_id"] = json!(self.id);
        self.desk.call(method, wanted).await
    }

    async fn join(&self, user: i64, link: &Value) -> Value {
        let joining = json!({ "user_id": user, "invite_link": link["invite_link"] });
        let (_, answer) = self.desk.post("/joins", joining).await;
        answer
            .get("entry")
            .unwrap_or(&answer["error"]["code"])
            .clone()
    }

    async fn act(&self, method: &str, user: i64) -> (u16, Value) {
        let params = json!({ "chat_id": self.id, "user_id": user, "only_if_banned": true });
        self.desk.raw(method, params).await
    }

    async fn status(&self, user: i64) -> Value {
        self.act("getChatMember", user).await.1["result"]["status"].clone()
    }
}

#[tokio::test]
async fn a_link_lets_in_as_many_as_it_says() {
    let club = Club::found("supergroup").await;
    let (ada, bob) = (club.desk.user(0).await, club.desk.user(0).await);
    let link = club
        .link(
            "createChatInviteLink",
            json!({ "name": "Order 1", "member_limit": 1 }),
        )
        .await;
    assert_eq!(
        (&link["name"], &link["member_limit"]),
        (&json!("Order 1"), &json!(1))
    );
    assert_eq!(
        (&link["creates_join_request"], &link["is_revoked"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(link["creator"]["id"], 7001);
    assert_eq!(club.status(ada).await, "left");
    assert_eq!(club.join(ada, &link).await, "joined");
    assert_eq!(club.join(ada, &link).await, "already_in");
    assert_eq!(club.join(bob, &link).await, "link_expired");
    assert_eq!(club.status(ada).await, "member");
    until("the update", async || {
        club.bot.of_kind("chat_member").len() == 1
    })
    .await;
    let told = &club.bot.of_kind("chat_member")[0];
    assert_eq!(
        (
            &told["old_chat_member"]["status"],
            &told["new_chat_member"]["status"]
        ),
        (&json!("left"), &json!("member"))
    );
    assert_eq!(
        (&told["chat"]["id"], &told["from"]["id"]),
        (&json!(club.id), &json!(ada))
    );
    assert_eq!(told["invite_link"]["invite_link"], link["invite_link"]);
    assert_eq!(
        club.desk
            .call("getChatMemberCount", json!({ "chat_id": club.id }))
            .await,
        3
    );
    let both = json!({ "chat_id": club.id, "member_limit": 1, "creates_join_request": true });
    assert_eq!(
        club.desk.refusal("createChatInviteLink", both).await.1,
        "Bad Request: member limit can't be specified for links requiring administrator approval"
    );
}

#[tokio::test]
async fn a_link_ends_by_time_and_by_hand() {
    let club = Club::found("supergroup").await;
    let bob = club.desk.user(0).await;
    let now = club.desk.get("/time").await["now"].as_i64().unwrap();
    let short = club
        .link("createChatInviteLink", json!({ "expire_date": now + 60 }))
        .await;
    club.desk.advance(60).await;
    assert_eq!(club.join(bob, &short).await, "link_expired");
    let gone = club.link("createChatInviteLink", json!({})).await;
    let revoked = club
        .link(
            "revokeChatInviteLink",
            json!({ "invite_link": gone["invite_link"] }),
        )
        .await;
    assert_eq!(revoked["is_revoked"], true);
    assert_eq!(club.join(bob, &gone).await, "link_expired");
    let exported = club
        .desk
        .call("exportChatInviteLink", json!({ "chat_id": club.id }))
        .await;
    let chat = club
        .desk
        .call("getChat", json!({ "chat_id": club.id }))
        .await;
    assert_eq!(
        (&chat["invite_link"], &chat["type"]),
        (&exported, &json!("supergroup"))
    );
    let main = json!({ "invite_link": exported });
    let revoked = club.link("revokeChatInviteLink", main).await;
    assert_eq!(
        revoked["invite_link"], exported,
        "the answer is the old one"
    );
    let chat = club
        .desk
        .call("getChat", json!({ "chat_id": club.id }))
        .await;
    assert!(
        chat["invite_link"].is_string(),
        "there is always a main link"
    );
    assert_ne!(chat["invite_link"], exported);
}

#[tokio::test]
async fn a_request_waits_for_the_bot() {
    let club = Club::found("channel").await;
    let (ada, bob) = (club.desk.user(0).await, club.desk.user(0).await);
    let link = club
        .link(
            "createChatInviteLink",
            json!({ "creates_join_request": true }),
        )
        .await;
    assert_eq!(club.join(ada, &link).await, "requested");
    assert_eq!(
        club.join(ada, &link).await,
        "requested",
        "asking twice is asking once"
    );
    club.join(bob, &link).await;
    until("both requests", async || {
        club.bot.of_kind("chat_join_request").len() == 2
    })
    .await;
    let asked = &club.bot.of_kind("chat_join_request")[0];
    assert_eq!(
        (&asked["from"]["id"], &asked["user_chat_id"]),
        (&json!(ada), &json!(ada))
    );
    assert_eq!(asked["invite_link"]["pending_join_request_count"], 1);
    let hello = json!({ "chat_id": ada, "text": "Wait a moment" });
    club.desk.call("sendMessage", hello.clone()).await;
    club.desk.advance(300).await;
    assert_eq!(
        club.desk.refusal("sendMessage", hello).await,
        (
            403,
            "Forbidden: bot can't initiate conversation with a user".into()
        )
    );
    assert_eq!(club.act("approveChatJoinRequest", ada).await.0, 200);
    assert_eq!(club.act("declineChatJoinRequest", bob).await.0, 200);
    assert_eq!(
        (club.status(ada).await, club.status(bob).await),
        (json!("member"), json!("left"))
    );
    let again = club.act("approveChatJoinRequest", ada).await.1["description"].clone();
    assert_eq!(again, "Bad Request: USER_ALREADY_PARTICIPANT");
    let nobody = club.act("approveChatJoinRequest", bob).await.1["description"].clone();
    assert_eq!(nobody, "Bad Request: HIDE_REQUESTER_MISSING");
    until("the update", async || {
        club.bot.of_kind("chat_member").len() == 1
    })
    .await;
    let told = &club.bot.of_kind("chat_member")[0];
    assert_eq!(
        (&told["via_join_request"], &told["from"]["id"]),
        (&json!(true), &json!(7001))
    );
}

#[tokio::test]
async fn who_is_banned_stays_out_until_allowed() {
    let club = Club::found("supergroup").await;
    let ada = club.desk.user(0).await;
    let link = club.link("createChatInviteLink", json!({})).await;
    club.join(ada, &link).await;
    assert_eq!(club.act("unbanChatMember", ada).await.0, 200);
    assert_eq!(club.status(ada).await, "member", "only if banned");
    assert_eq!(club.act("banChatMember", ada).await.0, 200);
    assert_eq!(club.status(ada).await, "kicked");
    assert_eq!(club.join(ada, &link).await, "banned");
    club.act("unbanChatMember", ada).await;
    assert_eq!(club.status(ada).await, "left");
    assert_eq!(club.join(ada, &link).await, "joined");
    let out = json!({ "chat_id": club.id, "user_id": ada });
    club.desk.call("unbanChatMember", out).await;
    assert_eq!(
        club.status(ada).await,
        "left",
        "without the flag a member goes"
    );
    let moves = async || {
        let told = club.bot.of_kind("chat_member").into_iter();
        told.map(|update| update["new_chat_member"]["status"].clone())
            .collect::<Vec<_>>()
    };
    until("six moves", async || moves().await.len() == 6).await;
    assert_eq!(moves().await[4..], ["kicked", "left"], "by way of a ban");
    club.join(ada, &link).await;
    let left = club
        .desk
        .post(
            &format!("/communities/{}/leave", club.id),
            json!({ "user_id": ada }),
        )
        .await;
    assert_eq!((left.0, club.status(ada).await), (200, json!("left")));
    let now = club.desk.get("/time").await["now"].as_i64().unwrap();
    let hour = json!({ "chat_id": club.id, "user_id": ada, "until_date": now + 3600 });
    club.desk.call("banChatMember", hour).await;
    assert_eq!(club.join(ada, &link).await, "banned");
    club.desk.advance(3600).await;
    assert_eq!(club.status(ada).await, "left", "the ban is over");
    assert_eq!(club.join(ada, &link).await, "joined");
    let elsewhere = json!({ "chat_id": -5, "user_id": ada });
    assert_eq!(
        club.desk.refusal("banChatMember", elsewhere).await.1,
        "Bad Request: chat not found"
    );
}

#[tokio::test]
async fn a_channel_costs_each_month() {
    let club = Club::found("channel").await;
    let ada = club.desk.user(25).await;
    let paid = json!({ "name": "Club", "subscription_period": MONTH, "subscription_price": 10 });
    let link = club
        .link("createChatSubscriptionInviteLink", paid.clone())
        .await;
    assert_eq!(
        (&link["subscription_price"], &link["subscription_period"]),
        (&json!(10), &json!(MONTH))
    );
    assert_eq!(club.join(ada, &link).await, "joined");
    let member = club.act("getChatMember", ada).await.1["result"].clone();
    assert!(member["until_date"].is_i64());
    club.desk.advance(MONTH + 1).await;
    assert_eq!(
        (club.status(ada).await, club.desk.stars(ada).await),
        (json!("member"), 5)
    );
    assert_eq!(
        club.desk.ledger().await["balance"],
        0,
        "the Stars are the channel's"
    );
    club.desk.advance(MONTH).await;
    assert_eq!(club.status(ada).await, "left");
    assert_eq!(club.join(ada, &link).await, "balance_too_low");
    for (field, value, code) in [
        ("subscription_period", 60, "SUBSCRIPTION_PERIOD_INVALID"),
        ("subscription_price", 10_001, "PRICING_CHAT_INVALID"),
        (
            "subscription_price",
            0,
            "invalid subscription pricing specified",
        ),
    ] {
        let mut wrong = paid.clone();
        wrong["chat_id"] = json!(club.id);
        wrong[field] = json!(value);
        let text = club
            .desk
            .refusal("createChatSubscriptionInviteLink", wrong)
            .await
            .1;
        assert_eq!(text, format!("Bad Request: {code}"));
    }
}

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

impl Club {
    async fn rule(&self, user: i64, ruling: &str) -> Value {
        let path = format!("/communities/{}/rulings", self.id);
        let wanted = json!({ "user_id": user, "ruling": ruling });
        let (_, answer) = self.desk.post(&path, wanted).await;
        answer.get("ok").unwrap_or(&answer["error"]["code"]).clone()
    }

    async fn seen(&self) -> Value {
        let list = self.desk.get(&format!("/communities?token={TOKEN}")).await;
        list[0].clone()
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

    assert_eq!(club.rule(ada, "ban").await, true);
    assert_eq!(club.join(ada, &link).await, "banned");
    assert_eq!(club.rule(ada, "remove").await, "place_invalid");
    assert_eq!(club.rule(ada, "unban").await, true);
    assert_eq!(club.join(ada, &link).await, "requested");
    let owner = owner["user_id"].as_i64().unwrap();
    assert_eq!(club.rule(owner, "ban").await, "place_invalid");
    assert_eq!(club.rule(1, "ban").await, "user_not_found");
    let link = &club.seen().await["links"][0];
    assert_eq!((&link["is_open"], &link["used"]), (&json!(true), &json!(1)));
}
