//! The other side of the chat: users, wallets, payments, faults and the clock of the sandbox, by
//! its control interface.

use serde_json::{Value, json};

/// The control interface for one bot.
#[derive(Debug, Clone)]
pub struct Desk {
    url: String,
    /// The bot's token.
    pub token: String,
}

impl Desk {
    /// The desk of this bot.
    pub fn new(url: &str, token: &str) -> Self {
        Self {
            url: url.to_owned(),
            token: token.to_owned(),
        }
    }

    fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Value {
        let mut answer = answer.expect("the sandbox answers");
        answer.body_mut().read_json().expect("the answer is JSON")
    }

    /// Asks.
    pub fn get(&self, path: &str) -> Value {
        Self::read(ureq::get(format!("{}/api{path}", self.url)).call())
    }

    fn post(&self, path: &str, body: Value) -> Value {
        Self::read(ureq::post(format!("{}/api{path}", self.url)).send_json(body))
    }

    /// Posts what may be refused: the error is the code.
    fn try_post(&self, path: &str, body: Value) -> Result<Value, String> {
        let url = format!("{}/api{path}", self.url);
        let request = ureq::post(url).config().http_status_as_error(false).build();
        let answer = Self::read(request.send_json(body));
        let code = answer["error"]["code"].as_str();
        code.map_or(Ok(answer.clone()), |code| Err(code.to_owned()))
    }

    /// A new user's id.
    pub fn user(&self, name: &str, stars: u32) -> i64 {
        let made = self.post("/users", json!({ "first_name": name, "stars": stars }));
        made["id"].as_i64().expect("a user has an id")
    }

    /// What is in a user's wallet.
    pub fn stars(&self, user: i64) -> i64 {
        self.get(&format!("/users/{user}"))["stars"]
            .as_i64()
            .expect("a wallet holds a number")
    }

    /// The user writes to the bot.
    pub fn write(&self, user: i64, text: &str) {
        self.post(
            "/messages",
            json!({ "token": self.token, "user_id": user, "text": text }),
        );
    }

    /// The user presses an inline button.
    pub fn press(&self, user: i64, message: i32, data: &str) {
        let body =
            json!({ "token": self.token, "user_id": user, "message_id": message, "data": data });
        self.post("/callbacks", body);
    }

    /// The user pays an invoice; answers when their sheet closes.
    pub fn pay(&self, user: i64, link: &str, outcome: &str) -> Value {
        self.post(
            "/pay",
            json!({ "slug": link, "user_id": user, "outcome": outcome }),
        )
    }

    /// The user blocks the bot, or lets it in again.
    pub fn block(&self, user: i64, blocked: bool) {
        self.post(
            "/block",
            json!({ "token": self.token, "user_id": user, "blocked": blocked }),
        );
    }

    /// The user lets the bot write without starting it.
    pub fn allow(&self, user: i64) {
        self.post(
            "/write-access",
            json!({ "token": self.token, "user_id": user, "allow": true }),
        );
    }

    /// The store takes a charge back.
    pub fn chargeback(&self, charge: &str) {
        self.post(
            "/refunds",
            json!({ "token": self.token, "charge_id": charge }),
        );
    }

    /// The user buys Stars.
    pub fn top_up(&self, user: i64, stars: u32) {
        self.post("/stars", json!({ "user_id": user, "amount": stars }));
    }

    /// The buyer cancels a subscription, turns it on again, or pays late.
    pub fn subscription(&self, charge: &str, action: &str) -> Result<Value, String> {
        let body = json!({ "token": self.token, "charge_id": charge, "action": action });
        self.try_post("/subscriptions", body)
    }

    /// The user buys paid media; the id of the row in the bot's books.
    pub fn buy_media(&self, user: i64, message: i32) -> String {
        let body = json!({ "token": self.token, "user_id": user, "message_id": message });
        text(&self.post("/paid-media", body)["charge_id"])
    }

    /// From now on, an affiliate gets a part of what the user pays.
    pub fn refer(&self, user: i64, affiliate: i64, per_mille: u32) {
        let body = json!({ "token": self.token, "user_id": user, "affiliate_id": affiliate,
            "commission_per_mille": per_mille });
        self.post("/affiliates", body);
    }

    /// The bot's owner begins to take Stars out; the row's id.
    pub fn withdraw(&self, stars: i64) -> Result<String, String> {
        let begun = self.try_post(
            "/withdrawals",
            json!({ "token": self.token, "amount": stars }),
        );
        begun.map(|begun| text(&begun["id"]))
    }

    /// A withdrawal succeeds or fails.
    pub fn end_withdrawal(&self, row: &str, ending: &str) {
        let body = json!({ "token": self.token, "id": row, "ending": ending });
        Self::read(ureq::put(format!("{}/api/withdrawals", self.url)).send_json(body));
    }

    /// A row of any kind in the bot's books.
    pub fn book(&self, flow: &str, stars: u32, nanostars: u32, partner: Value) {
        let row = json!({ "token": self.token, "flow": flow, "amount": stars,
            "nanostar_amount": nanostars, "partner": partner });
        self.post("/ledger", row);
    }

    /// A group or channel with the bot as an administrator; its id.
    pub fn found(&self, kind: &str, title: &str, owner: i64) -> i64 {
        let new = json!({ "token": self.token, "kind": kind, "title": title, "owner_id": owner });
        let founded = self.post("/communities", new);
        founded["id"].as_i64().expect("a chat has an id")
    }

    /// The user follows an invite link: `joined` or `requested`.
    pub fn join(&self, user: i64, link: &str) -> Result<String, String> {
        let joining = json!({ "user_id": user, "invite_link": link });
        let answer = self.try_post("/joins", joining);
        answer.map(|answer| text(&answer["entry"]))
    }

    /// The sandbox's time, seconds since 1970.
    pub fn now(&self) -> u64 {
        self.get("/time")["now"].as_u64().expect("a time")
    }

    /// Sets what goes wrong from now on.
    pub fn faults(&self, faults: Value) {
        Self::read(ureq::put(format!("{}/api/faults", self.url)).send_json(faults));
    }

    /// Moves the clock.
    pub fn advance(&self, seconds: u32) {
        self.post("/clock", json!({ "advance_seconds": seconds }));
    }

    /// The raw launch data of a Mini App.
    pub fn launch(&self, user: i64) -> String {
        let body = json!({ "token": self.token, "user_id": user, "url": "https://shop.example/" });
        self.post("/launch", body)["init_data"]
            .as_str()
            .expect("launch data")
            .to_owned()
    }

    /// The chat's messages as the window shows them.
    pub fn chat(&self, user: i64) -> Vec<Value> {
        let chat = self.get(&format!("/chats/{user}?token={}", self.token));
        chat["messages"]
            .as_array()
            .expect("a chat has messages")
            .clone()
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
