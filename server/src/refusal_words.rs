//! Refusals and reasons in the buyer's language.

use shop::domain::{RefundReason, Refusal, Stars};
use words::{Lang, Words, words};

/// The words for a language tag; English when the tag is none of ours.
pub(crate) fn words_for(tag: &str) -> Words {
    words(Lang::from_tag(tag).unwrap_or(Lang::En))
}

/// What Telegram shows the buyer in the payment sheet.
pub(crate) fn refusal_sentence(words: Words, refusal: &Refusal) -> String {
    words.refusal(refusal.code(), price_now(refusal))
}

/// What the bot says when a payment goes back.
pub(crate) fn money_comes_back(words: Words, amount: Stars, reason: &RefundReason) -> String {
    let price = words.stars_object(amount.0);
    let bot = words.bot();
    match reason {
        RefundReason::PaidTwice => bot.paid_twice.fill(&[("price", &price)]),
        // What was taken back was not the shop's to announce.
        RefundReason::Seller | RefundReason::TakenBack => bot.by_seller.fill(&[("price", &price)]),
        RefundReason::Refused { refusal } => {
            let why = words.refusal_reason(refusal.code(), price_now(refusal));
            bot.refused.fill(&[("why", &why), ("price", &price)])
        }
    }
}

fn price_now(refusal: &Refusal) -> u64 {
    match refusal {
        Refusal::PriceChanged { now } => now.0,
        _ => 0,
    }
}
