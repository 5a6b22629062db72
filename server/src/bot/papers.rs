//! Help, terms, privacy, and help with a payment.

use shop::domain::{LibraryEntry, OrderState, UserId};
use telegram::text::escape_html;
use words::Words;

use super::{
    markdown::to_telegram,
    replies::{Reader, Replies},
};
use crate::{
    limits::{ORDERS_LISTED, PAPER_CHARS, SUPPORT_CHARS},
    workers::inbox::WorkError,
};

/// A paper that Telegram's rules ask for.
#[derive(Clone, Copy)]
pub(super) enum Paper {
    /// Terms of sale.
    Terms,
    /// Privacy policy.
    Privacy,
}

impl Replies {
    pub(super) async fn help(&self, reader: &Reader) -> Result<(), WorkError> {
        let profile = self.shop.profile(&reader.language).await?;
        let text = reader.words.bot().help.fill(&[("shop", &profile.name)]);
        self.say(reader, &text, "/").await
    }

    /// source: Telegram's rules for Stars: a bot that sells must answer `/paysupport`.
    pub(super) async fn pay_support(&self, reader: &Reader) -> Result<(), WorkError> {
        let bot = reader.words.bot();
        let profile = self.shop.profile(&reader.language).await?;
        let buyer = UserId(reader.id);
        let mut orders = self.shop.library(buyer, &reader.language).await?;
        orders.truncate(ORDERS_LISTED);
        let listed = if orders.is_empty() {
            bot.paysupport_no_orders.to_owned()
        } else {
            let lines = orders.iter().map(|entry| order_line(reader.words, entry));
            let heading = [bot.paysupport_orders.to_owned()];
            heading
                .into_iter()
                .chain(lines)
                .collect::<Vec<_>>()
                .join("\n\n")
        };
        let (support, _) = to_telegram(&profile.support, SUPPORT_CHARS);
        let parts = [escape_html(bot.paysupport), support, escape_html(&listed)];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let html = parts.collect::<Vec<_>>().join("\n\n");
        self.say_html(reader, html, app::paths::SUPPORT).await
    }

    pub(super) async fn paper(&self, reader: &Reader, paper: Paper) -> Result<(), WorkError> {
        let bot = reader.words.bot();
        let profile = self.shop.profile(&reader.language).await?;
        let (heading, text, path) = match paper {
            Paper::Terms => (bot.terms, &profile.terms, app::paths::TERMS),
            Paper::Privacy => (bot.privacy, &profile.privacy, app::paths::PRIVACY),
        };
        if text.is_empty() {
            return self.say(reader, bot.no_paper, "/").await;
        }
        let heading = escape_html(&heading.fill(&[("shop", &profile.name)]));
        let (text, cut) = to_telegram(text, PAPER_CHARS);
        let more = if cut { "\n\n…" } else { "" };
        let html = format!("<b>{heading}</b>\n\n{text}{more}");
        self.say_html(reader, html, path).await
    }
}

fn order_line(words: Words, entry: &LibraryEntry) -> String {
    let order = &entry.order;
    let paid_at = order.paid_at.unwrap_or(order.opened_at);
    let line = words.bot().paysupport_order.fill(&[
        ("title", &order.title),
        ("price", &words.stars(order.price.0)),
        ("date", &words.date(paid_at.0)),
        ("order", &order.id.to_string()),
    ]);
    match order.state {
        OrderState::Refunded => format!("{line}\n{}", words.order_state("refunded")),
        _ => line,
    }
}
