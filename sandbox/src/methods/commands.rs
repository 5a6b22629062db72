//! Commands by scope and language.

use serde_json::{Value, json};

use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::event::Event;
use crate::limits::{COMMAND_CHARS, COMMAND_DESCRIPTION_CHARS, COMMANDS_MAX};
use crate::params::Params;

/// setMyCommands.
///
/// # Errors
/// 400 with Telegram's text for bad commands, scopes and languages.
pub fn set(call: &mut Call<'_>) -> MethodResult {
    let commands = read_commands(call.params)?;
    let key = (read_scope(call.params)?, language(call.params)?);
    let bot_id = call.bot_id;
    let profile = &mut call.state.bot_mut(bot_id)?.profile;
    if commands.as_array().is_none_or(Vec::is_empty) {
        profile.commands.remove(&key);
    } else {
        profile.commands.insert(key, commands);
    }
    call.state.tell(Event::Bot { bot_id });
    Ok(json!(true).into())
}

/// getMyCommands.
///
/// # Errors
/// 400 with Telegram's text for bad scopes and languages.
pub fn get(call: &mut Call<'_>) -> MethodResult {
    let key = (read_scope(call.params)?, language(call.params)?);
    let profile = &call.state.bot_mut(call.bot_id)?.profile;
    Ok(profile
        .commands
        .get(&key)
        .cloned()
        .unwrap_or_else(|| json!([]))
        .into())
}

/// deleteMyCommands.
///
/// # Errors
/// 400 with Telegram's text for bad scopes and languages.
pub fn delete(call: &mut Call<'_>) -> MethodResult {
    let key = (read_scope(call.params)?, language(call.params)?);
    let bot_id = call.bot_id;
    call.state.bot_mut(bot_id)?.profile.commands.remove(&key);
    call.state.tell(Event::Bot { bot_id });
    Ok(json!(true).into())
}

/// A language code of two letters, or none. Source of the text: tdlib/td misc.cpp
/// `validate_bot_language_code`.
pub(super) fn language(params: &Params) -> ApiResult<String> {
    let code = params.text("language_code");
    if code.is_empty() || (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())) {
        return Ok(code);
    }
    Err(ApiError::bad("Invalid language code specified"))
}

/// A scope as one text. Source of the texts: tdlib/telegram-bot-api Client.cpp
/// `get_bot_command_scope`.
fn read_scope(params: &Params) -> ApiResult<String> {
    let Some(scope) = params.json("scope", "Can't parse BotCommandScope JSON object")? else {
        return Ok("default".into());
    };
    let complain = |text: &str| ApiError::bad(&format!("Can't parse BotCommandScope: {text}"));
    if !scope.is_object() {
        return Err(complain("BotCommandScope must be an Object"));
    }
    let kind = scope["type"]
        .as_str()
        .ok_or_else(|| complain("Can't find field \"type\""))?
        .to_owned();
    match kind.as_str() {
        "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => Ok(kind),
        "chat" | "chat_administrators" | "chat_member" => {
            let chat = match &scope["chat_id"] {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => return Err(complain("Can't find field \"chat_id\"")),
            };
            if chat.is_empty() {
                return Err(complain("Empty chat_id specified"));
            }
            Ok(format!("{kind}:{chat}"))
        }
        _ => Err(complain("Unsupported type specified")),
    }
}

/// Source of the texts: tdlib/telegram-bot-api Client.cpp `get_bot_commands`,
/// tdlib/td BotCommand.cpp.
fn read_commands(params: &Params) -> ApiResult<Value> {
    let list = params.json("commands", "Can't parse commands JSON object")?;
    let list = list.unwrap_or_else(|| json!([]));
    let items = list
        .as_array()
        .ok_or_else(|| ApiError::bad("Expected an Array of BotCommand"))?;
    let mut commands = Vec::with_capacity(items.len());
    for item in items {
        let complain = |text: &str| ApiError::bad(&format!("Can't parse BotCommand: {text}"));
        if !item.is_object() {
            return Err(complain("expected an Object"));
        }
        let field = |name: &str| {
            item[name]
                .as_str()
                .map(|text| text.trim().to_owned())
                .ok_or_else(|| complain(&format!("Can't find field \"{name}\"")))
        };
        let (command, description) = (field("command")?, field("description")?);
        let command = command.trim_start_matches('/').to_owned();
        check_command(&command, &description)?;
        commands.push(json!({ "command": command, "description": description }));
    }
    if commands.len() > COMMANDS_MAX {
        // source: core.telegram.org, errors of bots.setBotCommands
        return Err(ApiError::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    Ok(Value::Array(commands))
}

fn check_command(command: &str, description: &str) -> ApiResult<()> {
    if command.is_empty() {
        return Err(ApiError::bad("Command must be non-empty"));
    }
    if command.chars().count() > COMMAND_CHARS {
        return Err(ApiError::bad(&format!(
            "Command length must not exceed {COMMAND_CHARS}"
        )));
    }
    if description.is_empty() {
        return Err(ApiError::bad("Command description must be non-empty"));
    }
    if description.chars().count() > COMMAND_DESCRIPTION_CHARS {
        return Err(ApiError::bad(&format!(
            "Command description length must not exceed {COMMAND_DESCRIPTION_CHARS}"
        )));
    }
    if !command
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    {
        // source: core.telegram.org, errors of bots.setBotCommands
        return Err(ApiError::bad("BOT_COMMAND_INVALID"));
    }
    Ok(())
}
