//! A running shop.

use std::{path::Path, process::Output};

use app::api::ApiError;
use leptos::server_fn::{Decodes, Encodes, codec::PostcardEncoding, error::FromServerFnError};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::{
    Buyer, FakeTelegram, Folder, Process, SOON, Settings, catalogue, eventually, process::answers,
};

/// A server function that said no.
#[derive(Debug)]
pub struct Refused {
    pub status: StatusCode,
    pub error: ApiError,
}

/// Writes what a build puts beside the binary, as far as the server looks at it.
pub fn write_site(folder: &Folder) {
    folder.write("site/robots.txt", "User-agent: *\n");
    folder.write(
        "site/pkg/starfront.AbCdEfGhIjKlMnOpQrSt_-.js",
        "export default 1;".repeat(100),
    );
    folder.write(
        "site/pkg/starfront.AbCdEfGhIjKlMnOpQrSt_-.js.br",
        b"pretend-brotli",
    );
}

pub struct TestShop {
    // First, so that it is dead when its folder goes.
    process: Option<Process>,
    pub telegram: FakeTelegram,
    pub settings: Settings,
    pub folder: Folder,
    pub http: reqwest::Client,
}

impl TestShop {
    /// A shop with the catalogue, whose bot is set up.
    pub async fn open() -> Self {
        Self::open_with(|settings| settings).await
    }

    /// The same with other settings.
    pub async fn open_with(change: impl FnOnce(Settings) -> Settings) -> Self {
        let mut shop = Self::prepare(change).await;
        shop.start();
        shop.ready().await;
        shop
    }

    /// A shop with the catalogue that is not started.
    pub async fn prepare(change: impl FnOnce(Settings) -> Settings) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let telegram = FakeTelegram::start().await;
        let folder = Folder::new();
        write_site(&folder);
        let shop = Self {
            settings: change(Settings::new(&folder, &telegram.address)),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            process: None,
            telegram,
            folder,
        };
        let file = catalogue::write(&shop.folder);
        let imported = shop
            .run(&["catalog", "import", file.to_str().unwrap()])
            .await;
        assert!(imported.status.success(), "{imported:?}");
        shop
    }

    pub fn start(&mut self) {
        self.process = Some(Process::serve(&self.settings, self.folder.path()));
    }

    pub async fn ready(&self) {
        answers(&self.http, self.url("/readyz")).await;
    }

    pub async fn alive(&self) {
        answers(&self.http, self.url("/healthz")).await;
    }

    /// Takes the running process, to end it in one way or another.
    pub fn process(&mut self) -> Process {
        self.process.take().expect("a started shop")
    }

    /// Runs a command of the binary beside the server.
    pub async fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.settings.command(self.folder.path(), arguments);
        command.output().await.unwrap()
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.settings.get("STARFRONT_PUBLIC_URL"))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(self.url(path))
    }

    /// Announces a body of so many bytes and gives the answer that comes before any of them.
    pub async fn announce(&self, path: &str, bytes: usize) -> String {
        let address = self.settings.get("LEPTOS_SITE_ADDR");
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {bytes}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = vec![0; 1024];
        let read = timeout(SOON, stream.read(&mut answer)).await;
        answer.truncate(read.expect("an answer at once").unwrap());
        String::from_utf8(answer).unwrap()
    }

    /// Calls a server function as the page does; the arguments are a tuple in their order.
    pub async fn call<Output: DeserializeOwned>(
        &self,
        function: &str,
        token: &str,
        arguments: impl Serialize,
    ) -> Result<Output, Refused> {
        let url = self.url(&format!("/api/app/{function}"));
        let body = PostcardEncoding::encode(&arguments).unwrap();
        let request = self.http.post(url).bearer_auth(token).body(body);
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let bytes = answer.bytes().await.unwrap();
        if status.is_success() {
            return Ok(PostcardEncoding::decode(bytes).unwrap());
        }
        Err(Refused {
            status,
            error: ApiError::de(bytes),
        })
    }

    /// Sends an update as Telegram does, with the secret that the shop gave.
    pub async fn update(&self, update: &Value) -> Response {
        let secret = self.telegram.webhook_secret().await;
        let request = self.http.post(self.url("/telegram/webhook"));
        let request = request.header("x-telegram-bot-api-secret-token", secret);
        request.json(update).send().await.unwrap()
    }

    /// A buyer who has opened the Mini App.
    pub async fn buyer(&self, id: i64, language: &str) -> Buyer<'_> {
        Buyer::open(self, id, language).await
    }

    /// What the shop has logged so far.
    pub fn log(&self) -> String {
        let path = self.folder.join("log");
        std::fs::read_to_string(Path::new(&path)).unwrap_or_default()
    }

    /// Waits for a log line that holds this, and gives it.
    pub async fn logged(&self, part: &str) -> Value {
        eventually(part, || async {
            let log = self.log();
            let line = log.lines().find(|line| line.contains(part))?;
            serde_json::from_str(line).ok()
        })
        .await
    }

    /// What a person writes to the bot.
    pub fn written(id: i64, text: &str) -> Value {
        let length = text.split(' ').next().unwrap_or_default().len();
        json!({"update_id": FakeTelegram::next_number(), "message": {
            "message_id": 1, "date": 1_795_000_000, "text": text,
            "chat": {"id": id, "type": "private"},
            "from": {"id": id, "is_bot": false, "first_name": "Wilhelmina"},
            "entities": [{"type": "bot_command", "offset": 0, "length": length}],
        }})
    }
}
