//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// A storefront for Telegram Stars.
#[derive(Debug, Parser)]
#[command(name = "starfront", version, about)]
pub struct Cli {
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the shop (the default).
    Serve,
    /// Check launch data from standard input and print its user as JSON.
    InitData {
        /// The bot's token. Better given as STARFRONT_BOT_TOKEN: arguments are seen by others.
        #[arg(long, env = "STARFRONT_BOT_TOKEN", hide_env_values = true)]
        bot_token: String,
        /// Longest age, in seconds.
        #[arg(long, default_value_t = 86_400)]
        max_age: u32,
    },
    /// Bring a catalogue in, or out.
    #[command(subcommand)]
    Catalog(Catalog),
    /// Pause or resume all sales.
    #[command(subcommand)]
    Shop(ShopSwitch),
    /// Work on one order.
    #[command(subcommand)]
    Order(OrderAction),
    /// Let an update or effect that was put aside be tried again.
    Retry {
        /// Its row, as named in the log line: 32 hex digits.
        row: String,
    },
    /// Check configuration, database and bot, and say what is wrong.
    Check,
}

/// What can be done with a catalogue.
#[derive(Debug, Subcommand)]
pub enum Catalog {
    /// Read `shop.toml` and the files beside it, whole or nothing.
    Import {
        /// The catalogue file.
        file: PathBuf,
    },
    /// Write the catalogue and its files into a new folder.
    Export {
        /// The folder.
        folder: PathBuf,
    },
}

/// The switch of the whole shop.
#[derive(Debug, Subcommand)]
pub enum ShopSwitch {
    /// Refuse every new order and payment.
    Pause,
    /// Sell again.
    Resume,
}

/// What can be done with an order.
#[derive(Debug, Subcommand)]
pub enum OrderAction {
    /// Give the Stars back and take the goods back.
    Refund {
        /// The order's id: 32 hex digits.
        id: String,
    },
}
