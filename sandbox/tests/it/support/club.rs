//! A group or channel with a bot that listens.

use super::bot::{Manner, TestBot};
use super::{Desk, TOKEN};
use serde_json::{Value, json};

pub(crate) struct Club {
    pub(crate) desk: Desk,
    pub(crate) bot: TestBot,
    pub(crate) id: i64,
}

impl Club {
    pub(crate) async fn found(kind: &str) -> Self {
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

    pub(crate) async fn link(&self, method: &str, mut wanted: Value) -> Value {
        wanted["chat_id"] = json!(self.id);
        self.desk.call(method, wanted).await
    }

    pub(crate) async fn join(&self, user: i64, link: &Value) -> Value {
        let joining = json!({ "user_id": user, "invite_link": link["invite_link"] });
        let (_, answer) = self.desk.post("/joins", joining).await;
        answer
            .get("entry")
            .unwrap_or(&answer["error"]["code"])
            .clone()
    }

    pub(crate) async fn act(&self, method: &str, user: i64) -> (u16, Value) {
        let params = json!({ "chat_id": self.id, "user_id": user, "only_if_banned": true });
        self.desk.raw(method, params).await
    }

    pub(crate) async fn status(&self, user: i64) -> Value {
        self.act("getChatMember", user).await.1["result"]["status"].clone()
    }

    pub(crate) async fn rule(&self, user: i64, ruling: &str) -> Value {
        let path = format!("/communities/{}/rulings", self.id);
        let wanted = json!({ "user_id": user, "ruling": ruling });
        let (_, answer) = self.desk.post(&path, wanted).await;
        answer.get("ok").unwrap_or(&answer["error"]["code"]).clone()
    }

    pub(crate) async fn seen(&self) -> Value {
        let list = self.desk.get(&format!("/communities?token={TOKEN}")).await;
        list[0].clone()
    }
}
