//! Scripts: what is to happen when, on the sandbox's clock, from a file and a seed.
//!
//! A script is TOML, or JSON when its name ends in `.json`:
//!
//! ```toml
//! token = "7001:demo"        # the bot that it is about
//! seed = 7                   # of the random steps; the sandbox's own without it
//!
//! [[steps]]
//! at = 0                     # seconds after the script begins
//! do = "user"
//! name = "Mila"
//! stars = 5000
//!
//! [[steps]]
//! at = 60
//! do = "sell"                # the script speaks for the bot: no pre-checkout
//! user = "Mila"
//! stars = 100
//! payload = "month-1"
//! period = 2592000
//!
//! [[steps]]
//! at = 3600
//! every = 86400              # again each day …
//! times = 3                  # … three times in all
//! do = "faults"
//! faults = { updates = [{ kind = "successful_payment", action = "drop", count = 1 }] }
//!
//! [[steps]]
//! at = 7200
//! do = "random"              # 500 mixed events within a day
//! events = 500
//! over_seconds = 86400
//! ```
//!
//! [`Step`] lists everything that a step can do. Steps of the same moment happen in the
//! order in which they stand.

mod play;
pub mod random;
pub mod step;

use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::agenda::Deed;
use crate::limits::{SCRIPT_BYTES, SCRIPT_SECONDS, SCRIPT_STEPS};
use crate::state::State;
use crate::token::Token;

pub use self::play::StepError;
pub use self::step::{Step, Who};

/// A step with its time.
#[derive(Debug, Clone)]
struct Timed {
    at: i64,
    every: i64,
    times: u32,
    step: Step,
}

/// A script that was read and found good.
#[derive(Debug, Clone)]
pub struct Script {
    token: Token,
    seed: Option<u64>,
    steps: Vec<Timed>,
}

/// Why a script cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// The file cannot be read.
    #[error("cannot read the script {path}: {source}")]
    Unreadable {
        /// Which file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is larger than a script may be.
    #[error("the script has more than {SCRIPT_BYTES} bytes or {SCRIPT_STEPS} steps")]
    TooLong,
    /// It is not a script.
    #[error("this is not a script: {0}")]
    Malformed(String),
    /// A step is not known or lacks something.
    #[error("step {number} of the script: {why}")]
    BadStep {
        /// Which, from 1.
        number: usize,
        /// What is wrong.
        why: String,
    },
}

impl ScriptError {
    /// Stable, in snake_case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "script_unreadable",
            Self::TooLong => "script_too_long",
            Self::Malformed(_) => "script_malformed",
            Self::BadStep { .. } => "script_step_invalid",
        }
    }
}

/// A script as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    token: String,
    seed: Option<u64>,
    #[serde(default)]
    steps: Vec<Map<String, Value>>,
}

impl Script {
    /// Reads a script from a file.
    ///
    /// # Errors
    /// When the file or anything in it is not acceptable.
    pub fn load(path: &Path) -> Result<Self, ScriptError> {
        let unreadable = |source| ScriptError::Unreadable {
            path: path.display().to_string(),
            source,
        };
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        let is_json = path.extension().is_some_and(|name| name == "json");
        Self::parse(&text, is_json)
    }

    /// Reads a script from its text.
    ///
    /// # Errors
    /// When anything in it is not acceptable.
    pub fn parse(text: &str, is_json: bool) -> Result<Self, ScriptError> {
        if text.len() > SCRIPT_BYTES {
            return Err(ScriptError::TooLong);
        }
        let malformed = |why: String| ScriptError::Malformed(why);
        let written: Written = if is_json {
            serde_json::from_str(text).map_err(|why| malformed(why.to_string()))?
        } else {
            toml::from_str(text).map_err(|why| malformed(why.to_string()))?
        };
        if written.steps.len() > SCRIPT_STEPS {
            return Err(ScriptError::TooLong);
        }
        let token = Token::parse(&written.token)
            .map_err(|_| malformed("the token is not of the form <digits>:<text>".into()))?;
        let steps = written.steps.into_iter().enumerate();
        let steps = steps.map(|(at, step)| {
            timed(step).map_err(|why| ScriptError::BadStep {
                number: at + 1,
                why,
            })
        });
        Ok(Self {
            token,
            seed: written.seed,
            steps: steps.collect::<Result<_, _>>()?,
        })
    }
}

/// Takes the times out of a step; what is left says what it does.
fn timed(mut written: Map<String, Value>) -> Result<Timed, String> {
    let mut seconds = |name: &str, default: i64| match written.remove(name) {
        None => Ok(default),
        Some(value) => value
            .as_i64()
            .filter(|number| (0..=SCRIPT_SECONDS).contains(number))
            .ok_or_else(|| format!("`{name}` is a whole number from 0 to {SCRIPT_SECONDS}")),
    };
    let (at, every, times) = (
        seconds("at", 0)?,
        seconds("every", 0)?,
        seconds("times", 1)?,
    );
    let step = serde_json::from_value(Value::Object(written)).map_err(|why| why.to_string())?;
    Ok(Timed {
        at,
        every,
        times: u32::try_from(times).unwrap_or(u32::MAX).max(1),
        step,
    })
}

impl State {
    /// Plans all steps of a script from now on; returns how many there are.
    ///
    /// # Errors
    /// When its token is another bot's, or random and repeated steps are too many.
    pub fn play(&mut self, script: &Script) -> Result<usize, ScriptError> {
        let bot_id = match self.bot_of(&script.token) {
            Ok(bot) => bot.id(),
            Err(why) => return Err(ScriptError::Malformed(why.description)),
        };
        let seed = script.seed.unwrap_or_else(|| self.ids.seed());
        let begun_ms = self.now_ms();
        let mut planned = Vec::new();
        for timed in &script.steps {
            if let Step::Random {
                events,
                over_seconds,
                buyers,
            } = timed.step
            {
                let steps = random::steps(seed, events, over_seconds, buyers);
                let later = steps
                    .into_iter()
                    .map(|(at, step)| (timed.at + at, step, true));
                planned.extend(later);
            } else {
                for round in 0..i64::from(timed.times) {
                    planned.push((timed.at + round * timed.every, timed.step.clone(), false));
                }
            }
            if planned.len() > SCRIPT_STEPS {
                return Err(ScriptError::TooLong);
            }
        }
        let count = planned.len();
        for (at, step, is_random) in planned {
            let step = Box::new(step);
            let deed = Deed::Step {
                bot_id,
                step,
                is_random,
            };
            self.agenda.plan(begun_ms.saturating_add(at * 1000), deed);
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
