//! How much of Telegram the sandbox has, by the lists of libraries that know all of it.

use super::methods;
use crate::{
    failure::{Done, Failure, OrSay},
    net,
    project::root,
    step::Step,
};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, process::Command};

/// The bot that asks.
const TOKEN: &str = "4204:COVERAGE";
/// What Telegram says of a method that does not exist, and the sandbox of one that it lacks.
const REFUSAL: &str = "Not Found: method not found";

/// What is there and what is not.
pub(crate) struct Coverage {
    /// Version of frankenstein.
    pub(crate) bot_api: String,
    /// Bot API methods, and whether they are answered.
    pub(crate) methods: BTreeMap<String, bool>,
    /// Mini App events of both directions.
    pub(crate) mini_app: MiniApp,
}

/// What the comparison with `@tma.js/bridge` prints.
#[derive(Deserialize)]
pub(crate) struct MiniApp {
    /// Version of the library.
    pub(crate) version: String,
    /// From the app to Telegram.
    pub(crate) methods: BTreeMap<String, State>,
    /// From Telegram to the app.
    pub(crate) events: BTreeMap<String, State>,
}

/// How the window takes an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// It does what Telegram does.
    Answered,
    /// It says that the device has no such thing.
    Lacking,
    /// It does not know the name.
    Unknown,
}

impl Coverage {
    /// Asks a sandbox for every method, and the window's rules for every event.
    pub(crate) fn ask(step: &Step, sandbox: &str) -> Done<Self> {
        let (version, names) = methods::read()?;
        let client = net::client();
        let mut answered = BTreeMap::new();
        for name in names {
            step.status(&name);
            let url = format!("{sandbox}/bot{TOKEN}/{name}");
            let mut answer = client.post(&url).send_empty().or_say(&name)?;
            let text = answer.body_mut().read_to_string().or_say(&name)?;
            let body: Value = serde_json::from_str(&text).or_say(&name)?;
            answered.insert(name, body["description"] != REFUSAL);
        }
        Ok(Self {
            bot_api: version,
            methods: answered,
            mini_app: mini_app()?,
        })
    }

    /// The sums.
    pub(crate) fn note(&self) -> String {
        let answered = self.methods.values().filter(|answered| **answered).count();
        format!("{answered} of {} methods", self.methods.len())
    }
}

fn mini_app() -> Done<MiniApp> {
    let mut node = Command::new("node");
    node.arg("bridge.js")
        .current_dir(root().join("sandbox/clients/node"));
    let text = crate::shell::output(&mut node)
        .ok_or_else(|| Failure::new("sandbox/clients/node/bridge.js fails: run it with node."))?;
    serde_json::from_str(&text).or_say("sandbox/clients/node/bridge.js prints something else")
}
