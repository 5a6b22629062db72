//! What the bot tells a buyer by itself.

use shop::domain::{Note, Stars, UnixSeconds};
use words::{Template, Words};

use crate::refusal_words::money_comes_back;

/// The message for a note.
pub(crate) fn text(words: Words, note: &Note) -> String {
    let bot = words.bot();
    let priced = |template: &Template, title: &str, price: Stars| {
        let price = words.stars_object(price.0);
        template.fill(&[("title", title), ("price", &price)])
    };
    let dated = |template: &Template, title: &str, at: UnixSeconds| {
        template.fill(&[("title", title), ("date", &words.date_time(at.0))])
    };
    match note {
        Note::MoneyComesBack { amount, reason } => money_comes_back(words, *amount, reason),
        Note::Refunded {
            title,
            amount,
            goods_stay,
        } => {
            let said = match goods_stay {
                true => &bot.period_refunded,
                false => &bot.refunded,
            };
            priced(said, title, *amount)
        }
        Note::RenewsSoon { title, price, at } => {
            let price = words.stars_object(price.0);
            let date = words.date_time(at.0);
            let named = [
                ("title", title.as_str()),
                ("price", &price),
                ("date", &date),
            ];
            bot.renews_soon.fill(&named)
        }
        Note::EndsSoon { title, at } => dated(&bot.ends_soon, title, *at),
        Note::RenewalFailed { title, until } => dated(&bot.renewal_failed, title, *until),
        Note::Lapsed { title } => bot.lapsed.fill(&[("title", title)]),
        Note::CameBack { title } => bot.came_back.fill(&[("title", title)]),
    }
}
