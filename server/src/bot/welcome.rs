//! The answer to `/start`.

use std::sync::{Arc, Mutex, PoisonError};

use shop::domain::{FileKey, ProductCode, ShopProfile};
use telegram::{
    ApiError,
    client::{FileSource, SendFile, SendMessage, Upload},
    text::escape_html,
};

use super::replies::{Reader, Replies};
use crate::workers::inbox::WorkError;

/// Remembers Telegram's copy of the greeting's picture, so that it goes up once.
#[derive(Clone, Default)]
pub(super) struct Welcome {
    sent: Arc<Mutex<Option<(FileKey, String)>>>,
}

impl Welcome {
    fn known(&self, key: &FileKey) -> Option<String> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let known = sent.as_ref().filter(|(of, _)| of == key);
        known.map(|(_, file_id)| file_id.clone())
    }

    fn remember(&self, key: &FileKey, file_id: Option<&str>) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        *sent = file_id.map(|file_id| (key.clone(), file_id.to_owned()));
    }
}

impl Replies {
    /// Greets, with picture and a way into the shop; or names the product that a deep link
    /// `start=p_<code>` leads to.
    pub(super) async fn start(&self, reader: &Reader, argument: &str) -> Result<(), WorkError> {
        if let Some(code) = linked_product(argument)
            && let Some(product) = self.shop.product(&code, &reader.language).await?
        {
            let bot = reader.words.bot();
            let text = bot.start_product.fill(&[("title", &product.title)]);
            let button = self.open_button(bot.open_product, &app::paths::product(code.as_str()));
            let message = SendMessage::new(reader.id, escape_html(&text)).html();
            let message = message.keyboard(button);
            let sending = self.telegram.send_message(&message);
            self.in_pace(reader, sending).await?;
            return Ok(());
        }
        let profile = self.shop.profile(&reader.language).await?;
        let text = reader.words.bot().start.fill(&[("shop", &profile.name)]);
        if self.greet_with_picture(reader, &profile, &text).await? {
            return Ok(());
        }
        self.say(reader, &text, "/").await
    }

    /// False when there is no picture, or Telegram does not take it: a greeting without picture
    /// is better than none.
    async fn greet_with_picture(
        &self,
        reader: &Reader,
        profile: &ShopProfile,
        text: &str,
    ) -> Result<bool, WorkError> {
        let Some(key) = &profile.welcome else {
            return Ok(false);
        };
        let source = match self.welcome.known(key) {
            Some(file_id) => FileSource::FileId(file_id),
            None => match self.shop.picture(key).await? {
                Some(file) => Upload::bytes(key.as_str(), file.media_type, file.bytes).into(),
                None => return Ok(false),
            },
        };
        let button = self.open_button(reader.words.bot().open_shop, "/");
        let photo = SendFile::new(reader.id, source).caption(text);
        let sending = self.telegram.send_photo(photo.keyboard(button));
        match self.in_pace(reader, sending).await {
            Ok(sent) => {
                self.welcome.remember(key, sent.file_id());
                Ok(true)
            }
            Err(error @ (ApiError::BadRequest { .. } | ApiError::TooLarge)) => {
                tracing::warn!(
                    error.code = error.code(),
                    "Telegram does not take the welcome picture"
                );
                self.welcome.remember(key, None);
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn linked_product(argument: &str) -> Option<ProductCode> {
    argument.strip_prefix("p_")?.parse().ok()
}
