//! A message.

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
    /// A user in a group, or the owner of a channel, who speaks as the channel.
    Member(i64),
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
    /// A file of another kind, or something without a file.
    Media(Media),
    /// Media that have to be paid for, with a caption.
    PaidMedia(PaidMedia, FormattedText),
    /// An invoice: the Bot API's `Invoice` object.
    Invoice(Value),
    /// A service message: the field's name and its value.
    Service(String, Compact),
}

/// What a message shows in one field: a video, a sound, a place, a contact, dice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Media {
    field: String,
    value: Compact,
    caption: FormattedText,
}

impl Media {
    /// The Bot API's object under its field, with a caption.
    #[must_use]
    pub fn new(field: &str, value: Value, caption: FormattedText) -> Self {
        Self {
            field: field.to_owned(),
            value: value.into(),
            caption,
        }
    }

    /// Whether it is of a kind that has a caption.
    #[must_use]
    pub fn takes_caption(&self) -> bool {
        matches!(
            self.field.as_str(),
            "animation" | "audio" | "video" | "voice"
        )
    }

    /// The same with another caption.
    #[must_use]
    pub fn with_caption(self, caption: FormattedText) -> Self {
        Self { caption, ..self }
    }

    /// Adds its fields to a `Message`. Source: Bot API, `Message`: an animation is a document
    /// too, a venue a location.
    fn store(&self, object: &mut Value) {
        let value = self.value.value();
        match self.field.as_str() {
            "animation" => object["document"] = value.clone(),
            "venue" => object["location"] = value["location"].clone(),
            _ => {}
        }
        object[self.field.as_str()] = value;
        self.caption.store(object, "caption", "caption_entities");
    }
}

/// A message with what surrounds its content.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Message {
    /// Counts up per bot in private chats, per chat in groups and channels.
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
    /// Where it was first, when it was forwarded: the Bot API's `MessageOrigin`.
    pub forwarded: Option<Compact>,
    /// The album that it is part of.
    pub album: Option<String>,
    /// The bot's reaction: the Bot API's `ReactionType`.
    pub reaction: Option<Value>,
}

impl Content {
    /// The text or caption that it has.
    pub fn text_mut(&mut self) -> Option<&mut FormattedText> {
        match self {
            Self::Text(text)
            | Self::Photo(_, text)
            | Self::Document(_, text)
            | Self::PaidMedia(_, text) => Some(text),
            Self::Media(media) => Some(&mut media.caption),
            Self::Invoice(_) | Self::Service(..) => None,
        }
    }
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
            forwarded: None,
            album: None,
            reaction: None,
        }
    }

    /// Whether what it holds may be changed at all. Source: Bot API, "Updating messages": only those
    /// without a keyboard or with an inline one; and tdlib/td, which leaves out forwarded ones.
    #[must_use]
    pub fn is_editable(&self) -> bool {
        let has_other_keyboard = self
            .markup
            .as_ref()
            .is_some_and(|markup| !markup.is_inline());
        self.forwarded.is_none() && !has_other_keyboard
    }

    /// The Bot API's `Message` object; `head` says who wrote where. Reply keyboards are not
    /// part of it.
    #[must_use]
    pub fn to_api(&self, head: &Value) -> Value {
        let mut object = head.clone();
        object["message_id"] = json!(self.id);
        object["date"] = json!(self.date);
        if let Some(date) = self.edit_date {
            object["edit_date"] = json!(date);
        }
        if self.protected {
            object["has_protected_content"] = json!(true);
        }
        if let Some(album) = &self.album {
            object["media_group_id"] = json!(album);
        }
        if let Some(origin) = &self.forwarded {
            store_origin(&mut object, origin.value());
        }
        match &self.content {
            Content::Text(text) => text.store(&mut object, "text", "entities"),
            Content::Photo(file, caption) => {
                object["photo"] = json!([file.object]);
                caption.store(&mut object, "caption", "caption_entities");
            }
            Content::Document(file, caption) => {
                object["document"] = file.object.clone();
                caption.store(&mut object, "caption", "caption_entities");
            }
            Content::Media(media) => media.store(&mut object),
            Content::PaidMedia(media, caption) => {
                object["paid_media"] = media.to_api(true);
                caption.store(&mut object, "caption", "caption_entities");
            }
            Content::Invoice(invoice) => object["invoice"] = invoice.clone(),
            Content::Service(name, value) => {
                let value = value.value();
                // source: tdlib/telegram-bot-api Client.cpp `JsonMessage`, the older names
                match name.as_str() {
                    "new_chat_members" => {
                        object["new_chat_participant"] = value[0].clone();
                        object["new_chat_member"] = value[0].clone();
                    }
                    "left_chat_member" => object["left_chat_participant"] = value.clone(),
                    _ => {}
                }
                object[name] = value;
            }
        }
        if let Some(markup) = self.markup.as_ref().filter(|markup| markup.is_inline()) {
            object["reply_markup"] = markup.value.clone();
        }
        object
    }
}

/// Adds where a message was first, also by the older names. Source: tdlib/telegram-bot-api
/// Client.cpp `JsonMessage`.
fn store_origin(object: &mut Value, origin: Value) {
    object["forward_date"] = origin["date"].clone();
    if origin["type"] == "channel" {
        object["forward_from_chat"] = origin["chat"].clone();
        object["forward_from_message_id"] = origin["message_id"].clone();
    } else {
        object["forward_from"] = origin["sender_user"].clone();
    }
    object["forward_origin"] = origin;
}
