//! Telegram on your desk: a strict, offline stand-in for the parts of Telegram
//! that a Mini App with Star payments meets.
//!
//! It is an independent judge. It shares no code with the bots that it serves:
//! it signs initData by itself, keeps the wallets and the ledger, and refuses
//! what Telegram refuses, in Telegram's words.
//!
//! # Map
//! - [`server`] starts everything; [`sandbox`] is the handle that all parts share;
//! - [`state`] is the whole memory behind one lock: [`bot`]s, [`user`]s, [`chat`]s,
//!   [`file`]s, [`invoice`]s, wallets, [`ledger`]s, [`fault`]s, [`journal`];
//! - [`clock`] is the only clock: everything that has a date or a deadline asks it;
//! - [`front`] speaks HTTP as the Bot API server does; [`methods`] are its methods;
//! - [`update`] is a bot's queue, [`sender`] pushes it to a webhook;
//! - [`payment`] takes a buyer through one purchase, [`charge`] books it, [`subscription`]
//!   repeats it; [`affiliate`], [`withdrawal`], [`paid_media`], [`gift`] move other Stars;
//! - [`agenda`] holds what is due later, [`jump`] moves the clock over it in order;
//! - [`script`] plays timed events, [`kept`] keeps the state in a file,
//!   [`lock`] for one sandbox alone;
//! - [`community`] is groups and channels: links, requests, members;
//! - [`access`] and [`contact`] are what a user allows a bot and tells it;
//! - [`launch`] builds the address of a Mini App, [`init_data`] signs it;
//! - [`control`] is the JSON interface for tests and for the client window.

pub mod access;
pub mod affiliate;
pub mod agenda;
pub mod amount;
pub mod api_error;
pub mod args;
pub mod base64_bytes;
pub mod bot;
pub mod charge;
pub mod chat;
pub mod choices;
pub mod clock;
pub mod community;
pub mod compact;
pub mod contact;
pub mod control;
pub mod event;
pub mod fault;
pub mod file;
pub mod form;
pub mod front;
pub mod gift;
pub mod ids;
pub mod init_data;
pub mod inline;
pub mod invoice;
pub mod journal;
pub mod jump;
pub mod kept;
pub mod keys;
pub mod launch;
pub mod ledger;
pub mod limits;
pub mod lock;
pub mod markup;
pub mod message;
pub mod methods;
pub mod outcome;
pub mod paid_media;
pub mod pairs;
pub mod params;
pub mod payment;
pub mod precheck;
pub mod profile;
pub mod refund;
pub mod sandbox;
pub mod script;
pub mod sender;
pub mod server;
pub mod sharing;
pub mod state;
pub mod sticker;
pub mod storage;
pub mod subscription;
pub mod text;
pub mod token;
pub mod update;
pub mod user;
pub mod webhook;
pub mod withdrawal;
pub mod work;
