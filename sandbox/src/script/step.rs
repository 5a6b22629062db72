//! Everything that a step of a script can do.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fault::Faults;
use crate::outcome::Outcome;
use crate::subscription::Action;
use crate::withdrawal::Ending;

/// A user, by id or by first name; of several with one name, the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Who {
    /// User id.
    Id(i64),
    /// First name.
    Name(String),
}

/// One thing that happens. `sell`, `refund` and `stop` speak for the bot.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// A user appears.
    User {
        /// First name.
        name: String,
        /// Stars to begin with.
        #[serde(default)]
        stars: i64,
    },
    /// A user buys Stars.
    TopUp {
        /// Who.
        user: Who,
        /// How many.
        stars: i64,
    },
    /// A user writes to the bot.
    Message {
        /// Who.
        user: Who,
        /// What.
        text: String,
    },
    /// A user blocks the bot, or lets it in again.
    Block {
        /// Who.
        user: Who,
        /// Yes or no.
        blocked: bool,
    },
    /// The bot sells, and the user pays without a pre-checkout.
    Sell {
        /// The buyer.
        user: Who,
        /// The price.
        stars: i64,
        /// The invoice's payload.
        payload: String,
        /// Seconds of a subscription's period.
        period: Option<i64>,
        /// How it goes.
        #[serde(default)]
        outcome: Outcome,
    },
    /// A user pays the newest invoice that the bot has made, or the newest with this
    /// payload; the bot itself is asked.
    Pay {
        /// The buyer.
        user: Who,
        /// Which invoice.
        payload: Option<String>,
        /// How it goes; without it, the faults decide.
        outcome: Option<Outcome>,
    },
    /// The bot gives back the user's newest charge.
    Refund {
        /// The buyer.
        user: Who,
    },
    /// The store gives back the user's newest charge.
    Chargeback {
        /// The buyer.
        user: Who,
    },
    /// The user cancels, reactivates or pays their newest subscription.
    Subscription {
        /// The buyer.
        user: Who,
        /// What they do.
        action: Action,
    },
    /// The bot stops the user's newest subscription, or allows it again.
    Stop {
        /// The buyer.
        user: Who,
        /// Stops, or allows.
        stop: bool,
    },
    /// From now on an affiliate gets a part of what the user pays.
    Affiliate {
        /// The buyer.
        user: Who,
        /// Who gets it.
        affiliate: Who,
        /// Stars of each 1000.
        commission_per_mille: i64,
    },
    /// The bot's owner takes Stars out.
    Withdraw {
        /// How many.
        stars: i64,
        /// How it ends, at once; without it, it stays pending.
        ending: Option<Ending>,
    },
    /// Replaces all faults.
    Faults {
        /// The new ones; none end them.
        faults: Faults,
    },
    /// The bot gets an update that nobody caused, of any kind.
    Update {
        /// Field name of the payload.
        kind: String,
        /// The payload.
        payload: Value,
    },
    /// Mixed events, drawn from the seed.
    Random {
        /// How many.
        events: u32,
        /// Within how many seconds.
        over_seconds: i64,
        /// Among how many buyers, who are made first.
        #[serde(default = "super::random::buyers")]
        buyers: u32,
    },
}

impl Step {
    /// What the step is called in a script.
    #[must_use]
    pub fn name(&self) -> String {
        let written = serde_json::to_value(self).unwrap_or_default();
        written["do"].as_str().unwrap_or_default().to_owned()
    }
}
