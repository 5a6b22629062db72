//! Calls that several groups of checks make.

use crate::world::World;
use frankenstein::methods::{CreateInvoiceLinkParams, GetStarTransactionsParams};
use frankenstein::payments::{
    LabeledPrice, StarTransaction, SuccessfulPayment, TransactionPartner, TransactionPartnerUser,
};
use frankenstein::{Error, TelegramApi};

/// Seconds of a subscription's month, the only period that Telegram takes.
pub const MONTH: u32 = 30 * 24 * 3600;
/// Seconds of a day.
pub const DAY: u32 = 24 * 3600;
/// Billionths of a Star in one.
pub const STAR: i64 = 1_000_000_000;

/// A price in Stars.
pub fn price(amount: u32) -> Vec<LabeledPrice> {
    vec![LabeledPrice::builder().label("Sea").amount(amount).build()]
}

/// An invoice link.
pub fn link(w: &World, amount: u32, payload: &str, period: Option<u32>) -> Result<String, Error> {
    link_by(&w.bot, amount, payload, period)
}

/// An invoice link, by this client.
pub fn link_by(
    bot: &impl TelegramApi<Error = Error>,
    amount: u32,
    payload: &str,
    period: Option<u32>,
) -> Result<String, Error> {
    let wanted = CreateInvoiceLinkParams::builder()
        .title("Sea")
        .description("A picture of the sea")
        .payload(payload)
        .currency("XTR")
        .prices(price(amount))
        .maybe_subscription_period(period)
        .build();
    bot.create_invoice_link(&wanted).map(|answer| answer.result)
}

/// The bot's transactions, oldest first.
pub fn rows(w: &World, offset: usize, limit: u32) -> Vec<StarTransaction> {
    let page = GetStarTransactionsParams::builder()
        .offset(u32::try_from(offset).expect("few rows"))
        .limit(limit)
        .build();
    let answer = w.bot.get_star_transactions(&page).unwrap();
    answer.result.transactions
}

/// How many transactions there are.
pub fn count(w: &World) -> usize {
    rows(w, 0, 100).len()
}

/// What came after the first rows, which must be one row.
pub fn only_row(w: &World, offset: usize) -> StarTransaction {
    let [row] = <[_; 1]>::try_from(rows(w, offset, 100)).expect("one row");
    row
}

/// What the bot has by its books, billionths of a Star: this client can't read the balance itself.
pub fn nanos(w: &World) -> i64 {
    let signed = |row: &StarTransaction| {
        let size = i64::from(row.amount) * STAR + i64::from(row.nanostar_amount.unwrap_or(0));
        if row.source.is_some() { size } else { -size }
    };
    rows(w, 0, 100).iter().map(signed).sum()
}

/// What the bot has by its books, whole Stars, rounded down.
pub fn sum(w: &World) -> i64 {
    nanos(w).div_euclid(STAR)
}

/// The user behind a row.
pub fn user(partner: Option<TransactionPartner>) -> TransactionPartnerUser {
    match partner {
        Some(TransactionPartner::User(user)) => *user,
        other => panic!("not a user: {other:?}"),
    }
}

/// The next payment that the bot is told of.
pub fn paid(w: &mut World) -> SuccessfulPayment {
    w.message(|message| message.successful_payment.as_deref().cloned())
}

/// The next payment for this payload.
pub fn paid_for(w: &mut World, payload: &str) -> SuccessfulPayment {
    w.message(|message| {
        let payment = message.successful_payment.as_deref();
        payment
            .filter(|payment| payment.invoice_payload == payload)
            .cloned()
    })
}

/// A sale from the link to the message; its charge id.
pub fn sell(w: &mut World, buyer: i64, amount: u32, payload: &str) -> String {
    let url = link(w, amount, payload, None).unwrap();
    let answer = w.pay(buyer, &url, "normal");
    let payment = paid_for(w, payload);
    assert_eq!(answer["charge_id"], payment.telegram_payment_charge_id);
    payment.telegram_payment_charge_id
}

/// A user's id as methods want it that take users only.
pub fn id(user: i64) -> u64 {
    u64::try_from(user).expect("ids are positive")
}
