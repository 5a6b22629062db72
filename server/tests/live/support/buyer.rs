//! Somebody who has opened the Mini App.

use app::api::{OpenedOrder, OrderView, Session, Stage};
use reqwest::StatusCode;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use telegram::{BotToken, init_data::sign_hmac};

use super::{Call, FakeTelegram, Refused, TOKEN, TestShop, eventually};

pub struct Buyer<'a> {
    shop: &'a TestShop,
    pub id: i64,
    language: String,
    /// The launch data that opened the session.
    pub init_data: String,
    /// The session.
    pub token: String,
}

/// An order that waits for its payment.
#[derive(Debug, Clone)]
pub struct Opened {
    pub id: String,
    pub ticket: String,
    pub price: u64,
}

impl<'a> Buyer<'a> {
    /// A name that is in no other text, so that it would be found in a log.
    pub const NAME: &'static str = "Wilhelmina";

    pub async fn open(shop: &'a TestShop, id: i64, language: &str) -> Self {
        let user = json!({"id": id, "first_name": Self::NAME, "language_code": language});
        let now = std::time::UNIX_EPOCH
            .elapsed()
            .unwrap()
            .as_secs()
            .to_string();
        let token = BotToken::parse(TOKEN).unwrap();
        let pairs = [("auth_date", now.as_str()), ("user", &user.to_string())];
        let init_data = sign_hmac(&pairs, &token).unwrap();
        let session = shop.call("start_session", "", (&init_data,)).await;
        let session: Session = session.unwrap();
        Self {
            shop,
            id,
            language: language.to_owned(),
            init_data,
            token: session.token,
        }
    }

    pub async fn call<Output: DeserializeOwned>(
        &self,
        function: &str,
        arguments: impl Serialize,
    ) -> Result<Output, Refused> {
        self.shop.call(function, &self.token, arguments).await
    }

    pub async fn try_order(&self, product: &str, price: u64) -> Result<OpenedOrder, Refused> {
        let no_promo = None::<String>;
        self.call("open_order", (product, "default", price, no_promo))
            .await
    }

    pub async fn order(&self, product: &str, price: u64) -> Opened {
        let opened = self.try_order(product, price).await.unwrap();
        Opened {
            id: opened.order,
            ticket: opened.ticket,
            price,
        }
    }

    /// Telegram asks whether the payment may go ahead; gives what the shop answered.
    pub async fn precheck(&self, payload: &str, price: u64) -> Value {
        let query = format!("query-{}", FakeTelegram::next_number());
        let update = self.precheck_update(&query, payload, price);
        assert_eq!(self.shop.update(&update).await.status(), StatusCode::OK);
        self.precheck_answer(&query).await
    }

    pub fn precheck_update(&self, query: &str, payload: &str, price: u64) -> Value {
        json!({"update_id": FakeTelegram::next_number(), "pre_checkout_query": {
            "id": query, "from": self.as_user(), "currency": "XTR",
            "total_amount": price, "invoice_payload": payload,
        }})
    }

    pub async fn precheck_answer(&self, query: &str) -> Value {
        let of_this = |call: &Call| call.body["pre_checkout_query_id"] == query;
        let telegram = &self.shop.telegram;
        telegram
            .call_where("answerPreCheckoutQuery", of_this)
            .await
            .body
    }

    /// Telegram says that the payment went through. Gives the charge.
    pub async fn paid(&self, order: &Opened) -> String {
        let charge = format!("charge-{}", FakeTelegram::next_number());
        let update = self.paid_update(&order.id, order.price, &charge);
        assert_eq!(self.shop.update(&update).await.status(), StatusCode::OK);
        charge
    }

    pub fn paid_update(&self, payload: &str, price: u64, charge: &str) -> Value {
        json!({"update_id": FakeTelegram::next_number(), "message": {
            "message_id": 9, "date": 1_795_000_000, "from": self.as_user(),
            "chat": {"id": self.id, "type": "private"},
            "successful_payment": {
                "currency": "XTR", "total_amount": price, "invoice_payload": payload,
                "telegram_payment_charge_id": charge, "provider_payment_charge_id": "p",
            },
        }})
    }

    /// The whole way from the tap to the charge.
    pub async fn buy(&self, product: &str, price: u64) -> Opened {
        let order = self.order(product, price).await;
        assert_eq!(self.precheck(&order.id, price).await["ok"], true);
        self.paid(&order).await;
        order
    }

    /// One's own order, as its page shows it.
    pub async fn view(&self, order: &Opened) -> OrderView {
        self.call("get_order", (&order.id, true)).await.unwrap()
    }

    /// Waits until the order has come so far, and gives what its page shows.
    pub async fn sees(&self, order: &Opened, stage: Stage) -> String {
        eventually(&format!("the order is {stage:?}"), || async {
            let view = self.view(order).await;
            (view.stage == stage).then_some(view.fragment.0)
        })
        .await
    }

    /// Waits until the order's page asks whether the bot may write.
    pub async fn is_asked_to_let_the_bot_write(&self, order: &Opened) {
        eventually("the question", || async {
            let view = self.view(order).await;
            view.fragment.0.contains("allow-writing").then_some(())
        })
        .await;
    }

    fn as_user(&self) -> Value {
        json!({"id": self.id, "is_bot": false, "first_name": Self::NAME,
               "language_code": self.language})
    }
}
