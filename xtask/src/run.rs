//! `cargo xtask run`: from a fresh clone to a shop one can buy from.

use crate::{
    build,
    cargo::{self, Profile},
    failure::Done,
    interrupt,
    limits::POLL,
    net,
    project::{Project, root},
    setup,
    site::Flavour,
    stage::{Running, Stage},
    step::say,
};
use qrcode::{EcLevel, QrCode, render::unicode::Dense1x2};
use std::thread;

/// Where to listen.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Port of the shop
    #[arg(long, default_value_t = 3000)]
    pub(crate) port: u16,
    /// Port of the sandbox, Telegram on your desk
    #[arg(long, default_value_t = 8081)]
    pub(crate) sandbox_port: u16,
}

impl Arguments {
    /// Fails early, before anything is built, when a port is taken.
    pub(crate) fn check_ports(&self) -> Done {
        net::check_free(self.port, "--port")?;
        net::check_free(self.sandbox_port, "--sandbox-port")
    }

    /// The stage in the project's own data folder.
    pub(crate) fn stage(&self, project: &Project, binaries: cargo::Binaries) -> Stage {
        Stage {
            binaries,
            data: root().join("data"),
            port: self.port,
            sandbox_port: self.sandbox_port,
            site: project.site(),
            reload_port: None,
        }
    }
}

/// `cargo xtask run`.
pub(crate) fn task(arguments: &Arguments) -> Done {
    arguments.check_ports()?;
    let project = Project::read()?;
    let tools = setup::for_build(&project)?;
    let binaries = build::all(&project, &tools, Flavour::Quick, Profile::Dev)?;
    let stage = arguments.stage(&project, binaries);
    let mut running = stage.start(&project)?;
    announce(&stage);
    wait(&mut running)
}

/// Says where to look.
pub(crate) fn announce(stage: &Stage) {
    let shop = stage.shop_url();
    if let Ok(code) = QrCode::with_error_correction_level(&shop, EcLevel::L) {
        // Dark on light in a terminal that is light on dark: the colours change places.
        let picture = code
            .render::<Dense1x2>()
            .dark_color(Dense1x2::Light)
            .light_color(Dense1x2::Dark)
            .build();
        say(format!("\n{picture}"));
    }
    say(format!(
        "\nBuy something:  {}/   a client window of Telegram, with Stars to spend\n\
         The shop:       {shop}/   as a plain browser sees it (the code above is this address)\n\
         Logs:           target/xtask/logs/shop.log and sandbox.log\n\n\
         Ctrl-C stops both.",
        stage.sandbox_url()
    ));
}

fn wait(running: &mut Running) -> Done {
    while !interrupt::asked() {
        running.shop.check()?;
        running.sandbox.check()?;
        thread::sleep(POLL);
    }
    say("\nStopping…");
    running.shop.stop();
    running.sandbox.stop();
    say("Stopped.");
    Ok(())
}
