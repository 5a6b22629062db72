//! A bot that receives webhooks, keeps what it got and answers as told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Desk, TOKEN};

/// What the bot says to a pre-checkout query.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Yes.
    Approve,
    /// No, with a sentence.
    Refuse,
    /// Nothing.
    Ignore,
}

/// A delivered update.
#[derive(Clone)]
pub(crate) struct Delivered {
    /// The secret that came with it.
    pub(crate) secret: Option<String>,
    /// The update.
    pub(crate) update: Value,
}

struct Inner {
    manner: Mutex<Manner>,
    seen: Mutex<Vec<Delivered>>,
    answers: Mutex<VecDeque<(u16, HeaderMap, Value)>>,
    api: String,
    http: reqwest::Client,
}

/// The bot.
#[derive(Clone)]
pub(crate) struct TestBot {
    inner: Arc<Inner>,
    /// Where it listens.
    pub(crate) url: String,
    _task: Arc<JoinHandle<()>>,
}

impl TestBot {
    /// Starts the bot and sets it as the webhook of the tests' token.
    pub(crate) async fn start(desk: &Desk, manner: Manner) -> Self {
        let inner = Arc::new(Inner {
            manner: Mutex::new(manner),
            seen: Mutex::default(),
            answers: Mutex::default(),
            api: desk.url(&format!("/bot{TOKEN}/answerPreCheckoutQuery")),
            http: desk.http().clone(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let app = Router::new()
            .route("/hook", post(receive))
            .with_state(inner.clone());
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let bot = Self {
            inner,
            url,
            _task: Arc::new(task),
        };
        let hook = json!({ "url": bot.url, "secret_token": "s3cret-A_1" });
        desk.call("setWebhook", hook).await;
        bot
    }

    /// The next answers, in order; without one, the bot answers 200.
    pub(crate) fn answer_with(&self, status: u16, headers: HeaderMap, body: Value) {
        self.inner
            .answers
            .lock()
            .unwrap()
            .push_back((status, headers, body));
    }

    /// What it says to pre-checkout queries from now on.
    pub(crate) fn behave(&self, manner: Manner) {
        *self.inner.manner.lock().unwrap() = manner;
    }

    /// Updates of this kind.
    pub(crate) fn of_kind(&self, kind: &str) -> Vec<Value> {
        let seen = self.seen().into_iter();
        seen.filter_map(|delivered| delivered.update.get(kind).cloned())
            .collect()
    }

    /// The payments that it was told of.
    pub(crate) fn payments(&self) -> Vec<Value> {
        let told = self.with_field("successful_payment").into_iter();
        told.map(|update| update["message"]["successful_payment"].clone())
            .collect()
    }

    /// Everything that was delivered.
    pub(crate) fn seen(&self) -> Vec<Delivered> {
        self.inner.seen.lock().unwrap().clone()
    }

    /// Updates whose message has this field.
    pub(crate) fn with_field(&self, field: &str) -> Vec<Value> {
        let seen = self.seen().into_iter().map(|delivered| delivered.update);
        seen.filter(|update| update["message"].get(field).is_some())
            .collect()
    }

    /// Texts of the delivered messages, in order.
    pub(crate) fn texts(&self) -> Vec<String> {
        let texts = self.with_field("text").into_iter();
        texts
            .map(|update| update["message"]["text"].as_str().unwrap().to_owned())
            .collect()
    }
}

async fn receive(
    State(bot): State<Arc<Inner>>,
    headers: HeaderMap,
    axum::Json(update): axum::Json<Value>,
) -> Response {
    let secret = headers
        .get("x-telegram-bot-api-secret-token")
        .map(|value| value.to_str().unwrap().to_owned());
    bot.seen.lock().unwrap().push(Delivered {
        secret,
        update: update.clone(),
    });
    let manner = *bot.manner.lock().unwrap();
    if let Some(query) = update
        .get("pre_checkout_query")
        .filter(|_| manner != Manner::Ignore)
    {
        let ok = manner == Manner::Approve;
        let body = json!({
            "pre_checkout_query_id": query["id"],
            "ok": ok,
            "error_message": "Sold out, sorry.",
        });
        bot.http.post(&bot.api).json(&body).send().await.unwrap();
    }
    match bot.answers.lock().unwrap().pop_front() {
        Some((status, headers, body)) => (
            StatusCode::from_u16(status).unwrap(),
            headers,
            axum::Json(body),
        )
            .into_response(),
        None => StatusCode::OK.into_response(),
    }
}
