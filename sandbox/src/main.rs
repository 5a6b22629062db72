//! Telegram on your desk: Bot API, wallets and a client window, offline.

fn main() {}
