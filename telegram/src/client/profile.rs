//! The bot's face: who it is, what it can, what its buttons say.

use serde_json::{Value, json};

use super::{ApiError, Client};
use crate::limit_error::at_most;
use crate::limits;
use crate::types::{BotCommand, BotUser, MenuButton};

impl Client {
    /// `getMe`: who the bot is. The cheapest way to try a token.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unauthorized`] when the token is not good. Any other [`ApiError`].
    pub async fn get_me(&self) -> Result<BotUser, ApiError> {
        self.call("getMe", &json!({})).await
    }

    /// `setMyCommands`: sets the menu of commands, for one language or, without
    /// `language_code` (two letters), for all others.
    ///
    /// # Errors
    ///
    /// [`ApiError::Limit`] when a command breaks a rule. Any other [`ApiError`].
    pub async fn set_my_commands(
        &self,
        commands: &[BotCommand],
        language_code: Option<&str>,
    ) -> Result<(), ApiError> {
        at_most("commands", commands.len(), limits::COMMANDS, "commands")?;
        commands.iter().try_for_each(BotCommand::check)?;
        let body = in_language(json!({"commands": commands}), language_code);
        self.act("setMyCommands", &body).await
    }

    /// `getMyCommands`: the menu of commands as it is set.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn get_my_commands(
        &self,
        language_code: Option<&str>,
    ) -> Result<Vec<BotCommand>, ApiError> {
        self.call("getMyCommands", &in_language(json!({}), language_code))
            .await
    }

    /// `setMyDescription`: what an empty chat with the bot says, up to 512 characters.
    ///
    /// # Errors
    ///
    /// As [`Client::set_my_commands`].
    pub async fn set_my_description(
        &self,
        description: &str,
        language_code: Option<&str>,
    ) -> Result<(), ApiError> {
        let count = description.chars().count();
        at_most(
            "bot description",
            count,
            limits::DESCRIPTION_CHARS,
            "characters",
        )?;
        let body = in_language(json!({"description": description}), language_code);
        self.act("setMyDescription", &body).await
    }

    /// `setMyShortDescription`: what the bot's profile says, up to 120 characters.
    ///
    /// # Errors
    ///
    /// As [`Client::set_my_commands`].
    pub async fn set_my_short_description(
        &self,
        short_description: &str,
        language_code: Option<&str>,
    ) -> Result<(), ApiError> {
        let count = short_description.chars().count();
        at_most(
            "bot short description",
            count,
            limits::SHORT_DESCRIPTION_CHARS,
            "characters",
        )?;
        let body = in_language(
            json!({"short_description": short_description}),
            language_code,
        );
        self.act("setMyShortDescription", &body).await
    }

    /// `setChatMenuButton`: sets the button beside the text field, in one private chat or, without
    /// `chat_id`, in all.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn set_chat_menu_button(
        &self,
        chat_id: Option<i64>,
        button: &MenuButton,
    ) -> Result<(), ApiError> {
        let body = in_chat(json!({"menu_button": button.to_json()}), chat_id);
        self.act("setChatMenuButton", &body).await
    }

    /// `getChatMenuButton`: the button as it is set.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn get_chat_menu_button(&self, chat_id: Option<i64>) -> Result<MenuButton, ApiError> {
        self.call("getChatMenuButton", &in_chat(json!({}), chat_id))
            .await
    }
}

fn in_language(mut body: Value, language_code: Option<&str>) -> Value {
    if let Some(code) = language_code {
        body["language_code"] = json!(code);
    }
    body
}

fn in_chat(mut body: Value, chat_id: Option<i64>) -> Value {
    if let Some(chat_id) = chat_id {
        body["chat_id"] = json!(chat_id);
    }
    body
}
