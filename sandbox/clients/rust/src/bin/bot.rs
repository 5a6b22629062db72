//! A shop of one thing, with frankenstein: /buy sends an invoice, a payment brings the thing.

use frankenstein::client_ureq::Bot;
use frankenstein::methods::{
    AnswerPreCheckoutQueryParams, GetUpdatesParams, SendInvoiceParams, SendMessageParams,
};
use frankenstein::payments::{LabeledPrice, PreCheckoutQuery};
use frankenstein::types::Message;
use frankenstein::updates::UpdateContent;
use frankenstein::{Error, TelegramApi};

fn main() -> Result<(), Error> {
    let token = std::env::var("BOT_TOKEN").unwrap_or_else(|_| "42:TEST".to_owned());
    let sandbox = std::env::var("SANDBOX").unwrap_or_else(|_| "http://127.0.0.1:8081".to_owned());
    let bot = Bot::new_url(format!("{sandbox}/bot{token}"));
    let mut wanted = GetUpdatesParams::builder().offset(0).timeout(30).build();
    loop {
        for update in bot.get_updates(&wanted)?.result {
            wanted.offset = Some(i64::from(update.update_id) + 1);
            match update.content {
                UpdateContent::Message(message) => answer(&bot, &message)?,
                UpdateContent::PreCheckoutQuery(query) => approve(&bot, &query)?,
                _ => {}
            }
        }
    }
}

fn answer(bot: &Bot, message: &Message) -> Result<(), Error> {
    if message.text.as_deref() == Some("/buy") {
        let price = LabeledPrice::builder().label("Postcard").amount(50).build();
        let invoice = SendInvoiceParams::builder()
            .chat_id(message.chat.id)
            .title("Postcard")
            .description("A picture of the sea")
            .payload("postcard-1")
            .currency("XTR")
            .prices(vec![price])
            .build();
        bot.send_invoice(&invoice)?;
    }
    if message.successful_payment.is_some() {
        let thanks = SendMessageParams::builder()
            .chat_id(message.chat.id)
            .text("Thank you! Here is the sea: 🌊")
            .build();
        bot.send_message(&thanks)?;
    }
    Ok(())
}

fn approve(bot: &Bot, query: &PreCheckoutQuery) -> Result<(), Error> {
    let verdict = AnswerPreCheckoutQueryParams::builder()
        .pre_checkout_query_id(&query.id)
        .ok(query.invoice_payload == "postcard-1")
        .error_message("This is not for sale any more.")
        .build();
    bot.answer_pre_checkout_query(&verdict).map(|_| ())
}
