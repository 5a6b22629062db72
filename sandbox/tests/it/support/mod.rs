//! What the tests share: a sandbox on a free port, a client, and a bot that
//! listens.

pub(crate) mod bot;
pub(crate) mod club;
pub(crate) mod maker;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use sandbox::sandbox::Config;
use sandbox::server::{self, Running};
use serde_json::{Value, json};

/// Token of the tests' bot.
pub(crate) const TOKEN: &str = "7001:test-bot_secret";

/// Seconds of a subscription's period.
pub(crate) const MONTH: u64 = 2_592_000;

/// A running sandbox and a way to talk to it.
pub(crate) struct Desk {
    /// The sandbox.
    pub(crate) running: Running,
    http: reqwest::Client,
}

impl Desk {
    /// Starts an empty sandbox.
    pub(crate) async fn start() -> Self {
        Self::with(Config {
            seed: Some(1),
            ..Config::default()
        })
        .await
    }

    /// Starts a sandbox as it is wanted.
    pub(crate) async fn with(config: Config) -> Self {
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let running = server::start(any, config).await.unwrap();
        Self {
            running,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    /// An address of the sandbox.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    /// The client.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Calls a Bot API method with a JSON body: status and answer.
    pub(crate) async fn raw(&self, method: &str, params: Value) -> (u16, Value) {
        let url = self.url(&format!("/bot{TOKEN}/{method}"));
        let response = self.http.post(url).json(&params).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Calls a Bot API method that must succeed: its result.
    pub(crate) async fn call(&self, method: &str, params: Value) -> Value {
        let (status, answer) = self.raw(method, params).await;
        assert_eq!(status, 200, "{method}: {answer}");
        assert_eq!(answer["ok"], true);
        answer["result"].clone()
    }

    /// Calls a Bot API method that must fail: code and text.
    pub(crate) async fn refusal(&self, method: &str, params: Value) -> (u16, String) {
        let (status, answer) = self.raw(method, params).await;
        assert_eq!(answer["ok"], false, "{method}: {answer}");
        assert_eq!(answer["error_code"], status, "the status is the error code");
        (status, answer["description"].as_str().unwrap().to_owned())
    }

    /// Gets from the control interface.
    pub(crate) async fn get(&self, path: &str) -> Value {
        let response = self
            .http
            .get(self.url(&format!("/api{path}")))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    /// Posts to the control interface: status and answer.
    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let url = self.url(&format!("/api{path}"));
        let response = self.http.post(url).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Puts to the control interface: status and answer.
    pub(crate) async fn put(&self, path: &str, body: Value) -> (u16, Value) {
        let url = self.url(&format!("/api{path}"));
        let response = self.http.put(url).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Sets faults.
    pub(crate) async fn faults(&self, faults: Value) {
        assert_eq!(self.put("/faults", faults).await.0, 200);
    }

    /// The bot's ledger as the control interface shows it.
    pub(crate) async fn ledger(&self) -> Value {
        self.get(&format!("/ledger?token={TOKEN}")).await
    }

    /// Makes a subscription invoice of 30 days, has it paid, and returns the charge id.
    pub(crate) async fn subscribe(&self, user: i64, stars: i64, payload: &str) -> String {
        let mut wanted = invoice(stars, payload);
        wanted["subscription_period"] = json!(MONTH);
        let link = self.call("createInvoiceLink", wanted).await;
        let receipt = self.pay(link.as_str().unwrap(), user, None).await;
        receipt["charge_id"].as_str().unwrap().to_owned()
    }

    /// Makes a user with Stars.
    pub(crate) async fn user(&self, stars: i64) -> i64 {
        let new = json!({ "first_name": "Ada", "language_code": "en", "stars": stars });
        self.post("/users", new).await.1["id"].as_i64().unwrap()
    }

    /// Makes a user who has started the bot.
    pub(crate) async fn started_user(&self, stars: i64) -> i64 {
        let user = self.user(stars).await;
        self.say(user, "/start").await;
        user
    }

    /// Lets a user write to the bot.
    pub(crate) async fn say(&self, user: i64, text: &str) {
        let message = json!({ "token": TOKEN, "user_id": user, "text": text });
        assert_eq!(self.post("/messages", message).await.0, 200);
    }

    /// Makes an invoice and returns its slug.
    pub(crate) async fn invoice(&self, stars: i64, payload: &str) -> String {
        let link = self
            .call("createInvoiceLink", invoice(stars, payload))
            .await;
        link.as_str()
            .unwrap()
            .strip_prefix("https://t.me/$")
            .unwrap()
            .to_owned()
    }

    /// Pays, with an outcome or none.
    pub(crate) async fn pay(&self, slug: &str, user: i64, outcome: Option<&str>) -> Value {
        let mut request = json!({ "slug": slug, "user_id": user });
        if let Some(outcome) = outcome {
            request["outcome"] = json!(outcome);
        }
        let (status, answer) = self.post("/pay", request).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// A user's Stars.
    pub(crate) async fn stars(&self, user: i64) -> i64 {
        self.get(&format!("/users/{user}")).await["stars"]
            .as_i64()
            .unwrap()
    }

    /// Moves the clock.
    pub(crate) async fn advance(&self, seconds: u64) {
        let step = json!({ "advance_seconds": seconds });
        assert_eq!(self.post("/clock", step).await.0, 200);
    }
}

/// Parameters of a plain invoice.
pub(crate) fn invoice(stars: i64, payload: &str) -> Value {
    json!({
        "title": "Stickers",
        "description": "Ten of them",
        "payload": payload,
        "currency": "XTR",
        "prices": [{ "label": "Price", "amount": stars }],
    })
}

/// Waits until something holds, or fails after some seconds.
pub(crate) async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    for _ in 0..1500 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("waited in vain: {what}");
}
