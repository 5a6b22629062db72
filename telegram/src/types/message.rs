//! Messages, as far as a shop reads them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Chat, RefundedPayment, SentFile, SuccessfulPayment, User};

/// A message, or a service message such as a payment.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Message {
    /// Id within the chat.
    pub message_id: i64,
    /// When it was sent, in unix seconds.
    #[serde(default)]
    pub date: i64,
    /// Where it was sent.
    pub chat: Chat,
    /// Who sent it; absent in channels.
    pub from: Option<User>,
    /// Text.
    pub text: Option<String>,
    /// Commands, links and so on in the text.
    #[serde(default)]
    pub entities: Vec<MessageEntity>,
    /// A payment went through.
    pub successful_payment: Option<SuccessfulPayment>,
    /// A payment was given back, by us, by Telegram or by an app store.
    pub refunded_payment: Option<RefundedPayment>,
    /// The user lets the bot write.
    pub write_access_allowed: Option<WriteAccessAllowed>,
    /// Data from a Mini App opened by a reply keyboard. Can be forged by the client.
    pub web_app_data: Option<WebAppData>,
    /// A file that came as a document.
    pub document: Option<SentFile>,
    /// A file that Telegram took for an animation.
    pub animation: Option<SentFile>,
    /// A file that Telegram took for music.
    pub audio: Option<SentFile>,
    /// A file that Telegram took for a video.
    pub video: Option<SentFile>,
    /// A photo in several sizes, the largest last.
    #[serde(default)]
    pub photo: Vec<SentFile>,
}

impl Message {
    /// The command at the very start of the text, such as `/start p_cats`.
    pub fn command(&self) -> Option<Command<'_>> {
        let text = self.text.as_deref()?;
        let entity = self
            .entities
            .iter()
            .find(|e| e.kind == "bot_command" && e.offset == 0)?;
        // A command is ASCII, so its length in UTF-16 units is its length in bytes; `get` refuses
        // any other.
        let whole = text.get(..usize::try_from(entity.length).ok()?)?;
        let name = whole.strip_prefix('/')?;
        let (name, bot) = match name.split_once('@') {
            Some((name, bot)) => (name, Some(bot)),
            None => (name, None),
        };
        Some(Command {
            name,
            bot,
            argument: text.get(whole.len()..)?.trim(),
        })
    }

    /// The `file_id` of what was sent, whatever Telegram took it for. It stays good for this bot
    /// and spares the next upload.
    pub fn file_id(&self) -> Option<&str> {
        let one = [&self.document, &self.animation, &self.audio, &self.video];
        let file = one
            .into_iter()
            .find_map(Option::as_ref)
            .or_else(|| self.photo.last())?;
        Some(&file.file_id)
    }
}

/// Shows ids alone: what people write does not belong into logs.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("message_id", &self.message_id)
            .field("chat", &self.chat)
            .finish_non_exhaustive()
    }
}

/// A command at the start of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command<'a> {
    /// Its name without slash, as typed.
    pub name: &'a str,
    /// The bot it is meant for, when the user named one: `/start@cat_shop_bot`.
    pub bot: Option<&'a str>,
    /// The rest of the text, trimmed; the payload of a deep link for `/start`.
    pub argument: &'a str,
}

/// A marked piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct MessageEntity {
    /// `bot_command`, `url`, `bold`…
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it begins, in UTF-16 units.
    pub offset: i64,
    /// How long it is, in UTF-16 units.
    pub length: i64,
}

/// The user lets the bot write to them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct WriteAccessAllowed {
    /// Whether the Mini App asked for it.
    #[serde(default)]
    pub from_request: bool,
    /// Name of the Mini App that was opened by a link.
    pub web_app_name: Option<String>,
    /// Whether the bot was put into the attachment menu.
    #[serde(default)]
    pub from_attachment_menu: bool,
}

/// Data sent by a Mini App that a reply keyboard opened.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct WebAppData {
    /// The data, at most 4096 bytes. A hostile client can put anything here.
    pub data: String,
    /// Text of the button. A hostile client can put anything here.
    #[serde(default)]
    pub button_text: String,
}

/// How Telegram reads the marks in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ParseMode {
    /// A few HTML tags; escape the rest with [`escape_html`](crate::text::escape_html).
    Html,
}
