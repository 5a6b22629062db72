//! The command line.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{ArgAction, Parser};

use crate::limits::START_TIMES;
use crate::sandbox::Config;

/// What `--help` says of scripts.
const SCRIPT_HELP: &str = "\
Play this script: sales, renewals, refunds and faults, each at its time on the sandbox's
clock. It is TOML, or JSON when the name ends in .json. For example:

    token = \"7001:demo\"       # the bot; it need not run
    seed = 7                    # of random steps; --seed without it

    [[steps]]
    at = 0                      # seconds after the start
    do = \"user\"
    name = \"Mila\"
    stars = 500

    [[steps]]
    at = 60
    every = 3600                # again each hour,
    times = 3                   # three times in all
    do = \"sell\"
    user = \"Mila\"
    stars = 100
    payload = \"order-1\"

Steps and their fields:
    user          name, stars
    top_up        user, stars
    message       user, text
    block         user, blocked
    sell          user, stars, payload, [period], [outcome]   without a pre-checkout
    pay           user, [payload], [outcome]      the newest invoice; the bot is asked
    refund        user                            the newest charge, by the bot
    chargeback    user                            the newest charge, by the store
    subscription  user, action                    cancel, reactivate or pay
    stop          user, stop                      as editUserStarSubscription
    affiliate     user, affiliate, commission_per_mille
    withdraw      stars, [ending]                 succeeded or failed
    faults        faults                          as PUT /api/faults takes them
    update        kind, payload                   of any kind, known or not
    random        events, over_seconds, [buyers]  mixed events from the seed

A state file that is continued has the rest of its script already.";

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
    /// Seed of all identifiers and of a script's random steps, to get the same again.
    #[arg(long)]
    pub seed: Option<u64>,
    /// Keep the state in this file and continue from it; without it, the state ends
    /// with the sandbox. One sandbox at a time. What a crash may lose is the last five
    /// seconds, or more of a world that takes long to write.
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Play this script: sales, renewals, refunds and faults, each at its time.
    #[arg(long, value_name = "FILE", long_help = SCRIPT_HELP)]
    pub script: Option<PathBuf>,
    /// Begin at this time, seconds since 1970, with a clock that stands still and only
    /// moves by POST /api/clock: the same calls then give the same state.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(i64).range(START_TIMES))]
    pub start_time: Option<i64>,
    /// Take webhooks by http and on any port at addresses of a local network, too, as a Bot
    /// API server of your own does with --local: for bots in containers.
    #[arg(long)]
    pub local: bool,
    /// Follow the rules of Telegram's test servers: subscriptions of 60 or 300 seconds
    /// and no others. Calls to /bot<token>/test/<method> do so without this.
    #[arg(long)]
    pub test_server: bool,
}

impl Args {
    /// What the sandbox is started with.
    #[must_use]
    pub fn config(&self) -> Config {
        Config {
            script_path: self.script_path.clone(),
            seed: self.seed,
            demo: self.demo,
            state_path: self.state.clone(),
            script: self.script.clone(),
            start_time: self.start_time,
            is_local: self.local,
            is_test: self.test_server,
        }
    }
}
