//! The command line.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{ArgAction, Parser};

use crate::sandbox::Config;

/// Telegram on your desk: Bot API, Star wallets and a client window, offline.
#[derive(Debug, Parser)]
#[command(name = "starfront-sandbox", version)]
pub struct Args {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8081)]
    pub port: u16,
    /// The official telegram-web-app.js; by default it is looked for in
    /// `sandbox/node_modules` and `node_modules`, here and above.
    #[arg(long)]
    pub script_path: Option<PathBuf>,
    /// Start with one user, Mila, who has 1000 Stars.
    #[arg(long, action = ArgAction::Set, default_value_t = true, num_args = 0..=1,
          default_missing_value = "true")]
    pub demo: bool,
    /// Seed of all identifiers, to get the same ones again.
    #[arg(long)]
    pub seed: Option<u64>,
}

impl Args {
    /// What the sandbox is started with.
    #[must_use]
    pub fn config(&self) -> Config {
        Config {
            script_path: self.script_path.clone(),
            seed: self.seed,
            demo: self.demo,
        }
    }
}
