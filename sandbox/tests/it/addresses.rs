//! Files that a bot names by their address.

use crate::support::maker::PICTURE;
use crate::support::{Desk, TOKEN};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

/// The address of a picture, which the sandbox itself serves.
async fn picture(desk: &Desk, user: i64) -> String {
    let part = Part::bytes(PICTURE).file_name("moth.png");
    let form = Form::new()
        .text("chat_id", user.to_string())
        .part("photo", part);
    let url = desk.url(&format!("/bot{TOKEN}/sendPhoto"));
    let answer = desk.http().post(url).multipart(form).send().await.unwrap();
    let sent: Value = answer.json().await.unwrap();
    let file = json!({ "file_id": sent["result"]["photo"][0]["file_id"] });
    let file = desk.call("getFile", file).await;
    let path = file["file_path"].as_str().unwrap();
    desk.url(&format!("/file/bot{TOKEN}/{path}"))
}

#[tokio::test]
async fn a_file_is_fetched_from_its_address() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let picture = picture(&desk, user).await;
    let photo = json!({ "chat_id": user, "photo": picture });
    let sent = desk.call("sendPhoto", photo).await;
    assert!(sent["photo"][0]["width"].as_i64().unwrap() > 0, "{sent}");
    let album = [0, 1].map(|_| json!({ "type": "photo", "media": picture }));
    let album = json!({ "chat_id": user, "media": album });
    let sent = desk.call("sendMediaGroup", album).await;
    assert_eq!(sent.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_an_address_does_not_give_is_refused() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let picture = picture(&desk, user).await;
    let wrong = "Bad Request: wrong type of the web page content";
    let failed = "Bad Request: failed to get HTTP URL content";
    for (method, field, address, why) in [
        // Telegram takes pages of print, moving pictures and archives alone for documents.
        ("sendDocument", "document", picture, wrong),
        ("sendPhoto", "photo", desk.url("/"), wrong),
        ("sendPhoto", "photo", desk.url("/api/nothing"), failed),
        (
            "sendPhoto",
            "photo",
            "http://files.invalid/".to_owned(),
            failed,
        ),
    ] {
        let params = json!({ "chat_id": user, (field): address });
        assert_eq!(
            desk.refusal(method, params).await,
            (400, why.to_owned()),
            "{method} {field}"
        );
    }
}
