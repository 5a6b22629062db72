//! The story of a payment: everything that happened to it, in order and in words, for the person
//! who runs the shop.

use std::{borrow::Cow, fmt};

use super::{Amount, Direction, PromoCode, Stars, UnixSeconds, UserId, term::DAY_SECONDS};

/// A thing that happened, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When, on the clock of whoever noted it.
    pub at: UnixSeconds,
    /// What.
    pub what: Happening,
}

/// What can happen to an order and its charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A buyer opened the order.
    Opened {
        /// Who.
        buyer: UserId,
        /// The product's title then.
        title: String,
        /// The price then, with what a promo code took off.
        price: Stars,
        /// The promo code that it was opened with, and the Stars that it took off.
        promo: Option<(PromoCode, Stars)>,
    },
    /// The shop told Telegram that the payment may go ahead.
    Prechecked,
    /// Nobody had paid in time.
    Expired,
    /// Telegram took the money.
    Paid {
        /// Which charge.
        charge: String,
        /// From whom.
        buyer: UserId,
        /// How much, in the charge's currency.
        amount: i64,
        /// The currency.
        currency: String,
    },
    /// The charge paid for a time.
    PaidFor {
        /// Which charge.
        charge: String,
        /// How long, in seconds.
        seconds: i64,
    },
    /// Rights for a time ended.
    Ended {
        /// How they stand since: `lapsed`, `changed` or `refunded`.
        state: String,
    },
    /// The charge was booked.
    Booked {
        /// Which charge.
        charge: String,
        /// Why it goes back, if it does; as stored.
        reason: Option<String>,
    },
    /// The money was back with its buyer.
    WentBack {
        /// Which charge.
        charge: String,
    },
    /// An amount changed accounts.
    Moved {
        /// Why: the kind of the transfer.
        kind: String,
        /// The account that gave.
        from: String,
        /// The account that gained.
        to: String,
        /// How much.
        amount: Amount,
    },
    /// The buyer got the right to a benefit.
    Granted {
        /// The benefit's title.
        benefit: String,
    },
    /// The benefit was sent in the chat.
    Sent {
        /// The benefit's title.
        benefit: String,
    },
    /// The right was taken back.
    Revoked {
        /// The benefit's title.
        benefit: String,
    },
    /// Something was owed to Telegram.
    Owed {
        /// What.
        fact: String,
    },
    /// What was owed came to an end, or waits.
    Effect {
        /// What.
        fact: String,
        /// `done`, `dead` or `waiting`.
        state: String,
        /// How often it was tried.
        tries: i64,
        /// The error of the last try that failed.
        why: Option<String>,
    },
    /// Telegram's own ledger holds it.
    InTelegram {
        /// Which charge.
        charge: String,
        /// Which way.
        direction: Direction,
        /// How much.
        amount: Amount,
    },
    /// Our books and Telegram's were found to differ about it.
    Differs {
        /// In which way.
        code: String,
    },
}

impl fmt::Display for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened {
                buyer,
                title,
                price,
                promo,
            } => write!(
                f,
                "buyer {buyer} opened the order: “{title}” for {price} Stars{}",
                taken_off(promo.as_ref())
            ),
            Self::Prechecked => f.write_str("the shop told Telegram to go ahead with the payment"),
            Self::Expired => f.write_str("nobody had paid in time: the order expired"),
            Self::Paid {
                charge,
                buyer,
                amount,
                currency,
            } => write!(
                f,
                "Telegram took {amount} {currency} from buyer {buyer} (charge {charge})"
            ),
            Self::PaidFor { charge, seconds } => {
                write!(f, "charge {charge} paid for {}", how_long(*seconds))
            }
            Self::Ended { state } => write!(f, "the paid time ended: {state}"),
            Self::Booked {
                charge,
                reason: None,
            } => write!(f, "charge {charge} was booked"),
            Self::Booked {
                charge,
                reason: Some(reason),
            } => write!(f, "charge {charge} was booked; it goes back: {reason}"),
            Self::WentBack { charge } => {
                write!(f, "the money of charge {charge} was back with its buyer")
            }
            Self::Moved {
                kind,
                from,
                to,
                amount,
            } => write!(f, "books: {amount} Stars from {from} to {to} ({kind})"),
            Self::Granted { benefit } => write!(f, "the buyer got the right to “{benefit}”"),
            Self::Sent { benefit } => write!(f, "“{benefit}” was sent in the chat"),
            Self::Revoked { benefit } => write!(f, "the right to “{benefit}” was taken back"),
            Self::Owed { fact } => write!(f, "owed to Telegram: {}", in_words(fact)),
            Self::Effect {
                fact,
                state,
                tries,
                why,
            } => effect(f, fact, state, *tries, why.as_deref()),
            Self::InTelegram {
                charge,
                direction,
                amount,
            } => {
                let way = way(*direction);
                write!(
                    f,
                    "Telegram's ledger: {amount} Stars {way} (charge {charge})"
                )
            }
            Self::Differs { code } => write!(f, "books and Telegram's ledger differ: {code}"),
        }
    }
}

/// What a promo code took off, if there was one.
fn taken_off(promo: Option<&(PromoCode, Stars)>) -> String {
    promo.map_or_else(String::new, |(code, off)| {
        format!("; promo code {code} took off {off} Stars")
    })
}

/// A time in whole days, where it is that.
fn how_long(seconds: i64) -> String {
    if seconds % DAY_SECONDS == 0 {
        format!("{} days", seconds / DAY_SECONDS)
    } else {
        format!("{seconds} seconds")
    }
}

const fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Out => "paid back",
        Direction::In | Direction::Unclear => "received",
    }
}

/// What is owed, in words where the name of the fact says little.
fn in_words(fact: &str) -> Cow<'_, str> {
    // `renewal:CHARGE:ROW`
    let renewal = fact.strip_prefix("renewal:");
    match renewal.and_then(|rest| rest.rsplit_once(':')) {
        Some((charge, _)) => {
            format!("the word whether it may charge again (charge {charge})").into()
        }
        None => fact.into(),
    }
}

/// How something that was owed went.
fn effect(
    f: &mut fmt::Formatter<'_>,
    fact: &str,
    state: &str,
    tries: i64,
    why: Option<&str>,
) -> fmt::Result {
    let fact = in_words(fact);
    let why = why.map(|why| format!(", last trouble {why}"));
    let why = why.unwrap_or_default();
    match state {
        "done" => write!(f, "done after {tries} tries: {fact}"),
        "dead" => write!(f, "put aside after {tries} tries: {fact}{why}"),
        _ => write!(f, "waits after {tries} tries until then: {fact}{why}"),
    }
}
