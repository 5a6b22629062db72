//! What the bot tells the owners of the shop. In English, as the command line and the log: owners
//! read all three side by side.

use shop::domain::{Stars, Warning};

/// The text of a warning. `waiting` are the refunds that are owed now, and their Stars.
pub(crate) fn alert(warning: &Warning, waiting: (u64, Stars)) -> String {
    match warning {
        Warning::BalanceTooLow => {
            let (refunds, stars) = waiting;
            format!(
                "⚠️ The bot has too few Stars for the refunds that wait: {refunds} of them, {stars} \
                 Stars in all. They are kept and tried again until they are done; the next sales, \
                 or Stars sent to the bot, pay for them."
            )
        }
        Warning::BooksDiffer { difference } => format!(
            "⚠️ The shop's books and Telegram's differ: {difference}. Nothing is lost; \
             `starfront ledger check` shows both sides."
        ),
        Warning::UpdatesTaken => "⚠️ Somebody else who has the bot's token took its updates: its \
             webhook was changed or deleted. No payment could go through meanwhile. The shop takes \
             them up again. A bot's token serves one shop alone: stop the other program, or have \
             @BotFather give a new token."
            .to_owned(),
        Warning::Chargeback {
            title,
            amount,
            goods_stay,
            purchase,
        } => {
            let which = purchase.as_ref().map(|of| {
                format!(
                    " Charge {}, order {}, buyer {}: `starfront order show {}` tells all about it.",
                    of.charge, of.order, of.buyer, of.order
                )
            });
            format!(
                "↩️ “{title}” was given back by Telegram or a store, {amount} Stars. {}{}",
                match goods_stay {
                    true => "What else was paid for it still gives its goods.",
                    false => "Its goods are the buyer's no longer.",
                },
                which.unwrap_or_default()
            )
        }
        Warning::PutAside { updates, effects } => format!(
            "⚠️ Put aside, and waiting for a person: {updates} updates from Telegram, {effects} \
             deliveries of what was paid for. `starfront outbox list` shows them and why, \
             `starfront outbox retry --all` tries them again once the cause is mended."
        ),
        Warning::RefundRefused { charge, buyer, why } => format!(
            "⚠️ Telegram has not taken the refund of charge {charge} to buyer {buyer} for about a day: \
             {why}. It is owed on and tried every hour. `starfront charge show {charge}` tells all \
             about it."
        ),
        Warning::SwitchRefused {
            charge,
            buyer,
            title,
            stopped,
            why,
        } => {
            let of = title.as_ref().map(|title| format!(" for “{title}”"));
            let of = of.unwrap_or_default();
            let word = if *stopped { "no more" } else { "again" };
            format!(
                "⚠️ Telegram does not take our word to charge buyer {buyer} {word}{of} (charge \
                 {charge}): {}",
                why_refused(*stopped, why.as_deref())
            )
        }
    }
}

/// Why Telegram does not take the word about charging again, and what that means.
fn why_refused(stopped: bool, why: Option<&str>) -> String {
    let risk = if stopped {
        "They may be charged again"
    } else {
        "Their subscription may end"
    };
    match why {
        Some(why) => format!(
            "{why}. {risk}, against what the shop told them. `starfront outbox list` shows it, \
             `starfront outbox retry ROW` says it once more."
        ),
        None => format!(
            "it knows no subscription by this charge, nor by another of theirs for the same \
             invoice. {risk}; what the shop is not to keep goes back each time. They can end it \
             under Stars in their Telegram settings: ask them to."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_are_told_what_waits() {
        let text = alert(&Warning::BalanceTooLow, (3, Stars(120)));
        assert!(text.contains("3 of them, 120 Stars"), "{text}");
        let difference = shop::domain::DifferenceCode::BalanceDiffers;
        let text = alert(&Warning::BooksDiffer { difference }, (0, Stars(0)));
        assert!(
            text.contains("the bot's balance is not what our books say"),
            "{text}"
        );
    }
}
