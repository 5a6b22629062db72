//! The sandbox: a Telegram that keeps wallets and a ledger, and shares no code with the shop.

use serde_json::{Value, json};

use super::TOKEN;

pub struct Sandbox {
    pub address: String,
    running: sandbox::server::Running,
    http: reqwest::Client,
}

impl Sandbox {
    pub async fn start() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let config = sandbox::sandbox::Config::default();
        let any = "127.0.0.1:0".parse().unwrap();
        let running = sandbox::server::start(any, config).await.unwrap();
        Self {
            address: format!("http://{}", running.address),
            running,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    /// Somebody with so many Stars.
    pub async fn user(&self, stars: u64) -> i64 {
        let user = json!({"first_name": "Wilhelmina", "stars": stars});
        self.post("/api/users", user).await["id"].as_i64().unwrap()
    }

    /// A user writes to the bot, which may write back from then on.
    pub async fn write(&self, user: i64, text: &str) {
        let message = json!({"token": TOKEN, "user_id": user, "text": text});
        self.post("/api/messages", message).await;
    }

    /// Pays an invoice; gives the charge.
    pub async fn pay(&self, link: &str, user: i64, outcome: &str) -> String {
        let paid = self.try_pay(link, user, outcome).await;
        let charge = paid["charge_id"].as_str();
        charge.unwrap_or_else(|| panic!("{paid}")).to_owned()
    }

    /// Tries to pay an invoice; gives how it ended.
    pub async fn try_pay(&self, link: &str, user: i64, outcome: &str) -> Value {
        let wanted = json!({"slug": link, "user_id": user, "outcome": outcome});
        self.post("/api/pay", wanted).await
    }

    /// The store takes a charge back.
    pub async fn charge_back(&self, charge: &str) {
        assert!(
            self.try_charge_back(charge).await,
            "{charge} went back before"
        );
    }

    /// The store takes a charge back; false where that is too late.
    pub async fn try_charge_back(&self, charge: &str) -> bool {
        let wanted = json!({"token": TOKEN, "charge_id": charge});
        let request = self.http.post(format!("{}/api/refunds", self.address));
        let answer = request.json(&wanted).send().await.unwrap();
        answer.status().is_success()
    }

    /// Loses every update of a kind from now on.
    pub async fn lose(&self, kind: &str) {
        let faults = json!({"updates": [{"kind": kind, "action": "drop"}]});
        self.faults(&faults).await;
    }

    /// Sets what goes wrong from now on, and nothing else does.
    pub async fn faults(&self, faults: &Value) {
        self.put("/api/faults", faults).await;
    }

    /// How a subscription stands in Telegram.
    pub async fn standing(&self, charge: &str) -> String {
        let url = format!("{}/api/subscriptions?token={TOKEN}", self.address);
        let told = self.http.get(url).send().await.unwrap();
        let all: Vec<Value> = told.json().await.unwrap();
        let found = all.iter().find(|known| known["charge_id"] == charge);
        let found = found.unwrap_or_else(|| panic!("no {charge} in {all:?}"));
        found["standing"].as_str().unwrap().to_owned()
    }

    /// What the buyer does about a subscription, in Telegram's settings.
    pub async fn decide(&self, charge: &str, action: &str) {
        let wanted = json!({"token": TOKEN, "charge_id": charge, "action": action});
        self.post("/api/subscriptions", wanted).await;
    }

    /// Allows a subscription again in the bot's name, behind the shop's back.
    pub async fn allow(&self, user: i64, charge: &str) {
        let method = format!("/bot{TOKEN}/editUserStarSubscription");
        let wanted = json!({
            "user_id": user, "telegram_payment_charge_id": charge, "is_canceled": false,
        });
        self.post(&method, wanted).await;
    }

    /// Gives somebody more Stars.
    pub async fn top_up(&self, user: i64, stars: u64) {
        let wanted = json!({"user_id": user, "amount": stars});
        self.post("/api/stars", wanted).await;
    }

    /// Writes to the bot, which may write back from then on.
    pub async fn says(&self, user: i64, text: &str) {
        let wanted = json!({"token": TOKEN, "user_id": user, "text": text});
        self.post("/api/messages", wanted).await;
    }

    /// Whether the bot wrote this to somebody.
    pub async fn wrote(&self, user: i64, part: &str) -> bool {
        let url = format!("{}/api/chats/{user}?token={TOKEN}", self.address);
        let told = self.http.get(url).send().await.unwrap();
        let chat: Value = told.json().await.unwrap();
        chat["messages"].to_string().contains(part)
    }

    /// Stars come from elsewhere than from a sale.
    pub async fn book(&self, stars: u64) {
        let row = json!({"token": TOKEN, "flow": "in", "amount": stars,
                         "partner": {"type": "other"}});
        self.post("/api/ledger", row).await;
    }

    /// The seller begins to take Stars out; gives the withdrawal.
    pub async fn withdraw(&self, stars: u64) -> String {
        let wanted = json!({"token": TOKEN, "amount": stars});
        let begun = self.post("/api/withdrawals", wanted).await;
        begun["id"].as_str().unwrap().to_owned()
    }

    /// A withdrawal fails, and its Stars come back.
    pub async fn fail(&self, withdrawal: &str) {
        let end = json!({"token": TOKEN, "id": withdrawal, "ending": "failed"});
        self.put("/api/withdrawals", &end).await;
    }

    /// What the sandbox does where Telegram's ways are not known.
    pub async fn choose(&self, choices: &Value) {
        self.put("/api/choices", choices).await;
    }

    pub async fn advance(&self, seconds: u64) {
        let step = json!({"advance_seconds": seconds});
        self.post("/api/clock", step).await;
    }

    /// What the bot has.
    pub async fn balance(&self) -> i64 {
        self.ledger().await["balance"].as_i64().unwrap()
    }

    /// The bot's Star ledger.
    pub async fn ledger(&self) -> Value {
        let url = format!("{}/api/ledger?token={TOKEN}", self.address);
        let told = self.http.get(url).send().await.unwrap();
        told.json().await.unwrap()
    }

    pub async fn stop(self) {
        self.running.stop().await.unwrap();
    }

    async fn put(&self, path: &str, body: &Value) {
        let request = self.http.put(format!("{}{path}", self.address));
        let answer = request.json(body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {answer:?}");
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.address));
        let answer = request.json(&body).send().await.unwrap();
        let status = answer.status();
        let told: Value = answer.json().await.unwrap();
        assert!(status.is_success(), "{path}: {told}");
        told
    }
}
