//! The environment of a shop under test, and of no other.

use std::{net::TcpListener, path::Path};

use super::Folder;

/// The bot's token. Must never be seen outside.
pub const TOKEN: &str = "4242:TOKEN-OF-THE-TESTS";

#[derive(Clone)]
pub struct Settings(Vec<(String, String)>);

impl Settings {
    /// For a shop whose data is in this folder and whose Telegram is at this address.
    pub fn new(folder: &Folder, telegram: &str) -> Self {
        let port = free_port();
        let path = |name: &str| folder.join(name).display().to_string();
        let pairs = [
            ("STARFRONT_BOT_TOKEN", TOKEN.to_owned()),
            ("STARFRONT_TELEGRAM_API", telegram.to_owned()),
            (
                "STARFRONT_DATABASE_URL",
                format!("sqlite:{}", path("shop.db")),
            ),
            ("STARFRONT_FILES", path("files")),
            ("STARFRONT_PUBLIC_URL", format!("http://127.0.0.1:{port}")),
            ("STARFRONT_UPDATES", "webhook".to_owned()),
            ("STARFRONT_LOG", "json".to_owned()),
            ("LEPTOS_OUTPUT_NAME", "starfront".to_owned()),
            ("LEPTOS_SITE_ADDR", format!("127.0.0.1:{port}")),
            ("LEPTOS_SITE_ROOT", path("site")),
            ("LEPTOS_SITE_PKG_DIR", "pkg".to_owned()),
        ];
        let owned = |(name, value): (&str, String)| (name.to_owned(), value);
        Self(pairs.map(owned).into())
    }

    /// With one of them changed, or one more.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without one of them.
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        &found.expect("a known setting").1
    }

    /// The binary with these settings, in this folder.
    pub fn command(&self, folder: &Path, arguments: &[&str]) -> tokio::process::Command {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_starfront"));
        command
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .envs(self.0.iter().cloned())
            .kill_on_drop(true);
        command
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
