//! The sandbox over a real port, as bots, Mini Apps and tests meet it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod addresses;
mod bot_api;
mod busy;
mod choices;
mod command_line;
mod community;
mod connections;
mod control;
mod faults;
mod forms;
mod groups;
mod kept;
mod launch;
mod media;
mod paid_media;
mod payment;
mod people;
mod polling;
mod rights;
mod script;
mod sharing;
mod slips;
mod stars;
mod sticker_sets;
mod stickers;
mod subscription;
mod support;
mod web_app_data;
mod webhook;
