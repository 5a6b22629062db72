//! A message of a private chat.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::compact::Compact;
use crate::file::FileRef;
use crate::markup::Markup;
use crate::paid_media::PaidMedia;
use crate::text::FormattedText;

/// Who a message is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sender {
    /// The bot of the chat.
    Bot,
    /// The user of the chat; also service messages about what they did.
    User,
}

/// What a message holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// Text with its entities.
    Text(FormattedText),
    /// A picture, as the Bot API's list of sizes, with a caption.
    Photo(FileRef, FormattedText),
    /// Any file, with a caption.
    Document(FileRef, FormattedText),
    /// Media that have to be paid for, with a caption.
    PaidMedia(PaidMedia, FormattedText),
    /// An invoice: the Bot API's `Invoice` object.
    Invoice(Value),
    /// A service message: the field's name and its value.
    Service(String, Compact),
}

/// A message with what surrounds its content.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Message {
    /// Counts up per bot.
    pub id: i64,
    /// When it was sent, seconds since 1970.
    pub date: i64,
    /// When it was last edited, seconds since 1970.
    pub edit_date: Option<i64>,
    /// Who sent it.
    pub from: Sender,
    /// What it holds.
    pub content: Content,
    /// Its keyboard.
    pub markup: Option<Markup>,
    /// It cannot be forwarded or saved.
    pub protected: bool,
    /// The message that it answers.
    pub reply_to: Option<i64>,
    /// The user sent it through the bot, from a Mini App.
    pub via_bot: bool,
    /// What its pay button pays.
    pub invoice_slug: Option<String>,
}

impl Message {
    /// A plain message.
    #[must_use]
    pub fn new(id: i64, date: i64, from: Sender, content: Content) -> Self {
        Self {
            id,
            date,
            edit_date: None,
            from,
            content,
            markup: None,
            protected: false,
            reply_to: None,
            via_bot: false,
            invoice_slug: None,
        }
    }

    /// The Bot API's `Message` object. Reply keyboards are not part of it.
    #[must_use]
    pub fn to_api(&self, from: Value, chat: Value) -> Value {
        let mut object =
            json!({ "message_id": self.id, "from": from, "chat": chat, "date": self.date });
        if let Some(date) = self.edit_date {
            object["edit_date"] = json!(date);
        }
        if self.protected {
            object["has_protected_content"] = json!(true);
        }
        match &self.content {
            Content::Text(text) => text.store(&mut object, "text", "entities"),
            Content::Photo(file, caption) => {
                object["photo"] = json!([file.photo_size]);
                caption.store(&mut object, "caption", "caption_entities");
            }
            Content::Document(file, caption) => {
                object["document"] = file.document.clone();
                caption.store(&mut object, "caption", "caption_entities");
            }
            Content::PaidMedia(media, caption) => {
                object["paid_media"] = media.to_api(true);
                caption.store(&mut object, "caption", "caption_entities");
            }
            Content::Invoice(invoice) => object["invoice"] = invoice.clone(),
            Content::Service(name, value) => object[name] = value.value(),
        }
        if let Some(markup) = self.markup.as_ref().filter(|markup| markup.is_inline()) {
            object["reply_markup"] = markup.value.clone();
        }
        object
    }
}
