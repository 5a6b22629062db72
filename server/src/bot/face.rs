//! What people see of the bot before they open the shop: commands, descriptions, menu button.

use telegram::types::{BotCommand, MenuButton};
use words::{Lang, words};

use super::{Bot, setup::SetupError};

impl Bot {
    /// Tells Telegram, in every language that the shop speaks.
    pub(super) async fn set_face(&self) -> Result<(), SetupError> {
        let telegram = &self.inner.telegram;
        for lang in Lang::ALL {
            // Without a language it is for all who have none of ours.
            let tag = (lang != Lang::En).then(|| lang.tag());
            telegram.set_my_commands(&commands(lang), tag).await?;
            self.describe(lang, tag).await?;
        }
        if let Some(url) = self.web_app("/") {
            let text = words(Lang::En).bot().menu_button.to_owned();
            let button = MenuButton::WebApp { text, url };
            telegram.set_chat_menu_button(None, &button).await?;
        }
        Ok(())
    }

    /// Leaves what the seller wrote in @BotFather alone as long as the shop has no name.
    async fn describe(&self, lang: Lang, tag: Option<&str>) -> Result<(), SetupError> {
        let (bot, telegram) = (words(lang).bot(), &self.inner.telegram);
        let profile = self.inner.shop.profile(lang.tag()).await?;
        if profile.name.is_empty() {
            return Ok(());
        }
        let named = [("shop", profile.name.as_str())];
        let (long, short) = (
            bot.description.fill(&named),
            bot.short_description.fill(&named),
        );
        telegram.set_my_description(&long, tag).await?;
        telegram.set_my_short_description(&short, tag).await?;
        Ok(())
    }
}

fn commands(lang: Lang) -> Vec<BotCommand> {
    let texts = &words(lang).bot().commands;
    [
        ("start", texts.start),
        ("help", texts.help),
        ("paysupport", texts.paysupport),
        ("terms", texts.terms),
        ("privacy", texts.privacy),
    ]
    .map(|(command, description)| BotCommand::new(command, description))
    .into()
}
