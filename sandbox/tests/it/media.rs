//! Other kinds of messages, and what is done to sent ones.

use crate::support::{Desk, TOKEN, invoice};
use serde_json::{Value, json};

async fn upload(desk: &Desk, method: &str, chat_id: i64, fields: &[(&str, &str)]) -> Value {
    let mut form = reqwest::multipart::Form::new().text("chat_id", chat_id.to_string());
    for (name, value) in fields {
        form = match value.strip_prefix("file:") {
            Some(file) => {
                let part = reqwest::multipart::Part::bytes(b"bytes".to_vec());
                form.part((*name).to_owned(), part.file_name(file.to_owned()))
            }
            None => form.text((*name).to_owned(), (*value).to_owned()),
        };
    }
    let url = desk.url(&format!("/bot{TOKEN}/{method}"));
    let response = desk.http().post(url).multipart(form).send().await.unwrap();
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["ok"], true, "{method}: {answer}");
    answer["result"].clone()
}

async fn text(desk: &Desk, chat_id: i64, text: &str) -> i64 {
    let sent = desk
        .call("sendMessage", json!({ "chat_id": chat_id, "text": text }))
        .await;
    sent["message_id"].as_i64().unwrap()
}

#[tokio::test]
async fn files_of_every_kind_are_sent_and_sent_again() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    for (method, field, file) in [
        ("sendVideo", "video", "file:a.mp4"),
        ("sendAnimation", "animation", "file:a.mp4"),
        ("sendAudio", "audio", "file:a.mp3"),
        ("sendVoice", "voice", "file:a.ogg"),
        ("sendVideoNote", "video_note", "file:a.mp4"),
    ] {
        let fields = [
            (field, file),
            ("duration", "7"),
            ("width", "320"),
            ("title", "Sea"),
        ];
        let sent = upload(&desk, method, user, &fields).await;
        assert_eq!(sent[field]["duration"], 7, "{method}");
        let again = json!({ "chat_id": user, field: sent[field]["file_id"], "caption": "<i>Sea</i>",
            "parse_mode": "HTML" });
        let again = desk.call(method, again).await;
        assert_eq!(again[field]["file_id"], sent[field]["file_id"]);
        let has_caption = field != "video_note";
        assert_eq!(again.get("caption").is_some(), has_caption, "{method}");
        let (status, missing) = desk.refusal(method, json!({ "chat_id": user })).await;
        let name = field.replace('_', " ");
        let told = format!("Bad Request: there is no {name} in the request");
        assert_eq!((status, missing), (400, told));
        let caption =
            json!({ "chat_id": user, "message_id": again["message_id"], "caption": "Shore" });
        if has_caption {
            assert_eq!(
                desk.call("editMessageCaption", caption).await["caption"],
                "Shore"
            );
        } else {
            let refused = desk.refusal("editMessageCaption", caption).await.1;
            assert_eq!(
                refused,
                "Bad Request: there is no caption in the message to edit"
            );
        }
    }
}

#[tokio::test]
async fn places_contacts_and_dice() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let place = json!({ "chat_id": user, "latitude": 48.2, "longitude": "16.37" });
    let sent = desk.call("sendLocation", place.clone()).await;
    assert_eq!(
        sent["location"],
        json!({ "latitude": 48.2, "longitude": 16.37 })
    );
    let mut venue = place;
    venue["title"] = json!("Shop");
    venue["address"] = json!("Main street 1");
    let sent = desk.call("sendVenue", venue).await;
    assert_eq!(sent["venue"]["location"], sent["location"]);
    let nowhere = json!({ "chat_id": user, "latitude": 1 });
    assert_eq!(
        desk.refusal("sendLocation", nowhere).await.1,
        "Bad Request: longitude is empty"
    );
    let contact = json!({ "chat_id": user, "phone_number": "+1", "first_name": "Ada" });
    assert_eq!(
        desk.call("sendContact", contact).await["contact"]["first_name"],
        "Ada"
    );
    let slots = json!({ "chat_id": user, "emoji": "🎰" });
    let value = desk.call("sendDice", slots).await["dice"]["value"].as_i64();
    assert!(value.is_some_and(|value| (1..=64).contains(&value)));
    let wrong = json!({ "chat_id": user, "emoji": "🐟" });
    assert_eq!(
        desk.refusal("sendDice", wrong).await.1,
        "Bad Request: EMOTICON_INVALID"
    );
}

#[tokio::test]
async fn an_album_is_several_messages_of_one_kind() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let media = json!([
        { "type": "document", "media": "attach://one", "caption": "First" },
        { "type": "document", "media": "attach://two" },
    ]);
    let fields = [("media", media.to_string())];
    let fields = [
        (fields[0].0, fields[0].1.as_str()),
        ("one", "file:1.txt"),
        ("two", "file:2.txt"),
    ];
    let sent = upload(&desk, "sendMediaGroup", user, &fields).await;
    assert_eq!(sent.as_array().unwrap().len(), 2);
    assert_eq!(sent[0]["caption"], "First");
    assert_eq!(sent[0]["media_group_id"], sent[1]["media_group_id"]);
    let file = sent[0]["document"]["file_id"].clone();
    let mixed = json!({ "chat_id": user, "media": [
        { "type": "document", "media": file }, { "type": "audio", "media": file } ] });
    assert_eq!(
        desk.refusal("sendMediaGroup", mixed).await.1,
        "Bad Request: document can't be mixed with other media types"
    );
    let many = vec![json!({ "type": "document", "media": file }); 11];
    let many = json!({ "chat_id": user, "media": many });
    assert_eq!(
        desk.refusal("sendMediaGroup", many).await.1,
        "Bad Request: too many messages to send as an album"
    );
    let other = json!({ "chat_id": user, "message_id": sent[0]["message_id"],
        "media": { "type": "video", "media": file, "width": 10 } });
    let edited = desk.call("editMessageMedia", other).await;
    assert_eq!(
        (&edited["video"]["width"], edited.get("document")),
        (&json!(10), None)
    );
}

#[tokio::test]
async fn a_forwarded_invoice_pays_or_leads_to_the_bot() {
    let desk = Desk::start().await;
    let (ada, bob) = (desk.started_user(0).await, desk.started_user(0).await);
    for parameter in ["", "buy_2"] {
        let mut bill = invoice(5, "order-2");
        bill["chat_id"] = json!(ada);
        bill["start_parameter"] = json!(parameter);
        let bill = desk.call("sendInvoice", bill).await["message_id"].clone();
        let pass = json!({ "chat_id": bob, "from_chat_id": ada, "message_id": bill });
        desk.call("forwardMessage", pass).await;
    }
    let seen = desk.get(&format!("/chats/{bob}?token={TOKEN}")).await;
    let seen = seen["messages"].as_array().unwrap();
    let [.., plain, linked] = seen.as_slice() else {
        panic!("two invoices: {seen:?}");
    };
    assert!(plain["invoice_slug"].is_string(), "it can be paid");
    assert!(linked.get("invoice_slug").is_none());
    assert_eq!(
        linked["reply_markup"]["inline_keyboard"][0][0]["url"],
        "https://t.me/sandbox_7001_bot?start=buy_2"
    );
}

#[tokio::test]
async fn messages_are_forwarded_and_copied() {
    let desk = Desk::start().await;
    let (ada, bob) = (desk.started_user(0).await, desk.started_user(0).await);
    let id = text(&desk, ada, "A secret").await;
    let pass = json!({ "chat_id": bob, "from_chat_id": ada, "message_id": id });
    let forwarded = desk.call("forwardMessage", pass.clone()).await;
    assert_eq!(forwarded["forward_origin"]["sender_user"]["id"], 7001);
    assert_eq!(
        (&forwarded["text"], &forwarded["chat"]["id"]),
        (&json!("A secret"), &json!(bob))
    );
    let copied = desk.call("copyMessage", pass).await;
    assert_eq!(
        copied.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["message_id"]
    );
    let mut priced = invoice(5, "order-1");
    priced["chat_id"] = json!(ada);
    let bill = desk.call("sendInvoice", priced).await["message_id"]
        .as_i64()
        .unwrap();
    let pass = |id: i64| json!({ "chat_id": bob, "from_chat_id": ada, "message_id": id });
    assert_eq!(
        desk.refusal("copyMessage", pass(bill)).await.1,
        "Bad Request: the message can't be copied"
    );
    assert_eq!(
        desk.call("forwardMessage", pass(bill)).await["invoice"]["total_amount"],
        5
    );
    assert_eq!(
        desk.refusal("copyMessage", pass(999)).await.1,
        "Bad Request: message to copy not found"
    );
    let kept = json!({ "chat_id": ada, "text": "Only for you", "protect_content": true });
    let kept = desk.call("sendMessage", kept).await["message_id"]
        .as_i64()
        .unwrap();
    assert_eq!(
        desk.refusal("forwardMessage", pass(kept)).await.1,
        "Bad Request: the message can't be forwarded"
    );
    let several = |ids: Value| json!({ "chat_id": bob, "from_chat_id": ada, "message_ids": ids });
    let sent = desk
        .call("copyMessages", several(json!([id, bill, 999])))
        .await;
    assert_eq!(
        sent.as_array().unwrap().len(),
        1,
        "what can't be copied is skipped"
    );
    let both = desk
        .call("forwardMessages", several(json!([id, bill])))
        .await;
    assert_eq!(both.as_array().unwrap().len(), 2);
    for (ids, why) in [
        (
            json!([bill, id]),
            "message identifiers must be in a strictly increasing order",
        ),
        (json!([]), "message identifiers are not specified"),
        (json!([999]), "messages can't be forwarded"),
    ] {
        let refused = desk.refusal("forwardMessages", several(ids)).await.1;
        assert_eq!(refused, format!("Bad Request: {why}"));
    }
}

#[tokio::test]
async fn messages_are_pinned_reacted_to_and_deleted() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let (one, two) = (
        text(&desk, user, "One").await,
        text(&desk, user, "Two").await,
    );
    let at = |id: i64| json!({ "chat_id": user, "message_id": id });
    desk.call("pinChatMessage", at(one)).await;
    desk.call("pinChatMessage", at(two)).await;
    let told = desk.call("getUpdates", json!({ "offset": -1 })).await;
    assert_eq!(told[0]["message"]["pinned_message"]["text"], "Two");
    let chat = json!({ "chat_id": user });
    assert_eq!(
        desk.call("getChat", chat.clone()).await["pinned_message"]["text"],
        "Two"
    );
    desk.call("unpinChatMessage", chat.clone()).await;
    assert_eq!(
        desk.call("getChat", chat.clone()).await["pinned_message"]["text"],
        "One"
    );
    desk.call("unpinAllChatMessages", chat.clone()).await;
    assert_eq!(
        desk.refusal("unpinChatMessage", chat).await.1,
        "Bad Request: message to unpin not found"
    );
    let heart = json!({ "chat_id": user, "message_id": one, "reaction": [{ "type": "emoji", "emoji": "❤" }] });
    desk.call("setMessageReaction", heart).await;
    let shown = desk.get(&format!("/chats/{user}?token={TOKEN}")).await;
    let shown = shown["messages"].as_array().unwrap().clone();
    let shown = shown
        .iter()
        .find(|message| message["message_id"] == one)
        .unwrap();
    assert_eq!(shown["reaction"]["emoji"], "❤");
    for bad in [
        json!({ "type": "paid" }),
        json!({ "type": "emoji", "emoji": "🍕" }),
    ] {
        let wanted = json!({ "chat_id": user, "message_id": one, "reaction": [bad] });
        assert_eq!(
            desk.refusal("setMessageReaction", wanted).await.1,
            "Bad Request: REACTION_INVALID"
        );
    }
    let both = json!({ "chat_id": user, "message_ids": [one, two, 999] });
    assert_eq!(desk.call("deleteMessages", both).await, true);
    let gone = desk.refusal("deleteMessage", at(one)).await.1;
    assert_eq!(gone, "Bad Request: message to delete not found");
}

#[tokio::test]
async fn a_group_is_described_and_left() {
    let desk = Desk::start().await;
    let owner = desk.user(0).await;
    let new = json!({ "token": TOKEN, "kind": "supergroup", "title": "Club", "owner_id": owner });
    let id = desk.post("/communities", new).await.1["id"].clone();
    let chat = json!({ "chat_id": id });
    let listed = desk.call("getChatAdministrators", chat.clone()).await;
    let places: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"])
        .collect();
    assert_eq!(places, ["creator", "administrator"]);
    desk.call(
        "setChatTitle",
        json!({ "chat_id": id, "title": "Sea club" }),
    )
    .await;
    let told = desk.call("getUpdates", json!({ "offset": -1 })).await;
    assert_eq!(told[0]["message"]["new_chat_title"], "Sea club");
    let words = json!({ "chat_id": id, "description": "For friends of the sea" });
    desk.call("setChatDescription", words.clone()).await;
    assert_eq!(
        desk.refusal("setChatDescription", words).await.1,
        "Bad Request: chat description is not modified"
    );
    let full = desk.call("getChat", chat).await;
    assert_eq!(
        (&full["title"], &full["description"]),
        (&json!("Sea club"), &json!("For friends of the sea"))
    );
}

#[tokio::test]
async fn a_group_is_left_by_a_bot_without_rights() {
    let desk = Desk::start().await;
    let owner = desk.user(0).await;
    let new = json!({ "token": TOKEN, "kind": "supergroup", "title": "Club", "owner_id": owner });
    let id = desk.post("/communities", new).await.1["id"].clone();
    let chat = json!({ "chat_id": id });
    let path = format!("/communities/{id}/bot");
    desk.put(&path, json!({ "place": "member", "by": owner }))
        .await;
    let refused = desk
        .refusal("setChatTitle", json!({ "chat_id": id, "title": "x" }))
        .await;
    assert_eq!(
        refused,
        (
            400,
            "Bad Request: not enough rights to change chat title".into()
        )
    );
    let post = desk
        .call("sendMessage", json!({ "chat_id": id, "text": "Pin me" }))
        .await;
    let pin = json!({ "chat_id": id, "message_id": post["message_id"] });
    assert_eq!(
        desk.refusal("pinChatMessage", pin).await.1,
        "Bad Request: not enough rights to manage pinned messages in the chat"
    );
    assert_eq!(desk.call("leaveChat", chat.clone()).await, true);
    let told = desk.call("getUpdates", json!({ "offset": -1 })).await;
    let changed = &told[0]["my_chat_member"];
    assert_eq!(
        (
            &changed["from"]["id"],
            &changed["new_chat_member"]["status"]
        ),
        (&json!(7001), &json!("left"))
    );
    assert_eq!(desk.refusal("leaveChat", chat).await.0, 403);
    let private = desk
        .refusal(
            "getChatAdministrators",
            json!({ "chat_id": desk.started_user(0).await }),
        )
        .await;
    assert_eq!(
        private.1,
        "Bad Request: there are no administrators in the private chat"
    );
}
