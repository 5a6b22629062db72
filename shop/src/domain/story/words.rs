//! What happened, in words.

use std::fmt;

use super::Happening;
use crate::domain::{
    Direction, HeardBy, PromoCode, Stars, SubscriptionState, TransferKind, term::DAY_SECONDS,
    verdict::STARS_CURRENCY,
};

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
            Self::Rare(occasion) => occasion.fmt(f),
            Self::PaidFor { charge, seconds } => {
                write!(f, "charge {charge} paid for {}", how_long(*seconds))
            }
            Self::Ended { state } => write!(f, "the paid time ended: {}", end(*state)),
            Self::Granted { benefit } => write!(f, "the buyer got the right to “{benefit}”"),
            Self::Sent { benefit } => write!(f, "“{benefit}” was sent in the chat"),
            Self::Revoked { benefit } => write!(f, "the right to “{benefit}” was taken back"),
            Self::Owed { task } => write!(f, "to be done: {task}"),
            Self::Effect {
                task,
                state,
                tries,
                why,
            } => {
                let how = how_it_went(state, *tries, why.as_deref());
                write!(f, "{how}: {task}")
            }
            Self::Differs { code } => write!(f, "books and Telegram's ledger differ: {code}"),
            Self::Unread { words } => {
                write!(f, "something that this version does not know: {words}")
            }
            of_money => money(f, of_money),
        }
    }
}

/// What happened to a charge.
fn money(f: &mut fmt::Formatter<'_>, what: &Happening) -> fmt::Result {
    match what {
        Happening::Paid {
            charge,
            buyer,
            amount,
            currency,
        } => {
            let unit = if currency == STARS_CURRENCY {
                "Stars"
            } else {
                currency.as_str()
            };
            write!(
                f,
                "Telegram took {amount} {unit} from buyer {buyer} (charge {charge})"
            )
        }
        Happening::Booked {
            charge,
            order,
            heard_by,
        } => {
            write!(f, "charge {charge} was booked for ")?;
            match order {
                Some(order) => write!(f, "order {order}{}", heard(*heard_by)),
                None => write!(f, "no order of the shop{}", heard(*heard_by)),
            }
        }
        Happening::GoesBack { charge, reason } => {
            write!(f, "charge {charge} is to go back: {reason}")
        }
        Happening::WentBack { charge, unasked } => {
            let by = if *unasked {
                ": Telegram or a store took it back, not the shop"
            } else {
                ""
            };
            write!(
                f,
                "the money of charge {charge} was back with its buyer{by}"
            )
        }
        Happening::Moved {
            kind,
            from,
            to,
            amount,
        } => write!(
            f,
            "books: {amount} Stars from {from} to {to} ({})",
            moved(*kind)
        ),
        Happening::InTelegram {
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
        _ => Ok(()),
    }
}

/// What a promo code took off, if there was one.
fn taken_off(promo: Option<&(PromoCode, Stars)>) -> String {
    promo.map_or_else(String::new, |(code, off)| {
        format!("; promo code {code} took off {off} Stars")
    })
}

/// A time in whole days, where it is that.
pub(crate) fn how_long(seconds: i64) -> String {
    if seconds % DAY_SECONDS == 0 {
        format!("{} days", seconds / DAY_SECONDS)
    } else {
        format!("{seconds} seconds")
    }
}

const fn heard(by: Option<HeardBy>) -> &'static str {
    match by {
        Some(HeardBy::Update) => ", told by an update",
        Some(HeardBy::Ledger) => ", found in Telegram's ledger",
        Some(HeardBy::Refund) => ", told by its refund alone",
        None => "",
    }
}

const fn end(state: SubscriptionState) -> &'static str {
    match state {
        SubscriptionState::Changed => "another plan of the product took its place",
        SubscriptionState::Refunded => "all its money went back",
        _ => "nothing more was paid",
    }
}

const fn moved(kind: TransferKind) -> &'static str {
    match kind {
        TransferKind::Payment => "payment",
        TransferKind::Promise => "to go back",
        TransferKind::Refund => "refund",
        TransferKind::Commission => "an affiliate's cut",
        TransferKind::CommissionBack => "an affiliate's cut came back",
        TransferKind::Withdrawal => "withdrawal",
        TransferKind::Movement => "something else",
    }
}

const fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Out => "paid back",
        Direction::In | Direction::Unclear => "received",
    }
}

/// How something that was owed went.
fn how_it_went(state: &str, tries: i64, why: Option<&str>) -> String {
    let times = if tries == 1 { "try" } else { "tries" };
    let why = why.map_or_else(String::new, |why| format!(", last trouble {why}"));
    match state {
        "done" => format!("done after {tries} {times}"),
        "dead" => format!("put aside after {tries} {times}{why}"),
        "parked" => format!("waits until the bot may write to them, after {tries} {times}{why}"),
        _ => format!("waits until then after {tries} {times}{why}"),
    }
}
