//! Names, descriptions and the menu button.

use serde_json::{Value, json};

use super::{Call, MethodResult, commands};
use crate::api_error::{ApiError, ApiResult};
use crate::event::Event;
use crate::limits::{BOT_DESCRIPTION_CHARS, BOT_NAME_CHARS, BOT_SHORT_DESCRIPTION_CHARS};
use crate::markup::check_link;
use crate::profile::{Localized, Profile};

/// One of the texts that a bot has in many languages.
#[derive(Debug)]
pub struct TextKind {
    field: &'static str,
    max_chars: usize,
    refusal: &'static str,
    texts: fn(&mut Profile) -> &mut Localized,
}

/// The name. The code is the one that bots report for a bad name.
pub const NAME: TextKind = TextKind {
    field: "name",
    max_chars: BOT_NAME_CHARS,
    refusal: "BOT_TITLE_INVALID",
    texts: |profile| &mut profile.names,
};
/// The description. Telegram's code is not public; this one is the sandbox's own.
pub const DESCRIPTION: TextKind = TextKind {
    field: "description",
    max_chars: BOT_DESCRIPTION_CHARS,
    refusal: "BOT_DESCRIPTION_TOO_LONG",
    texts: |profile| &mut profile.descriptions,
};
/// The short description. Telegram's code is not public; this one is the sandbox's own.
pub const SHORT_DESCRIPTION: TextKind = TextKind {
    field: "short_description",
    max_chars: BOT_SHORT_DESCRIPTION_CHARS,
    refusal: "BOT_SHORT_DESCRIPTION_TOO_LONG",
    texts: |profile| &mut profile.short_descriptions,
};

/// setMyName, setMyDescription, setMyShortDescription; an empty text removes
/// that language's.
///
/// # Errors
/// 400 for a text that is too long or a bad language.
pub fn set_text(call: &mut Call<'_>, kind: &TextKind) -> MethodResult {
    let language = commands::language(call.params)?;
    let text = call.params.text(kind.field);
    if text.chars().count() > kind.max_chars {
        return Err(ApiError::bad(kind.refusal));
    }
    let bot_id = call.bot_id;
    let texts = (kind.texts)(&mut call.state.bot_mut(bot_id)?.profile);
    if !text.is_empty() {
        texts.insert(language, text);
    } else if kind.field == "name" && language.is_empty() {
        return Err(ApiError::bad(kind.refusal)); // a bot without any name cannot be
    } else {
        texts.remove(&language);
    }
    call.state.tell(Event::Bot { bot_id });
    Ok(json!(true).into())
}

/// getMyName, getMyDescription, getMyShortDescription.
///
/// # Errors
/// 400 for a bad language.
pub fn get_text(call: &mut Call<'_>, kind: &TextKind) -> MethodResult {
    let language = commands::language(call.params)?;
    let texts = (kind.texts)(&mut call.state.bot_mut(call.bot_id)?.profile);
    let text = texts
        .get(&language)
        .or_else(|| texts.get(""))
        .cloned()
        .unwrap_or_default();
    Ok(json!({ kind.field: text }).into())
}

/// setChatMenuButton.
///
/// # Errors
/// 400 for a bad button or an unknown user.
pub fn set_menu(call: &mut Call<'_>) -> MethodResult {
    let button = read_menu(call)?;
    let chat = menu_chat(call)?;
    let bot_id = call.bot_id;
    let profile = &mut call.state.bot_mut(bot_id)?.profile;
    match chat {
        Some(user_id) => {
            profile.chat_menus.insert(user_id, button);
        }
        None if button["type"] == "default" => profile.menu = json!({ "type": "commands" }),
        None => profile.menu = button,
    }
    call.state.tell(Event::Bot { bot_id });
    Ok(json!(true).into())
}

/// getChatMenuButton.
///
/// # Errors
/// 400 for an unknown user.
pub fn get_menu(call: &mut Call<'_>) -> MethodResult {
    let chat = menu_chat(call)?;
    let profile = &call.state.bot_mut(call.bot_id)?.profile;
    let button = match chat {
        Some(user_id) => profile.chat_menus.get(&user_id).cloned(),
        None => Some(profile.menu.clone()),
    };
    Ok(button
        .unwrap_or_else(|| json!({ "type": "default" }))
        .into())
}

fn menu_chat(call: &Call<'_>) -> ApiResult<Option<i64>> {
    if !call.params.has("chat_id") {
        return Ok(None);
    }
    let user_id = call.params.user_id("chat_id")?;
    if call.state.account(user_id).is_none() {
        // source: tdlib/telegram-bot-api Client.cpp `TdOnCheckUserCallback`
        return Err(ApiError::bad("user not found"));
    }
    Ok(Some(user_id))
}

/// Source of the texts: tdlib/telegram-bot-api Client.cpp `get_bot_menu_button`,
/// tdlib/td BotMenuButton.cpp.
fn read_menu(call: &Call<'_>) -> ApiResult<Value> {
    let Some(button) = call
        .params
        .json("menu_button", "Can't parse menu button JSON object")?
    else {
        return Ok(json!({ "type": "default" }));
    };
    let complain = |text: &str| ApiError::bad(&format!("Can't parse menu button: {text}"));
    if !button.is_object() {
        return Err(complain("MenuButton must be an Object"));
    }
    match button["type"].as_str() {
        None => Err(complain("Can't find field \"type\"")),
        Some(kind @ ("default" | "commands")) => Ok(json!({ "type": kind })),
        Some("web_app") => {
            let text = button["text"]
                .as_str()
                .ok_or_else(|| complain("Can't find field \"text\""))?;
            let url = button["web_app"]["url"]
                .as_str()
                .ok_or_else(|| complain("Can't find field \"url\""))?;
            if text.is_empty() {
                // source: core.telegram.org, errors of bots.setBotMenuButton
                return Err(ApiError::bad("BUTTON_TEXT_INVALID"));
            }
            check_link(url, true).map_err(|why| {
                ApiError::bad(&format!(
                    "Menu button Web App URL '{url}' is invalid: {why}"
                ))
            })?;
            Ok(json!({ "type": "web_app", "text": text, "web_app": { "url": url } }))
        }
        Some(_) => Err(complain("MenuButton has unsupported type")),
    }
}
