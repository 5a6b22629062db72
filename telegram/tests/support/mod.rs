//! A Bot API server that says what it is told to, and remembers what it heard.

// Each test file uses its own part of this.
#![allow(dead_code, unreachable_pub)]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response};
use serde_json::{Value, json};
use telegram::{BotToken, Client};

/// A token whose secret half is easy to look for.
pub const TOKEN: &str = "42:TOPSECRETTEXTOFTHEBOT";
pub const SECRET: &str = "TOPSECRETTEXTOFTHEBOT";

/// What came in.
#[derive(Debug, Clone)]
pub struct Heard {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Heard {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// What goes out.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

#[derive(Clone, Default)]
pub struct FakeTelegram {
    heard: Arc<Mutex<Vec<Heard>>>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    base: String,
}

impl FakeTelegram {
    /// Starts on a free port of this machine; ends with the test's runtime.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let fake = Self {
            base,
            ..Self::default()
        };
        let router = Router::new().fallback(answer).with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        fake
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn client(&self) -> Client {
        Client::new(&self.base, BotToken::parse(TOKEN).unwrap()).unwrap()
    }

    /// The next reply is this result.
    pub fn will_say(&self, result: Value) -> &Self {
        self.will_reply(200, json!({"ok": true, "result": result}).to_string())
    }

    /// The next reply is this failure.
    pub fn will_refuse(&self, code: u16, description: &str) -> &Self {
        let body = json!({"ok": false, "error_code": code, "description": description});
        self.will_reply(code, body.to_string())
    }

    pub fn will_reply(&self, status: u16, body: impl Into<Vec<u8>>) -> &Self {
        self.will_reply_with(Reply {
            status,
            headers: Vec::new(),
            body: body.into(),
        })
    }

    pub fn will_reply_with(&self, reply: Reply) -> &Self {
        self.replies.lock().unwrap().push_back(reply);
        self
    }

    /// The last request.
    pub fn heard(&self) -> Heard {
        self.heard
            .lock()
            .unwrap()
            .last()
            .cloned()
            .expect("no request came")
    }

    pub fn heard_count(&self) -> usize {
        self.heard.lock().unwrap().len()
    }
}

async fn answer(State(fake): State<FakeTelegram>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 64 << 20).await.unwrap_or_default().to_vec();
    let path = parts.uri.path().to_owned();
    fake.heard.lock().unwrap().push(Heard {
        path,
        headers: parts.headers,
        body,
    });
    let reply = fake
        .replies
        .lock()
        .unwrap()
        .pop_front()
        .expect("no reply was prepared");
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}
