//! Answers to what people write to the bot.

use std::sync::Arc;

use shop::{Shop, domain::UserId};
use telegram::{
    ApiError, Button, Client, InlineKeyboard,
    client::SendMessage,
    text::escape_html,
    types::{CallbackQuery, Message, User},
};
use words::Words;

use super::{Bot, papers::Paper, welcome::Welcome};
use crate::{
    refusal_words::words_for,
    workers::{
        inbox::WorkError,
        pace::{Kind, Pace},
    },
};

/// Answers commands. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Replies {
    pub(super) shop: Shop,
    pub(super) telegram: Client,
    pub(super) welcome: Welcome,
    bot: Bot,
    pace: Arc<Pace>,
}

/// Who wrote, and how to speak to them.
pub(super) struct Reader {
    pub(super) id: i64,
    pub(super) language: String,
    pub(super) words: Words,
}

impl Replies {
    /// For this shop and bot, in step with its other messages.
    pub(crate) fn new(shop: Shop, telegram: Client, bot: Bot, pace: Arc<Pace>) -> Self {
        Self {
            welcome: Welcome::default(),
            shop,
            telegram,
            bot,
            pace,
        }
    }

    /// Answers a message that is no service message.
    pub(crate) async fn answer(&self, from: &User, message: &Message) -> Result<(), WorkError> {
        if message.text.is_none() {
            return Ok(());
        }
        let reader = self.reader(from).await?;
        let command = message.command();
        match command.map_or("", |command| command.name) {
            "start" => {
                let argument = command.map_or("", |command| command.argument);
                self.start(&reader, argument).await
            }
            "help" => self.help(&reader).await,
            "paysupport" => self.pay_support(&reader).await,
            "terms" => self.paper(&reader, Paper::Terms).await,
            "privacy" => self.paper(&reader, Paper::Privacy).await,
            _ => {
                self.say(&reader, reader.words.bot().not_understood, "/")
                    .await
            }
        }
    }

    /// No message of ours has such buttons; the client's spinner must end all the same.
    pub(crate) async fn button_pressed(&self, query: &CallbackQuery) -> Result<(), WorkError> {
        match self.telegram.answer_callback_query(&query.id, None).await {
            // By now it has stopped by itself.
            Ok(()) | Err(ApiError::QueryTooOld) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn reader(&self, from: &User) -> Result<Reader, WorkError> {
        let known = self.shop.buyer(UserId(from.id)).await?;
        let language = known
            .map(|buyer| buyer.language)
            .or_else(|| from.language_code.clone());
        let words = words_for(&language.unwrap_or_default());
        Ok(Reader {
            id: from.id,
            language: words.lang().tag().to_owned(),
            words,
        })
    }

    /// Says a plain text, with a button that opens the shop at a path.
    pub(super) async fn say(
        &self,
        reader: &Reader,
        text: &str,
        path: &str,
    ) -> Result<(), WorkError> {
        self.say_html(reader, escape_html(text), path).await
    }

    /// The same for marked-up text.
    pub(super) async fn say_html(
        &self,
        reader: &Reader,
        html: String,
        path: &str,
    ) -> Result<(), WorkError> {
        let button = self.open_button(reader.words.bot().open_shop, path);
        let message = SendMessage::new(reader.id, html).html().no_preview();
        let message = message.keyboard(button);
        let sending = self.telegram.send_message(&message);
        self.in_pace(reader, sending).await?;
        Ok(())
    }

    /// Sends a message to a reader when it may go out.
    pub(super) async fn in_pace<T>(
        &self,
        reader: &Reader,
        sending: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<T, ApiError> {
        let kind = Kind::Message(UserId(reader.id));
        self.pace.call(kind, sending).await
    }

    /// A button that opens the shop as a Mini App, where Telegram takes the address.
    pub(super) fn open_button(&self, text: &str, path: &str) -> InlineKeyboard {
        match self.bot.web_app(path) {
            Some(url) => InlineKeyboard::new().row([Button::web_app(text, url)]),
            None => InlineKeyboard::new(),
        }
    }
}
