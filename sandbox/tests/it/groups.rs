//! Messages in groups and channels.

use std::time::Duration;

use crate::support::{Desk, TOKEN, invoice};
use futures::StreamExt;
use serde_json::{Value, json};

struct Room {
    desk: Desk,
    owner: i64,
    id: i64,
}

impl Room {
    async fn open(kind: &str, options: Value) -> Self {
        let desk = Desk::start().await;
        let owner = desk.user(0).await;
        let mut new = json!({ "token": TOKEN, "kind": kind, "title": "Club", "owner_id": owner });
        for (name, value) in options.as_object().unwrap() {
            new[name] = value.clone();
        }
        let (status, answer) = desk.post("/communities", new).await;
        assert_eq!(status, 200, "{answer}");
        let id = answer["id"].as_i64().unwrap();
        let room = Self { desk, owner, id };
        room.updates().await;
        room
    }

    /// What the bot was told since the last time.
    async fn updates(&self) -> Vec<Value> {
        let got = self.desk.call("getUpdates", json!({})).await;
        let got = got.as_array().unwrap().clone();
        if let Some(last) = got.last() {
            let next = last["update_id"].as_i64().unwrap() + 1;
            self.desk
                .call("getUpdates", json!({ "offset": next }))
                .await;
        }
        got
    }

    /// Texts that the bot was told, under a kind of update.
    async fn texts(&self, kind: &str) -> Vec<String> {
        let updates = self.updates().await.into_iter();
        let texts = updates.filter_map(|update| Some(update[kind]["text"].as_str()?.to_owned()));
        texts.collect()
    }

    async fn say(&self, user: i64, text: &str, reply_to: Option<i64>) -> (u16, Value) {
        let message = json!({ "token": TOKEN, "user_id": user, "text": text, "chat_id": self.id,
            "reply_to_message_id": reply_to });
        self.desk.post("/messages", message).await
    }

    async fn send(&self, text: &str) -> Value {
        let params = json!({ "chat_id": self.id, "text": text });
        self.desk.call("sendMessage", params).await
    }

    async fn refusal(&self, method: &str, mut params: Value) -> (u16, String) {
        params["chat_id"] = json!(self.id);
        self.desk.refusal(method, params).await
    }

    async fn place(&self, standing: Value) -> u16 {
        let path = format!("/communities/{}/bot", self.id);
        self.desk.put(&path, standing).await.0
    }
}

#[tokio::test]
async fn a_group_has_numbers_of_its_own() {
    let room = Room::open("supergroup", json!({})).await;
    let user = room.desk.started_user(0).await;
    room.updates().await;
    let first = room.send("Hello, all").await;
    assert_eq!(
        (&first["message_id"], &first["chat"]["id"]),
        (&json!(1), &json!(room.id))
    );
    assert_eq!(
        first["chat"],
        json!({ "id": room.id, "title": "Club", "type": "supergroup" })
    );
    assert_eq!(first["from"]["id"], 7001);
    let private = json!({ "chat_id": user, "text": "Hello, you" });
    let private = room.desk.call("sendMessage", private).await;
    assert_eq!(
        private["message_id"], 2,
        "a private chat counts on its own: /start was the first"
    );
    let (_, said) = room.say(room.owner, "Hello, bot", None).await;
    assert_eq!(said["message"]["message_id"], 2);
    let told = room.updates().await;
    assert_eq!(told.len(), 1, "its own message is no update");
    let message = &told[0]["message"];
    assert_eq!(
        (&message["from"]["id"], &message["chat"]["id"]),
        (&json!(room.owner), &json!(room.id))
    );
    let edited = json!({ "chat_id": room.id, "message_id": 1, "text": "Hello again" });
    assert_eq!(
        room.desk.call("editMessageText", edited).await["text"],
        "Hello again"
    );
    let others = json!({ "message_id": 2, "text": "x" });
    assert_eq!(
        room.refusal("editMessageText", others).await.1,
        "Bad Request: message can't be edited"
    );
    let answer =
        json!({ "chat_id": room.id, "text": "Yes?", "reply_parameters": { "message_id": 2 } });
    let answer = room.desk.call("sendMessage", answer).await;
    assert_eq!(answer["reply_to_message"]["text"], "Hello, bot");
    assert_eq!(
        room.say(user, "Me too", None).await.1["error"]["code"],
        "not_in"
    );
    let mut bill = invoice(5, "order-1");
    bill["chat_id"] = json!(room.id);
    bill["reply_parameters"] = json!({ "message_id": 2 });
    let bill = room.desk.call("sendInvoice", bill).await;
    assert_eq!(bill["reply_to_message"]["text"], "Hello, bot");
    assert_eq!(bill["reply_markup"]["inline_keyboard"][0][0]["pay"], true);
    let chat = room
        .desk
        .get(&format!("/chats/{}?token={TOKEN}", room.id))
        .await;
    assert_eq!(chat["messages"].as_array().unwrap().len(), 4);
    assert_eq!(
        (&chat["bot_place"], &chat["can_write"]),
        (&json!("administrator"), &json!(true))
    );
}

#[tokio::test]
async fn privacy_mode_lets_commands_and_answers_through() {
    let room = Room::open("supergroup", json!({ "bot_place": "member" })).await;
    let asked = room.send("Who is there?").await["message_id"].as_i64();
    for (text, reply_to) in [
        ("Good morning", None),
        ("/buy", None),
        ("/buy@sandbox_7001_bot now", None),
        ("/buy@another_bot", None),
        ("Me", asked),
    ] {
        assert_eq!(room.say(room.owner, text, reply_to).await.0, 200);
    }
    assert_eq!(
        room.texts("message").await,
        ["/buy", "/buy@sandbox_7001_bot now", "Me"]
    );
    assert_eq!(
        room.desk.call("getMe", json!({})).await["can_read_all_group_messages"],
        false
    );
    let off = json!({ "token": TOKEN, "on": false });
    assert_eq!(room.desk.put("/privacy", off).await.0, 200);
    assert_eq!(
        room.desk.call("getMe", json!({})).await["can_read_all_group_messages"],
        true
    );
    room.say(room.owner, "Everything", None).await;
    assert_eq!(room.texts("message").await, ["Everything"]);
    let on = json!({ "token": TOKEN, "on": true });
    room.desk.put("/privacy", on).await;
    room.say(room.owner, "Nothing", None).await;
    assert_eq!(
        room.place(json!({ "place": "administrator", "by": room.owner }))
            .await,
        200
    );
    room.say(room.owner, "All of it", None).await;
    assert_eq!(
        room.texts("message").await,
        ["All of it"],
        "administrators see everything"
    );
}

#[tokio::test]
async fn who_comes_and_goes_is_told_in_the_group() {
    let room = Room::open("supergroup", json!({ "bot_place": "administrator" })).await;
    let link = room
        .desk
        .call("createChatInviteLink", json!({ "chat_id": room.id }))
        .await;
    let ada = room.desk.user(0).await;
    let joining = json!({ "user_id": ada, "invite_link": link["invite_link"] });
    room.desk.post("/joins", joining).await;
    let told = room.updates().await;
    let message = &told[0]["message"];
    assert_eq!(message["new_chat_members"][0]["id"], ada);
    assert_eq!(
        (&message["new_chat_member"]["id"], &message["from"]["id"]),
        (&json!(ada), &json!(ada))
    );
    let out = json!({ "chat_id": room.id, "user_id": ada });
    room.desk.call("banChatMember", out).await;
    let told = room.updates().await;
    let message = &told[0]["message"];
    assert_eq!(
        (&message["left_chat_member"]["id"], &message["from"]["id"]),
        (&json!(ada), &json!(7001))
    );
    let bob = room.desk.user(0).await;
    let joining = json!({ "user_id": bob, "invite_link": link["invite_link"] });
    room.desk.post("/joins", joining).await;
    room.updates().await;
    let rulings = format!("/communities/{}/rulings", room.id);
    let out = json!({ "user_id": bob, "ruling": "remove" });
    assert_eq!(room.desk.post(&rulings, out).await.0, 200);
    let told = room.updates().await;
    assert_eq!(told.len(), 1);
    let message = &told[0]["message"];
    assert_eq!(
        (&message["left_chat_member"]["id"], &message["from"]["id"]),
        (&json!(bob), &json!(room.owner)),
        "the owner put him out"
    );
}

#[tokio::test]
async fn a_member_who_is_put_out_by_way_of_a_ban_is_told_of_once() {
    let room = Room::open("supergroup", json!({})).await;
    let link = json!({ "chat_id": room.id });
    let link = room.desk.call("createChatInviteLink", link).await;
    let ada = room.desk.user(0).await;
    let joining = json!({ "user_id": ada, "invite_link": link["invite_link"] });
    room.desk.post("/joins", joining).await;
    room.updates().await;
    let out = json!({ "chat_id": room.id, "user_id": ada });
    room.desk.call("unbanChatMember", out).await;
    let told = room.updates().await;
    let gone = told
        .iter()
        .filter(|update| update["message"]["left_chat_member"].is_object());
    assert_eq!(gone.count(), 1, "{told:?}");
}

#[tokio::test]
async fn a_channel_speaks_for_itself() {
    let room = Room::open("channel", json!({ "username": "sea_club" })).await;
    let by_name = json!({ "chat_id": "@Sea_Club", "text": "News" });
    let post = room.desk.call("sendMessage", by_name).await;
    assert_eq!(post["sender_chat"]["username"], "sea_club");
    assert!(post.get("from").is_none());
    assert!(room.updates().await.is_empty(), "its own post is no update");
    room.say(room.owner, "From the owner", None).await;
    let told = room.updates().await;
    let message = &told[0]["channel_post"];
    assert_eq!(
        (&message["text"], &message["message_id"]),
        (&json!("From the owner"), &json!(2))
    );
    assert_eq!(message["sender_chat"]["id"], room.id);
    let edited = json!({ "chat_id": room.id, "message_id": 2, "text": "Corrected" });
    assert_eq!(
        room.desk.call("editMessageText", edited).await["text"],
        "Corrected"
    );
    let stranger = room.desk.user(0).await;
    assert_eq!(
        room.say(stranger, "x", None).await.1["error"]["code"],
        "not_in"
    );
    let lesser = json!({ "place": "administrator", "by": room.owner,
        "rights": { "can_post_messages": false, "can_delete_messages": false } });
    assert_eq!(room.place(lesser).await, 200);
    let told = room.updates().await;
    let changed = &told[0]["my_chat_member"];
    assert_eq!(
        (
            &changed["old_chat_member"]["can_post_messages"],
            &changed["new_chat_member"]["can_post_messages"]
        ),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        room.refusal("sendMessage", json!({ "text": "x" })).await,
        (
            400,
            "Bad Request: need administrator rights in the channel chat".into()
        )
    );
    assert_eq!(
        room.refusal("sendInvoice", invoice(5, "order-1")).await.1,
        "Bad Request: need administrator rights in the channel chat"
    );
    assert_eq!(
        room.refusal("deleteMessage", json!({ "message_id": 2 }))
            .await
            .1,
        "Bad Request: message can't be deleted"
    );
    assert_eq!(
        room.place(json!({ "place": "member" })).await,
        400,
        "nobody is just a member there"
    );
}

#[tokio::test]
async fn a_bot_that_is_out_can_do_nothing() {
    for (kind, place, text) in [
        (
            "channel",
            "left",
            "Forbidden: bot is not a member of the channel chat",
        ),
        (
            "channel",
            "kicked",
            "Forbidden: bot was kicked from the channel chat",
        ),
        (
            "supergroup",
            "left",
            "Forbidden: bot is not a member of the supergroup chat",
        ),
        (
            "supergroup",
            "kicked",
            "Forbidden: bot was kicked from the supergroup chat",
        ),
    ] {
        let room = Room::open(kind, json!({})).await;
        room.place(json!({ "place": place, "by": room.owner }))
            .await;
        let told = room.updates().await;
        let changed = &told[0]["my_chat_member"];
        assert_eq!(changed["from"]["id"], room.owner);
        assert_eq!(changed["new_chat_member"]["status"], place);
        for method in ["sendMessage", "createChatInviteLink", "getChatMemberCount"] {
            let refused = room.refusal(method, json!({ "text": "x" })).await;
            assert_eq!(refused, (403, text.to_owned()), "{method}");
        }
        room.say(room.owner, "/start", None).await;
        assert!(room.updates().await.is_empty(), "it hears nothing");
    }
    let desk = Desk::start().await;
    let nowhere = json!({ "chat_id": -1_001_234_567_890_i64, "text": "x" });
    let refused = desk.refusal("sendMessage", nowhere).await;
    assert_eq!(refused, (400, "Bad Request: chat not found".into()));
}

#[tokio::test]
async fn buttons_work_in_groups() {
    let room = Room::open("supergroup", json!({})).await;
    let keyboard = json!({ "inline_keyboard": [[{ "text": "Go", "callback_data": "go" }]] });
    let sent = json!({ "chat_id": room.id, "text": "Ready?", "reply_markup": keyboard });
    let sent = room.desk.call("sendMessage", sent).await;
    let press = json!({ "token": TOKEN, "user_id": room.owner, "chat_id": room.id,
        "message_id": sent["message_id"], "data": "go" });
    assert_eq!(room.desk.post("/callbacks", press).await.0, 200);
    let told = room.updates().await;
    let query = &told[0]["callback_query"];
    assert_eq!(
        (&query["from"]["id"], &query["message"]["chat"]["id"]),
        (&json!(room.owner), &json!(room.id))
    );
    let listed = room.desk.get(&format!("/communities?token={TOKEN}")).await;
    assert_eq!(
        (&listed[0]["id"], &listed[0]["members"]),
        (&json!(room.id), &json!([room.owner]))
    );
}

#[tokio::test]
async fn a_window_is_told_of_the_group_that_it_shows_and_of_no_other() {
    let room = Room::open("supergroup", json!({})).await;
    let new = json!({ "token": TOKEN, "kind": "supergroup", "title": "B", "owner_id": room.owner });
    let other = room.desk.post("/communities", new).await.1["id"].clone();
    let (owner, id) = (room.owner, room.id);
    let address = format!("/api/events?user_id={owner}&token={TOKEN}&chat_id={id}");
    let request = room.desk.http().get(room.desk.url(&address));
    let mut stream = request.send().await.unwrap().bytes_stream();
    for (chat, text) in [
        (other, "elsewhere"),
        (json!(id), "in the room"),
        (json!(owner), "the end"),
    ] {
        let said = json!({ "token": TOKEN, "user_id": owner, "text": text, "chat_id": chat });
        room.desk.post("/messages", said).await;
    }
    let mut seen = String::new();
    while !seen.contains("the end") {
        let chunk = tokio::time::timeout(Duration::from_secs(5), stream.next()).await;
        seen.push_str(&String::from_utf8_lossy(&chunk.unwrap().unwrap().unwrap()));
    }
    assert!(
        seen.contains("in the room") && !seen.contains("elsewhere"),
        "{seen}"
    );
}
