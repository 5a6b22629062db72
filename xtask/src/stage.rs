//! A shop and its sandbox Telegram, side by side.

use crate::{
    cargo::{self, Binaries},
    failure::{Done, Failure},
    files, interrupt,
    limits::START_PATIENCE,
    net,
    project::{Project, root},
    server::Server,
    shell,
    step::{Step, step},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Token of the bot that the shop runs as. The sandbox takes any; no other Telegram knows it.
const BOT_TOKEN: &str = "4242:SANDBOX";

/// The catalogue that a new database starts with.
const CATALOGUE: &str = "examples/demo-shop/shop.toml";

/// Where and how the two run.
pub(crate) struct Stage {
    /// What to start.
    pub(crate) binaries: Binaries,
    /// Folder of database and files.
    pub(crate) data: PathBuf,
    /// Port of the shop.
    pub(crate) port: u16,
    /// Port of the sandbox.
    pub(crate) sandbox_port: u16,
    /// The finished site.
    pub(crate) site: PathBuf,
    /// Port of the live reload socket, when someone listens there.
    pub(crate) reload_port: Option<u16>,
}

/// The two, running.
pub(crate) struct Running {
    // Dropped, and so stopped, in this order: the shop may still talk to its Telegram.
    /// The shop.
    pub(crate) shop: Server,
    /// The sandbox.
    pub(crate) sandbox: Server,
}

impl Stage {
    /// A stage of its own in a new folder, on free ports.
    pub(crate) fn apart(project: &Project, binaries: &Binaries, data: &Path) -> Done<Self> {
        Ok(Self {
            binaries: binaries.clone(),
            data: data.to_path_buf(),
            port: net::free_port()?,
            sandbox_port: net::free_port()?,
            site: project.site(),
            reload_port: None,
        })
    }

    /// Address of the shop.
    pub(crate) fn shop_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Address of the sandbox and its client window.
    pub(crate) fn sandbox_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.sandbox_port)
    }

    /// Fills a new database with the demo catalogue, and starts both.
    pub(crate) fn start(&self, project: &Project) -> Done<Running> {
        step("database", |step| {
            Ok((self.prepare(step, project)?.to_owned(), ()))
        })?;
        step("sandbox and shop", |_| {
            let mut sandbox = self.start_sandbox()?;
            let url = format!("{}/api/openapi.json", self.sandbox_url());
            net::wait_ready(&url, START_PATIENCE, || {
                interrupt::check().and_then(|()| sandbox.check())
            })?;
            let shop = self.start_shop(project)?;
            Ok(("started".to_owned(), Running { shop, sandbox }))
        })
    }

    /// Starts the shop and waits until it is ready to sell.
    pub(crate) fn start_shop(&self, project: &Project) -> Done<Server> {
        let mut shop = Server::start("shop", self.shop(project).arg("serve"))?;
        let url = format!("{}/readyz", self.shop_url());
        net::wait_ready(&url, START_PATIENCE, || {
            interrupt::check().and_then(|()| shop.check())
        })?;
        Ok(shop)
    }

    /// Starts the sandbox.
    pub(crate) fn start_sandbox(&self) -> Done<Server> {
        let mut command = Command::new(&self.binaries.sandbox);
        cargo::clean(&mut command);
        command
            .current_dir(root())
            .arg("--port")
            .arg(self.sandbox_port.to_string());
        Server::start("sandbox", &mut command)
    }

    fn prepare(&self, step: &Step, project: &Project) -> Done<&'static str> {
        if self.database().is_file() {
            return Ok("already there");
        }
        fs::create_dir_all(&self.data).map_err(|error| {
            Failure::new(format!("{} can't be made: {error}.", self.data.display()))
        })?;
        let mut import = self.shop(project);
        import
            .args(["catalog", "import"])
            .arg(root().join(CATALOGUE));
        let imported = shell::run(step, &mut import, "The demo catalogue can't be imported.");
        if imported.is_err() {
            // A half-filled database would pass for a finished one next time.
            for file in files::under(&self.data) {
                if file.to_string_lossy().contains("starfront.db") {
                    let _ = fs::remove_file(file);
                }
            }
        }
        imported.map(|()| "new, with the demo catalogue")
    }

    fn database(&self) -> PathBuf {
        self.data.join("starfront.db")
    }

    /// The shop's program with its settings.
    fn shop(&self, project: &Project) -> Command {
        let mut command = Command::new(&self.binaries.shop);
        cargo::clean(&mut command);
        command
            .current_dir(root())
            .env("STARFRONT_BOT_TOKEN", BOT_TOKEN)
            .env("STARFRONT_TELEGRAM_API", self.sandbox_url())
            .env(
                "STARFRONT_DATABASE_URL",
                format!("sqlite:{}", self.database().display()),
            )
            .env("STARFRONT_FILES", self.data.join("files"))
            .env("STARFRONT_PUBLIC_URL", self.shop_url())
            .env("STARFRONT_UPDATES", "webhook")
            .env("STARFRONT_CLOCK", "sandbox")
            .env("LEPTOS_OUTPUT_NAME", &project.leptos.output_name)
            .env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{}", self.port))
            .env("LEPTOS_SITE_ROOT", &self.site)
            .env("LEPTOS_SITE_PKG_DIR", &project.leptos.site_pkg_dir)
            .env("LEPTOS_HASH_FILES", "true")
            .env_remove("LEPTOS_WATCH");
        if let Some(port) = self.reload_port {
            command
                .env("LEPTOS_WATCH", "true")
                .env("LEPTOS_RELOAD_PORT", port.to_string());
        }
        command
    }
}
