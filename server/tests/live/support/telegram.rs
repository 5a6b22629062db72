//! A Telegram that does as it is told and remembers what it was asked.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use serde_json::{Value, json};

use super::{Answer, TOKEN, answer::Flood, eventually};

/// One call of a method.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: String,
    /// The parameters; for forms, all as text.
    pub body: Value,
    /// The file that came with it: name and bytes.
    pub file: Option<(String, Vec<u8>)>,
    pub at: Instant,
}

/// Telegram's script for Mini Apps, where answers are told by method.
pub const SCRIPT: &str = "telegram-web-app.js";

#[derive(Default)]
struct Inner {
    calls: Vec<Call>,
    floods: HashMap<String, Flood>,
    answers: HashMap<String, VecDeque<Answer>>,
    webhook: Option<Value>,
    waiting: Vec<Value>,
    ledger: Vec<Value>,
}

#[derive(Clone)]
pub struct FakeTelegram {
    pub address: String,
    inner: Arc<Mutex<Inner>>,
}

impl FakeTelegram {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let telegram = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            inner: Arc::default(),
        };
        let service = Router::new()
            .route("/{bot}/{method}", any(answer))
            .route("/js/telegram-web-app.js", get(script))
            .with_state(telegram.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        telegram
    }

    /// A number for an update that was not used before.
    pub fn next_number() -> i64 {
        static LAST: AtomicI64 = AtomicI64::new(700_000);
        LAST.fetch_add(1, Ordering::Relaxed)
    }

    /// Answers the next calls of a method, or for [`SCRIPT`], in another way.
    pub fn next(&self, method: &str, answer: Answer) {
        let mut inner = self.lock();
        inner
            .answers
            .entry(method.to_owned())
            .or_default()
            .push_back(answer);
    }

    /// Somebody else with the bot's token sets another webhook, or deletes it.
    pub fn takes_webhook(&self, webhook: Option<Value>) {
        self.lock().webhook = webhook;
    }

    /// Asks the next call of a method to wait, and each other that comes before the time is over.
    pub fn floods(&self, method: &str, seconds: u64) {
        let flood = Flood::of(seconds);
        self.lock().floods.insert(method.to_owned(), flood);
    }

    /// How many calls of a method were asked to wait.
    pub fn asked_to_wait(&self, method: &str) -> usize {
        self.lock()
            .floods
            .get(method)
            .map_or(0, |flood| flood.asked)
    }

    fn flooded(&self, method: &str, at: Instant) -> Option<Answer> {
        let mut inner = self.lock();
        inner.floods.get_mut(method)?.answer(at)
    }

    /// From now on does as usual.
    pub fn recover(&self) {
        self.lock().answers.clear();
    }

    /// An update that waits for `getUpdates`.
    pub fn waits(&self, update: Value) {
        self.lock().waiting.push(update);
    }

    /// A row of the Star ledger: a payment of an invoice, or its refund.
    pub fn sale(id: &str, buyer: i64, payload: &str, amount: u64, back: bool) -> Value {
        let side = if back { "receiver" } else { "source" };
        json!({"id": id, "amount": amount, "date": 1_795_000_000,
            side: {"type": "user", "transaction_type": "invoice_payment", "invoice_payload": payload,
                   "user": {"id": buyer, "is_bot": false, "first_name": "W"}}})
    }

    /// Puts a payment, or its refund, into the Star ledger.
    pub fn books(&self, id: &str, buyer: i64, payload: &str, amount: u64, back: bool) {
        let row = Self::sale(id, buyer, payload, amount, back);
        self.lock().ledger.push(row);
    }

    /// From now on it is another bot's ledger: these rows, and then so many that are no business
    /// of the shop, named by a word.
    pub fn another_ledger(&self, first: Vec<Value>, rows: usize, word: &str) {
        let row = |n| {
            json!({"id": format!("{word}-{n}"), "amount": 1, "date": 1_795_000_000,
                   "source": {"type": "fragment"}})
        };
        self.lock().ledger = first.into_iter().chain((0..rows).map(row)).collect();
    }

    pub fn waiting(&self) -> usize {
        self.lock().waiting.len()
    }

    pub fn calls(&self, method: &str) -> Vec<Call> {
        let inner = self.lock();
        let of_method = inner.calls.iter().filter(|call| call.method == method);
        of_method.cloned().collect()
    }

    /// Waits for a call of a method.
    pub async fn call(&self, method: &str) -> Call {
        self.call_where(method, |_| true).await
    }

    /// Waits for a call of a method that is like this.
    pub async fn call_where(&self, method: &str, wanted: impl Fn(&Call) -> bool) -> Call {
        eventually(method, || async {
            self.calls(method).into_iter().find(&wanted)
        })
        .await
    }

    /// Waits until a method was called so often.
    pub async fn called(&self, method: &str, times: usize) -> Vec<Call> {
        eventually(&format!("{method} {times} times"), || async {
            let calls = self.calls(method);
            (calls.len() >= times).then_some(calls)
        })
        .await
    }

    /// The secret that came with the webhook.
    pub async fn webhook_secret(&self) -> String {
        let set = self.call("setWebhook").await;
        set.body["secret_token"].as_str().unwrap().to_owned()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    fn unusual(&self, method: &str) -> Option<Answer> {
        let mut inner = self.lock();
        let answers = inner.answers.get_mut(method)?;
        let first = answers.front_mut()?;
        first.times -= 1;
        let answer = first.clone();
        if answer.times == 0 {
            answers.pop_front();
        }
        Some(answer)
    }

    async fn usual(&self, call: &Call) -> Value {
        let chat = match &call.body["chat_id"] {
            Value::String(text) => json!(text.parse::<i64>().unwrap()),
            other => other.clone(),
        };
        let message = json!({"message_id": Self::next_number(), "date": 1_795_000_000,
                             "chat": {"id": chat, "type": "private"}});
        match call.method.as_str() {
            "getMe" => json!({"id": 4242, "is_bot": true, "first_name": "Night",
                              "username": "night_bot", "has_main_web_app": true}),
            "getUpdates" => self.updates(call).await,
            "getWebhookInfo" => self.lock().webhook.clone().unwrap_or(json!({"url": ""})),
            "createInvoiceLink" => json!(format!("https://t.me/$slug{}", Self::next_number())),
            "sendMessage" => message,
            "getStarTransactions" => self.ledger(call),
            "getMyStarBalance" => json!({"amount": self.balance()}),
            "sendPhoto" | "sendDocument" => {
                let mut message = message;
                message["document"] = json!({"file_id": "FILE-ID-OF-TELEGRAM"});
                message
            }
            _ => json!(true),
        }
    }

    /// Forgets what is receipted, and gives the rest.
    fn not_before(&self, offset: i64) -> Vec<Value> {
        let mut inner = self.lock();
        // What has no number cannot be receipted.
        let is_new = |update: &Value| update["update_id"].as_i64().is_none_or(|id| id >= offset);
        inner.waiting.retain(is_new);
        inner.waiting.clone()
    }

    fn ledger(&self, call: &Call) -> Value {
        let number = |name: &str| usize::try_from(call.body[name].as_u64().unwrap()).unwrap();
        let inner = self.lock();
        let page = inner.ledger.iter().skip(number("offset"));
        json!({"transactions": page.take(number("limit")).collect::<Vec<_>>()})
    }

    fn balance(&self) -> i64 {
        let signed = |row: &Value| {
            let amount = row["amount"].as_i64().unwrap();
            if row["source"].is_null() {
                -amount
            } else {
                amount
            }
        };
        self.lock().ledger.iter().map(signed).sum()
    }

    async fn updates(&self, call: &Call) -> Value {
        let offset = call.body["offset"].as_i64().unwrap_or(i64::MIN);
        for _ in 0..20 {
            let waiting = self.not_before(offset);
            if !waiting.is_empty() {
                return json!(waiting);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        json!([])
    }
}

/// `GET /js/telegram-web-app.js`: long enough to be worth packing.
async fn script(State(telegram): State<FakeTelegram>) -> Response {
    let body = || {
        format!(
            "window.Telegram={{}};/*{}*/Telegram.WebApp=1",
            "x".repeat(2000)
        )
    };
    let unusual = telegram.unusual(SCRIPT);
    unusual.map_or_else(|| body().into_response(), Answer::into_response)
}

async fn answer(
    State(telegram): State<FakeTelegram>,
    Path((bot, method)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if bot != format!("bot{TOKEN}") {
        return Answer::failure(1, 401, "Unauthorized").into_response();
    }
    let (body, file) = read(&headers, &body);
    let call = Call {
        method,
        body,
        file,
        at: Instant::now(),
    };
    telegram.lock().calls.push(call.clone());
    if let Some(wait) = telegram.flooded(&call.method, call.at) {
        return wait.into_response();
    }
    if let Some(unusual) = telegram.unusual(&call.method) {
        if unusual.status == 0 {
            std::future::pending::<()>().await;
        }
        return unusual.into_response();
    }
    match call.method.as_str() {
        "getUpdates" if telegram.lock().webhook.is_some() => {
            let conflict = "Conflict: can't use getUpdates method while webhook is active; use \
                            deleteWebhook to delete the webhook first";
            return Answer::failure(1, 409, conflict).into_response();
        }
        "setWebhook" => telegram.lock().webhook = Some(call.body.clone()),
        "deleteWebhook" => telegram.lock().webhook = None,
        _ => {}
    }
    let result = telegram.usual(&call).await;
    Json(json!({"ok": true, "result": result})).into_response()
}

type File = (String, Vec<u8>);

/// Parameters and file of a body: JSON, or a form.
fn read(headers: &HeaderMap, body: &[u8]) -> (Value, Option<File>) {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .map_or("", |kind| kind.to_str().unwrap());
    let Some((_, boundary)) = kind.split_once("boundary=") else {
        return (serde_json::from_slice(body).unwrap_or(Value::Null), None);
    };
    let (mut fields, mut file) = (json!({}), None);
    for part in split(body, format!("--{boundary}").as_bytes()) {
        let Some(end) = find(part, b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&part[..end]).into_owned();
        let content = part[end + 4..]
            .strip_suffix(b"\r\n")
            .unwrap_or(&part[end + 4..]);
        let named = |name: &str| {
            let (_, rest) = head.split_once(&format!("{name}=\""))?;
            Some(rest.split('"').next()?.to_owned())
        };
        match named("filename") {
            Some(name) => file = Some((name, content.to_vec())),
            None => {
                let name = named(" name").unwrap();
                fields[name] = json!(String::from_utf8_lossy(content));
            }
        }
    }
    (fields, file)
}

fn split<'a>(body: &'a [u8], mark: &'a [u8]) -> Vec<&'a [u8]> {
    let (mut parts, mut rest) = (Vec::new(), body);
    while let Some(at) = find(rest, mark) {
        parts.push(&rest[..at]);
        rest = &rest[at + mark.len()..];
    }
    parts
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}
