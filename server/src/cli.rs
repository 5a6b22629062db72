//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

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
    /// Look at an order, or give money back.
    #[command(subcommand)]
    Order(OrderAction),
    /// Look at one payment, or give it back.
    #[command(subcommand)]
    Charge(ChargeAction),
    /// Look at a subscription or pass, stop its renewal, or allow it again.
    #[command(subcommand)]
    Subscription(SubscriptionAction),
    /// What is in trouble on its way in or out.
    #[command(subcommand)]
    Outbox(OutboxAction),
    /// The books.
    #[command(subcommand)]
    Ledger(LedgerAction),
    /// Make the books what Telegram's ledger says, now.
    Reconcile,
    /// Let an update or effect that was put aside be tried again: short for `outbox retry`.
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

/// What can be done with orders.
#[derive(Debug, Subcommand)]
pub enum OrderAction {
    /// Tell everything that happened to an order and its payments.
    Show {
        /// The order's id: 32 hex digits.
        id: String,
    },
    /// Give the Stars back and take the goods back.
    Refund(RefundArguments),
}

/// Which purchases go back: one, or all of a product.
#[derive(Debug, Args)]
pub struct RefundArguments {
    /// The order's id: 32 hex digits.
    pub id: Option<String>,
    /// All paid orders of this product.
    #[arg(long, value_name = "PRODUCT", conflicts_with = "id")]
    pub all_of: Option<String>,
    /// Only those paid then or later: 2026-11-01, or 2026-11-01T12:00:00Z.
    #[arg(long, value_name = "TIME", requires = "all_of")]
    pub since: Option<String>,
    /// Only those paid before this.
    #[arg(long, value_name = "TIME", requires = "all_of")]
    pub until: Option<String>,
    /// Say which, and do nothing.
    #[arg(long, requires = "all_of")]
    pub dry_run: bool,
}

/// What can be done with a charge.
#[derive(Debug, Subcommand)]
pub enum ChargeAction {
    /// Tell everything that happened to a payment.
    Show {
        /// Telegram's charge id, as in the buyer's receipt.
        id: String,
    },
    /// Give its Stars back and take back what it paid for.
    Refund {
        /// Telegram's charge id, as in the buyer's receipt.
        id: String,
    },
}

/// What can be done with a subscription.
#[derive(Debug, Subcommand)]
pub enum SubscriptionAction {
    /// Say where it stands.
    Show {
        /// The id of the order that began it: 32 hex digits.
        id: String,
    },
    /// Let Telegram charge no more; the paid time goes on to its end.
    Stop {
        /// The id of the order that began it: 32 hex digits.
        id: String,
    },
    /// Take a stop of the seller back: the buyer can then turn it on again in Telegram.
    Allow {
        /// The id of the order that began it: 32 hex digits.
        id: String,
    },
}

/// What can be done with work that failed.
#[derive(Debug, Subcommand)]
pub enum OutboxAction {
    /// Show what was put aside, and what waits after a failure.
    List,
    /// Show one update or effect whole.
    Show {
        /// Its row, as `list` and the log line name it: 32 hex digits.
        row: String,
    },
    /// Let what was put aside be tried again.
    Retry {
        /// Its row, as `list` and the log line name it: 32 hex digits.
        row: Option<String>,
        /// All that was put aside.
        #[arg(long, conflicts_with = "row")]
        all: bool,
    },
}

/// What can be done with the books.
#[derive(Debug, Subcommand)]
pub enum LedgerAction {
    /// Show the accounts, and both sides of what differs from Telegram's ledger.
    Check,
    /// A person has looked into a difference: it is no alarm any more.
    Accept {
        /// Its id, as `check` shows it: 32 hex digits.
        id: String,
    },
}
