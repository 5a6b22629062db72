//! Launches: what is signed, what the address says, and those that are odd.

use crate::support::{Desk, TOKEN};
use serde_json::{Value, json};

#[tokio::test]
async fn a_launch_is_signed_and_addressed() {
    let desk = Desk::start().await;
    let user = desk.user(0).await;
    let wanted = json!({ "token": TOKEN, "user_id": user });
    let (status, problem) = desk.post("/launch", wanted.clone()).await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (400, &json!("app_url_missing"))
    );
    let menu = json!({ "type": "web_app", "text": "Shop", "web_app": { "url": "http://127.0.0.1:3000/?a=1" } });
    desk.call("setChatMenuButton", json!({ "menu_button": menu }))
        .await;
    let (_, menu_launch) = desk.post("/launch", wanted).await;
    let fields = |data: &Value| -> Vec<String> {
        let pairs = url::form_urlencoded::parse(data.as_str().unwrap().as_bytes()).into_owned();
        pairs.map(|(name, _)| name).collect()
    };
    assert_eq!(
        fields(&menu_launch["init_data"]),
        ["query_id", "user", "auth_date", "signature", "hash"]
    );
    desk.say(user, "/start").await;
    let deep = json!({
        "token": TOKEN, "user_id": user, "start_param": "p_abc", "platform": "ios",
        "version": "8.0", "fullscreen": true,
    });
    let (_, link) = desk.post("/launch", deep).await;
    assert_eq!(
        fields(&link["init_data"]),
        [
            "user",
            "chat_instance",
            "chat_type",
            "start_param",
            "auth_date",
            "signature",
            "hash"
        ]
    );
    let url = url::Url::parse(link["url"].as_str().unwrap()).unwrap();
    assert_eq!(url.query(), Some("a=1&tgWebAppStartParam=p_abc"));
    let fragment: std::collections::HashMap<String, String> =
        url::form_urlencoded::parse(url.fragment().unwrap().as_bytes())
            .into_owned()
            .collect();
    assert_eq!(
        fragment["tgWebAppData"],
        link["init_data"].as_str().unwrap()
    );
    assert_eq!(fragment["tgWebAppVersion"], "8.0");
    assert_eq!(fragment["tgWebAppPlatform"], "ios");
    assert!(!fragment.contains_key("tgWebAppStartParam"));
    assert_eq!(fragment["tgWebAppFullscreen"], "1");
    let theme: Value = serde_json::from_str(&fragment["tgWebAppThemeParams"]).unwrap();
    assert_eq!(theme["bg_color"], "#ffffff");
    assert!(
        link["init_data"]
            .as_str()
            .unwrap()
            .contains("allows_write_to_pm")
    );
    assert_eq!(
        desk.get("/keys").await["ed25519_public_key"]
            .as_str()
            .unwrap()
            .len(),
        64
    );
}

#[tokio::test]
async fn a_launch_can_be_odd() {
    let desk = Desk::start().await;
    let new = json!({ "first_name": "Ada", "photo_url": "https://t.me/i/userpic/1.svg" });
    let user = desk.post("/users", new).await.1["id"].clone();
    let opened = async |odd: Value| {
        let mut wanted = json!({ "token": TOKEN, "user_id": user, "url": "http://127.0.0.1/",
            "start_param": "new" });
        for (name, value) in odd.as_object().unwrap() {
            wanted[name] = value.clone();
        }
        let (status, opened) = desk.post("/launch", wanted).await;
        assert_eq!(status, 200, "{opened}");
        let data = opened["init_data"].as_str().unwrap().to_owned();
        let pairs = url::form_urlencoded::parse(data.as_bytes()).into_owned();
        let pairs: std::collections::HashMap<String, String> = pairs.collect();
        (pairs, data, opened["url"].as_str().unwrap().to_owned())
    };
    let (plain, _, _) = opened(json!({})).await;
    assert!(plain["user"].contains(r"https:\/\/t.me\/i\/userpic\/1.svg"));
    assert_eq!(plain["signature"].len(), 86);
    let (older, _, _) = opened(json!({ "version": "7.10" })).await;
    assert!(!older.contains_key("signature"));
    let seconds = |fields: &std::collections::HashMap<String, String>| {
        fields["auth_date"].parse::<i64>().unwrap()
    };
    let (old, _, _) = opened(json!({ "age_seconds": 90_000 })).await;
    assert!((0..10).contains(&(seconds(&old) + 90_000 - seconds(&plain))));
    let (other, _, url) =
        opened(json!({ "chat_type": "channel", "stale_start_param": "old" })).await;
    assert_eq!(
        (other["chat_type"].as_str(), other["start_param"].as_str()),
        ("channel", "old")
    );
    assert!(url.contains("?tgWebAppStartParam=new#"), "{url}");
    let (none, _, _) = opened(json!({ "stale_start_param": "" })).await;
    assert!(!none.contains_key("start_param"));
    let (_, data, url) = opened(json!({ "unencoded": true })).await;
    assert!(
        url.contains(&format!("#tgWebAppData={data}&tgWebAppVersion=")),
        "{url}"
    );
    let wrong = json!({ "token": TOKEN, "user_id": user, "url": "http://127.0.0.1/",
        "stale_start_param": "a b" });
    assert_eq!(
        desk.post("/launch", wrong).await.1["error"]["code"],
        "start_param_invalid"
    );
}

#[tokio::test]
async fn a_launch_can_be_answered_while_a_client_holds_it() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let open = async || {
        let url = "http://127.0.0.1:3000/";
        let launch = json!({ "token": TOKEN, "user_id": user, "url": url });
        let (_, opened) = desk.post("/launch", launch).await;
        let data = opened["init_data"].as_str().unwrap().as_bytes();
        let mut pairs = url::form_urlencoded::parse(data);
        let (_, id) = pairs.find(|(name, _)| name == "query_id").unwrap();
        id.into_owned()
    };
    let answer = async |id: &str| {
        let content = json!({ "message_text": "Look" });
        let result = json!({ "type": "article", "id": "1", "title": "Look", "input_message_content": content });
        let params = json!({ "web_app_query_id": id, "result": result });
        let (_, answer) = desk.raw("answerWebAppQuery", params).await;
        answer["description"].as_str().unwrap_or("fine").to_owned()
    };
    let prolong = async |id: &str| {
        let (_, answer) = desk
            .post("/launch/prolong", json!({ "query_id": id }))
            .await;
        answer["error"]["code"]
            .as_str()
            .unwrap_or("fine")
            .to_owned()
    };
    let invalid =
        "Bad Request: query is too old and response timeout expired or query ID is invalid";
    let (left, held, early) = (open().await, open().await, open().await);
    assert_eq!(prolong(&held).await, "fine");
    desk.advance(100).await;
    assert_eq!(answer(&early).await, "fine", "not over yet");
    desk.advance(86_400).await;
    assert_eq!(answer(&left).await, invalid, "no client holds it");
    assert_eq!(prolong(&left).await, "query_id_invalid");
    assert_eq!(
        prolong(&held).await,
        "fine",
        "a jump takes no time for an open client"
    );
    assert_eq!(answer(&held).await, "fine");
    assert_eq!(answer(&held).await, invalid, "once");
    assert_eq!(prolong(&held).await, "query_id_invalid");
}
