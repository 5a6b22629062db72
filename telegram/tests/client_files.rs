//! How files are sent and fetched.

// Tests say what went wrong by stopping.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::{FakeTelegram, TOKEN};
use telegram::client::{FileSource, SendFile, Upload};
use telegram::{Button, InlineKeyboard};

fn sent_message() -> Value {
    json!({"message_id": 5, "date": 1, "chat": {"id": 42, "type": "private"}})
}

#[tokio::test]
async fn a_document_is_uploaded_as_a_form() {
    let fake = FakeTelegram::start().await;
    let mut reply = sent_message();
    reply["document"] = json!({"file_id": "DOC1", "file_unique_id": "u", "file_size": 9});
    fake.will_say(reply);
    let upload = Upload::bytes("guide ё.pdf", "application/pdf", "%PDF-body");
    let keyboard = InlineKeyboard::new().row([Button::callback("a", "b")]);
    let document = SendFile::new(42, upload)
        .caption("Your guide & more")
        .protect(true)
        .keyboard(keyboard);
    let sent = fake.client().send_document(document).await.unwrap();
    assert_eq!(sent.file_id(), Some("DOC1"));

    let heard = fake.heard();
    assert_eq!(heard.path, format!("/bot{TOKEN}/sendDocument"));
    let kind = heard.headers["content-type"].to_str().unwrap().to_owned();
    assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
    let body = heard.text();
    for (name, value) in [
        ("chat_id", "42"),
        ("caption", "Your guide & more"),
        ("protect_content", "true"),
        ("disable_content_type_detection", "true"),
        (
            "reply_markup",
            r#"{"inline_keyboard":[[{"callback_data":"b","text":"a"}]]}"#,
        ),
    ] {
        let part = format!("name=\"{name}\"\r\n\r\n{value}\r\n");
        assert!(body.contains(&part), "{part:?} is not in {body}");
    }
    assert!(body.contains("name=\"document\"; filename"), "{body}");
    assert!(
        body.contains("Content-Type: application/pdf\r\n\r\n%PDF-body\r\n"),
        "{body}"
    );
}

#[tokio::test]
async fn a_document_is_streamed_with_its_length() {
    let fake = FakeTelegram::start().await;
    fake.will_say(sent_message());
    let chunks = ["one ", "two ", "three"].map(Ok::<_, std::io::Error>);
    let upload = Upload::stream("a.txt", "text/plain", 13, futures::stream::iter(chunks));
    fake.client()
        .send_document(SendFile::new(42, upload))
        .await
        .unwrap();
    let heard = fake.heard();
    assert!(heard.text().contains("one two three"));
    let length: usize = heard.headers["content-length"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(length, heard.body.len());
}

#[tokio::test]
async fn a_known_file_is_sent_by_its_id() {
    let fake = FakeTelegram::start().await;
    fake.will_say(sent_message()).will_say(sent_message());
    let by_id = SendFile::new(42, FileSource::FileId("DOC1".to_owned()));
    fake.client().send_document(by_id).await.unwrap();
    assert_eq!(
        fake.heard().json(),
        json!({"chat_id": 42, "document": "DOC1", "disable_content_type_detection": true})
    );
    let by_url = SendFile::new(42, FileSource::Url("https://a/b.jpg".to_owned()));
    fake.client()
        .send_photo(by_url.caption("<i>c</i>").html())
        .await
        .unwrap();
    assert_eq!(
        fake.heard().json(),
        json!({"chat_id": 42, "photo": "https://a/b.jpg", "caption": "<i>c</i>",
               "parse_mode": "HTML"})
    );
}

#[tokio::test]
async fn files_are_fetched() {
    let fake = FakeTelegram::start().await;
    let client = fake.client();
    fake.will_say(json!({"file_id": "f", "file_unique_id": "u", "file_path": "documents/a b.pdf"}));
    let file = client.get_file("f").await.unwrap();
    fake.will_reply(200, "bytes");
    assert_eq!(
        client
            .download_file(&file.file_path.unwrap())
            .await
            .unwrap(),
        b"bytes"
    );
    assert_eq!(
        fake.heard().path,
        format!("/file/bot{TOKEN}/documents/a%20b.pdf")
    );
    fake.will_reply(404, "gone");
    assert_eq!(
        client.download_file("old").await.unwrap_err().code(),
        "method_not_found"
    );
}
