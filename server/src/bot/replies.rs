//! Answers to what people write to the bot.

use shop::{
    Shop,
    domain::{LibraryEntry, OrderState, ProductCode, ShopProfile, UserId},
};
use telegram::{
    Button, Client, InlineKeyboard,
    client::{FileSource, SendFile, SendMessage, Upload},
    types::{CallbackQuery, Message, User},
};
use words::Words;

use super::{Bot, markdown::to_telegram};
use crate::{refusal_words::words_for, workers::inbox::WorkError};

/// Characters of a paper that are sent in the chat; the rest is in the shop.
const PAPER_CHARS: usize = 3500;

/// Orders that `/paysupport` lists.
const ORDERS_LISTED: usize = 5;

/// Answers commands. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Replies {
    shop: Shop,
    telegram: Client,
    bot: Bot,
}

/// Who wrote, and how to speak to them.
struct Reader {
    id: i64,
    language: String,
    words: Words,
}

impl Replies {
    pub(crate) fn new(shop: Shop, telegram: Client, bot: Bot) -> Self {
        Self {
            shop,
            telegram,
            bot,
        }
    }

    /// Answers a message that is no service message.
    pub(crate) async fn answer(&self, from: &User, message: &Message) -> Result<(), WorkError> {
        if message.text.is_none() {
            return Ok(());
        }
        let reader = self.reader(from).await?;
        let Some(command) = message.command() else {
            let text = reader.words.bot().not_understood;
            return self.say(&reader, text.to_owned(), "/").await;
        };
        match command.name {
            "start" => self.start(&reader, command.argument).await,
            "help" => self.help(&reader).await,
            "paysupport" => self.pay_support(&reader).await,
            "terms" => self.paper(&reader, Paper::Terms).await,
            "privacy" => self.paper(&reader, Paper::Privacy).await,
            _ => {
                self.say(&reader, reader.words.bot().not_understood.to_owned(), "/")
                    .await
            }
        }
    }

    /// No message of ours has such buttons any more; the client's spinner must end all the same.
    pub(crate) async fn button_pressed(&self, query: &CallbackQuery) -> Result<(), WorkError> {
        self.telegram.answer_callback_query(&query.id, None).await?;
        Ok(())
    }

    async fn reader(&self, from: &User) -> Result<Reader, WorkError> {
        let known = self
            .shop
            .buyer(UserId(from.id))
            .await?
            .map(|buyer| buyer.language);
        let language = known
            .or_else(|| from.language_code.clone())
            .unwrap_or_default();
        let words = words_for(&language);
        Ok(Reader {
            id: from.id,
            language: words.lang().tag().to_owned(),
            words,
        })
    }

    async fn start(&self, reader: &Reader, argument: &str) -> Result<(), WorkError> {
        let bot = reader.words.bot();
        let profile = self.shop.profile(&reader.language).await?;
        if let Some((title, path)) = self.linked_product(reader, argument).await? {
            let text = bot.start_product.fill(&[("title", &title)]);
            return self.say(reader, text, &path).await;
        }
        let text = bot.start.fill(&[("shop", &profile.name)]);
        let keyboard = self.open_button(bot.open_shop, "/");
        match self.welcome_picture(&profile).await? {
            Some(picture) => {
                let photo = SendFile::new(reader.id, picture)
                    .caption(text)
                    .keyboard(keyboard);
                self.telegram.send_photo(photo).await?;
            }
            None => {
                let message = SendMessage::new(reader.id, text).keyboard(keyboard);
                self.telegram.send_message(&message).await?;
            }
        }
        Ok(())
    }

    /// The product that a deep link `start=p_<code>` names.
    async fn linked_product(
        &self,
        reader: &Reader,
        argument: &str,
    ) -> Result<Option<(String, String)>, WorkError> {
        let Some(Ok(code)) = argument.strip_prefix("p_").map(str::parse::<ProductCode>) else {
            return Ok(None);
        };
        let product = self.shop.product(&code, &reader.language).await?;
        Ok(product.map(|product| (product.title, app::paths::product(code.as_str()))))
    }

    async fn welcome_picture(
        &self,
        profile: &ShopProfile,
    ) -> Result<Option<FileSource>, WorkError> {
        let Some(key) = &profile.welcome else {
            return Ok(None);
        };
        let picture = self.shop.picture(key).await?;
        Ok(picture.map(|p| Upload::bytes(key.as_str(), p.media_type, p.bytes).into()))
    }

    async fn help(&self, reader: &Reader) -> Result<(), WorkError> {
        let profile = self.shop.profile(&reader.language).await?;
        let text = reader.words.bot().help.fill(&[("shop", &profile.name)]);
        self.say(reader, text, "/").await
    }

    /// source: Telegram's rules for Stars: a bot that sells must answer `/paysupport`.
    async fn pay_support(&self, reader: &Reader) -> Result<(), WorkError> {
        let bot = reader.words.bot();
        let profile = self.shop.profile(&reader.language).await?;
        let mut orders = self
            .shop
            .library(UserId(reader.id), &reader.language)
            .await?;
        orders.truncate(ORDERS_LISTED);
        let listed = if orders.is_empty() {
            bot.paysupport_no_orders.to_owned()
        } else {
            let lines = orders.iter().map(|entry| order_line(reader.words, entry));
            let all: Vec<String> = std::iter::once(bot.paysupport_orders.to_owned())
                .chain(lines)
                .collect();
            all.join("\n\n")
        };
        let (support, _) = to_telegram(&profile.support, PAPER_CHARS);
        let listed = telegram::text::escape_html(&listed);
        let html = format!("{}\n\n{support}\n\n{listed}", bot.paysupport);
        self.say_html(reader, html, app::paths::SUPPORT).await
    }

    async fn paper(&self, reader: &Reader, paper: Paper) -> Result<(), WorkError> {
        let bot = reader.words.bot();
        let profile = self.shop.profile(&reader.language).await?;
        let (heading, text, path) = match paper {
            Paper::Terms => (bot.terms, &profile.terms, app::paths::TERMS),
            Paper::Privacy => (bot.privacy, &profile.privacy, app::paths::PRIVACY),
        };
        if text.is_empty() {
            return self.say(reader, bot.no_paper.to_owned(), "/").await;
        }
        let heading = telegram::text::escape_html(&heading.fill(&[("shop", &profile.name)]));
        let (text, cut) = to_telegram(text, PAPER_CHARS);
        let more = if cut { "\n\n…" } else { "" };
        self.say_html(reader, format!("<b>{heading}</b>\n\n{text}{more}"), path)
            .await
    }

    async fn say(&self, reader: &Reader, text: String, path: &str) -> Result<(), WorkError> {
        self.say_html(reader, telegram::text::escape_html(&text), path)
            .await
    }

    async fn say_html(&self, reader: &Reader, html: String, path: &str) -> Result<(), WorkError> {
        let keyboard = self.open_button(reader.words.bot().open_shop, path);
        let message = SendMessage::new(reader.id, html)
            .html()
            .no_preview()
            .keyboard(keyboard);
        self.telegram.send_message(&message).await?;
        Ok(())
    }

    fn open_button(&self, text: &str, path: &str) -> InlineKeyboard {
        match self.bot.web_app(path) {
            Some(url) => InlineKeyboard::new().row([Button::web_app(text, url)]),
            None => InlineKeyboard::new(),
        }
    }
}

#[derive(Clone, Copy)]
enum Paper {
    Terms,
    Privacy,
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
