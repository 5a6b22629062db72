//! The thin server: configuration, router, webhook, workers, command line.
//!
//! * [`config`]: settings of an instance, refused in sentences when wrong.
//! * [`serve`]: boots the parts, runs them, stops them.
//! * [`router`]: every route on one page.
//! * [`web`]: what is answered besides pages; [`layers`]: what every request passes through.
//! * [`intake`]: updates in, from webhook and polling alike; pre-checkout is answered here.
//! * [`workers`]: updates worked, effects done, orders that run out.
//! * [`bot`]: what the bot is and says.
//!
//! It decides nothing about orders and money: that is the `shop` crate's.

mod bot;
pub mod cli;
mod clock;
pub mod commands;
pub mod config;
#[cfg(debug_assertions)]
mod crash_points;
mod error;
mod intake;
mod layers;
mod limits;
mod logging;
mod metrics;
mod refusal_words;
mod router;
pub mod serve;
mod state;
mod web;
mod workers;
