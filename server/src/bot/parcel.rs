//! One benefit, packed as a message.

use shop::{
    Shop,
    domain::{CopyNumber, Delivery, GoodsContent},
    store::StoreError,
};
use telegram::{
    ApiError, Button, Client, InlineKeyboard,
    client::{FileSource, SendFile, SendMessage, Upload},
    limits,
    text::{escape_html, truncate},
};
use words::Words;

use super::markdown::to_telegram;
use crate::{
    limits::{CAPTION_TITLE_CHARS, PARCEL_CHARS},
    refusal_words::words_for,
    workers::pace::{Kind, Pace},
};

/// Why a parcel did not leave.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ParcelError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Telegram(#[from] ApiError),
    /// Refunded in this moment, or the folder of files was tampered with.
    #[error("the file is not there")]
    FileGone,
}

/// A delivery that is about to be sent.
pub(crate) struct Parcel<'a> {
    shop: &'a Shop,
    telegram: &'a Client,
    pace: &'a Pace,
    delivery: &'a Delivery,
    /// Opens the library in the Mini App, where Telegram takes the address.
    library: Option<String>,
    words: Words,
}

impl<'a> Parcel<'a> {
    pub(crate) fn new(
        shop: &'a Shop,
        telegram: &'a Client,
        pace: &'a Pace,
        delivery: &'a Delivery,
        library: Option<String>,
    ) -> Self {
        Self {
            shop,
            telegram,
            pace,
            delivery,
            library,
            words: words_for(&delivery.language),
        }
    }

    /// Sends it. Gives Telegram's `file_id` when it was a file.
    pub(crate) async fn send(&self) -> Result<Option<String>, ParcelError> {
        let bot = self.words.bot();
        let (title, order) = self.names();
        let (title, order) = (("title", title.as_str()), ("order", order.as_str()));
        match &self.delivery.goods.content {
            GoodsContent::File {
                name,
                media_type,
                protect,
                size_bytes,
                ..
            } => {
                let caption = bot.file.fill(&[title, order]);
                // Too large to be sent through Telegram: the words and the way to it instead.
                if *size_bytes > limits::UPLOAD_BYTES && self.delivery.file_id.is_none() {
                    self.message(caption, None).await?;
                    return Ok(None);
                }
                if let Some(known) = &self.delivery.file_id {
                    let known = FileSource::FileId(known.clone());
                    match self.document(known, *protect, caption.clone()).await {
                        // Telegram's copy belongs to one bot; a shop that changed bots sends anew.
                        Err(ParcelError::Telegram(ApiError::BadRequest { .. })) => {}
                        sent => return sent,
                    }
                }
                let source = self.upload(name, media_type).await?;
                return self.document(source, *protect, caption).await;
            }
            GoodsContent::Code { code } => {
                let shown = format!("<code>{}</code>", escape_html(code));
                let text = bot.code.fill(&[title, order, ("code", &shown)]);
                self.message(text, self.copy_button(code)).await?;
            }
            GoodsContent::Text { text } => {
                let (mut shown, cut) = to_telegram(text, PARCEL_CHARS);
                if cut {
                    shown.push_str("\n\n…");
                }
                self.message(bot.text.fill(&[title, order, ("text", &shown)]), None)
                    .await?;
            }
            GoodsContent::Link { url } => {
                let text = bot.link.fill(&[title, order, ("url", &escape_html(url))]);
                let open = Button::url(truncate(&self.delivery.goods.title, 60), url);
                self.message(text, url.starts_with("https://").then_some(open))
                    .await?;
            }
        }
        Ok(None)
    }

    /// Titles of benefit and order, escaped; the latter with the number of its copy.
    fn names(&self) -> (String, String) {
        let short = |text: &str| escape_html(&truncate(text, CAPTION_TITLE_CHARS));
        let order = short(&self.delivery.order_title);
        let order = match self.delivery.copy {
            Some(CopyNumber { number, of }) => {
                let (n, total) = (number.to_string(), of.to_string());
                let named = [("title", order.as_str()), ("number", &n), ("total", &total)];
                self.words.bot().numbered.fill(&named)
            }
            None => order,
        };
        (short(&self.delivery.goods.title), order)
    }

    fn copy_button(&self, code: &str) -> Option<Button> {
        let fits = code.chars().count() <= limits::COPY_TEXT_CHARS;
        fits.then(|| Button::copy_text(self.words.library().copy, code))
    }

    fn keyboard(&self, first: Option<Button>) -> InlineKeyboard {
        let library = self
            .library
            .as_ref()
            .map(|url| Button::web_app(self.words.bot().open_purchases, url));
        [first, library]
            .into_iter()
            .flatten()
            .fold(InlineKeyboard::new(), |k, b| k.row([b]))
    }

    async fn message(&self, html: String, button: Option<Button>) -> Result<(), ParcelError> {
        let message = SendMessage::new(self.delivery.buyer.0, html)
            .html()
            .no_preview()
            .keyboard(self.keyboard(button));
        let sending = self.telegram.send_message(&message);
        self.pace.call(self.kind(), sending).await?;
        Ok(())
    }

    fn kind(&self) -> Kind {
        Kind::Message(self.delivery.buyer)
    }

    async fn document(
        &self,
        source: FileSource,
        protect: bool,
        caption: String,
    ) -> Result<Option<String>, ParcelError> {
        let document = SendFile::new(self.delivery.buyer.0, source)
            .caption(caption)
            .html()
            .protect(protect)
            .keyboard(self.keyboard(None));
        let sending = self.telegram.send_document(document);
        let sent = self.pace.call(self.kind(), sending).await?;
        Ok(sent.file_id().map(str::to_owned))
    }

    /// A file goes up once, in chunks; from then on Telegram's own copy is sent.
    async fn upload(&self, name: &str, media_type: &str) -> Result<FileSource, ParcelError> {
        let stream = self
            .shop
            .goods_stream(self.delivery.goods.entitlement)
            .await?;
        let (file, _) = stream.ok_or(ParcelError::FileGone)?;
        Ok(Upload::stream(name, media_type, file.size_bytes, file.chunks).into())
    }
}
