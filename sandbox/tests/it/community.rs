//! Groups and channels as goods: links, requests, bans, months.

use crate::support::club::Club;
use crate::support::{MONTH, TOKEN, until};
use serde_json::{Value, json};

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
async fn a_place_by_a_link_is_free_again_when_somebody_goes() {
    let club = Club::found("supergroup").await;
    let (ada, bob) = (club.desk.user(0).await, club.desk.user(0).await);
    let one = json!({ "member_limit": 1 });
    let link = club.link("createChatInviteLink", one).await;
    for user in [ada, bob, ada] {
        assert_eq!(club.join(user, &link).await, "joined");
        let other = if user == ada { bob } else { ada };
        assert_eq!(club.join(other, &link).await, "link_expired");
        let out = json!({ "chat_id": club.id, "user_id": user });
        club.desk.call("unbanChatMember", out).await;
    }
}

#[tokio::test]
async fn only_an_administrator_is_told_of_people() {
    let club = Club::found("supergroup").await;
    let (ada, bob) = (club.desk.user(0).await, club.desk.user(0).await);
    let open = club.link("createChatInviteLink", json!({})).await;
    let asking = json!({ "creates_join_request": true });
    let asking = club.link("createChatInviteLink", asking).await;
    let place = async |standing: Value| {
        let path = format!("/communities/{}/bot", club.id);
        assert_eq!(club.desk.put(&path, standing).await.0, 200);
    };
    let rights = json!({ "can_invite_users": false });
    place(json!({ "place": "administrator", "rights": rights })).await;
    assert_eq!(club.join(bob, &asking).await, "requested");
    place(json!({ "place": "member" })).await;
    assert_eq!(club.join(ada, &open).await, "joined");
    place(json!({ "place": "administrator", "rights": {} })).await;
    let carl = json!({ "first_name": "Carl", "bio": "Reads a lot" });
    let carl = club.desk.post("/users", carl).await.1["id"]
        .as_i64()
        .unwrap();
    assert_eq!(club.join(carl, &asking).await, "requested");
    club.desk
        .post(
            &format!("/communities/{}/leave", club.id),
            json!({ "user_id": ada }),
        )
        .await;
    until("the request that it may see", async || {
        club.bot.of_kind("chat_join_request").len() == 1
    })
    .await;
    until("the move that it may see", async || {
        club.bot.of_kind("chat_member").len() == 1
    })
    .await;
    let request = &club.bot.of_kind("chat_join_request")[0];
    assert_eq!(request["from"]["id"], carl, "not what it missed");
    assert_eq!(request["bio"], "Reads a lot");
    let chat = club.desk.call("getChat", json!({ "chat_id": carl })).await;
    assert_eq!(chat["bio"], "Reads a lot");
    let told = &club.bot.of_kind("chat_member")[0];
    assert_eq!(told["new_chat_member"]["status"], "left");
    let hello = json!({ "chat_id": bob, "text": "Wait a moment" });
    assert_eq!(club.desk.refusal("sendMessage", hello).await.0, 403);
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
    assert_eq!(club.seen().await["stars"], 20);
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
async fn a_month_in_a_channel_is_canceled_like_a_subscription() {
    let club = Club::found("channel").await;
    let ada = club.desk.user(100).await;
    let paid = json!({ "subscription_period": MONTH, "subscription_price": 10 });
    let link = club.link("createChatSubscriptionInviteLink", paid).await;
    club.join(ada, &link).await;
    let listed = async || {
        let path = format!("/subscriptions?token={TOKEN}&user_id={ada}");
        club.desk.get(&path).await
    };
    let found = listed().await[0].clone();
    assert_eq!(
        (&found["chat_id"], &found["amount"], &found["title"]),
        (&json!(club.id), &json!(10), &json!("Club"))
    );
    let act = async |action: &str| {
        let wanted = json!({ "token": TOKEN, "charge_id": found["charge_id"], "action": action });
        club.desk.post("/subscriptions", wanted).await
    };
    assert_eq!(act("cancel").await.1["standing"], "canceled");
    assert_eq!(act("cancel").await.1["error"]["code"], "standing_invalid");
    assert_eq!(act("reactivate").await.1["standing"], "active");
    club.desk.advance(MONTH + 1).await;
    let renewed = listed().await[0].clone();
    assert_eq!(
        (
            renewed["charges"].as_array().unwrap().len(),
            club.desk.stars(ada).await
        ),
        (2, 80)
    );
    act("cancel").await;
    assert_eq!(club.status(ada).await, "member", "what is paid runs on");
    club.desk.advance(MONTH).await;
    assert_eq!(
        (club.status(ada).await, club.desk.stars(ada).await),
        (json!("left"), 80)
    );
    assert_eq!(
        (listed().await, act("reactivate").await.0),
        (json!([]), 404)
    );
}
