//! Keyboards, checked as Telegram checks them.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::{Host, Url};

use crate::api_error::{ApiError, ApiResult};
use crate::community::Kind;
use crate::limits::{CALLBACK_DATA_BYTES, COPY_TEXT_CHARS, KEYBOARD_BUTTONS};
use crate::params::Params;

/// A message's keyboard as the bot gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Markup {
    /// The Bot API's object.
    pub value: Value,
}

/// Where a keyboard is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Under a new message.
    Message,
    /// Under a new invoice: the first button pays.
    Invoice,
    /// Under an edited message: only inline keyboards.
    Edit,
}

impl Markup {
    /// Whether it is an inline keyboard.
    #[must_use]
    pub fn is_inline(&self) -> bool {
        self.value.get("inline_keyboard").is_some()
    }

    /// Reads `reply_markup`.
    ///
    /// # Errors
    /// 400 with Telegram's text.
    pub fn read(params: &Params, place: Place) -> ApiResult<Option<Self>> {
        let complaint = "Can't parse reply keyboard markup JSON object";
        let Some(value) = params.json("reply_markup", complaint)? else {
            return Ok(None);
        };
        Self::check(value, place)
    }

    /// Checks a keyboard; an empty one is none. Source of the texts:
    /// tdlib/telegram-bot-api Client.cpp `get_reply_markup`, tdlib/td ReplyMarkup.cpp.
    ///
    /// # Errors
    /// 400 with Telegram's text.
    pub fn check(value: Value, place: Place) -> ApiResult<Option<Self>> {
        if !value.is_object() {
            return Err(ApiError::bad("Object expected as reply markup"));
        }
        if let Some(keyboard) = value.get("inline_keyboard") {
            let complaint =
                "Field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays";
            let count = each_button(keyboard, complaint, |at, button| {
                check_inline(button, place, at)
                    .map_err(|text| prefix("Can't parse inline keyboard button", text))
            })?;
            return Ok((count > 0).then_some(Self { value }));
        }
        if place == Place::Edit && value.as_object().is_some_and(|object| !object.is_empty()) {
            return Err(ApiError::bad("Inline keyboard expected"));
        }
        if let Some(keyboard) = value.get("keyboard") {
            let complaint = "Field \"keyboard\" must be an Array of Arrays";
            let count = each_button(keyboard, complaint, |_, button| {
                check_reply(button).map_err(|text| prefix("Can't parse keyboard button", text))
            })?;
            return Ok((count > 0).then_some(Self { value }));
        }
        let is_service = value["remove_keyboard"] == true || value["force_reply"] == true;
        Ok(is_service.then_some(Self { value }))
    }

    /// Checks a keyboard that is to stand in a group or channel: those that open Mini Apps or ask
    /// for something of a person's are for private chats. Source of the texts: tdlib/td
    /// ReplyMarkup.cpp `get_keyboard_button`; `BUTTON_TYPE_INVALID` is the server's.
    ///
    /// # Errors
    /// 400 with Telegram's text.
    pub fn check_in(&self, community: Kind) -> ApiResult<()> {
        if self.is_inline() {
            let opens_app = |button: &Value| button.get("web_app").is_some();
            return if self.buttons("inline_keyboard").any(opens_app) {
                Err(ApiError::bad("BUTTON_TYPE_INVALID"))
            } else {
                Ok(())
            };
        }
        if community == Kind::Channel {
            return Err(ApiError::bad("Inline keyboard expected"));
        }
        let asks = |button: &Value| {
            let found = PRIVATE.iter().find(|(field, _)| is_asked(&button[field]));
            found.map(|(_, text)| *text)
        };
        match self.buttons("keyboard").find_map(asks) {
            Some(text) => Err(ApiError::bad(text)),
            None => Ok(()),
        }
    }

    fn buttons(&self, field: &str) -> impl Iterator<Item = &Value> {
        let rows = self.value[field].as_array().into_iter().flatten();
        rows.filter_map(Value::as_array).flatten()
    }
}

/// Buttons of reply keyboards that stand in private chats only, and what Telegram says elsewhere.
const PRIVATE: [(&str, &str); 7] = [
    (
        "request_contact",
        "Phone number can be requested in private chats only",
    ),
    (
        "request_location",
        "Location can be requested in private chats only",
    ),
    (
        "request_poll",
        "Poll can be requested in private chats only",
    ),
    (
        "request_users",
        "Users can be requested in private chats only",
    ),
    (
        "request_user",
        "Users can be requested in private chats only",
    ),
    (
        "request_chat",
        "Chats can be requested in private chats only",
    ),
    (
        "web_app",
        "Web App buttons can be used in private chats only",
    ),
];

/// Whether a button asks for it: `true`, or an object that says how.
fn is_asked(wish: &Value) -> bool {
    !matches!(wish, Value::Null | Value::Bool(false))
}

/// Either a text that Telegram prefixes, or one that it sends as it is.
enum Complaint {
    Parse(String),
    Whole(String),
}

fn prefix(prefix: &str, complaint: Complaint) -> ApiError {
    match complaint {
        Complaint::Parse(text) => ApiError::bad(&format!("{prefix}: {text}")),
        Complaint::Whole(text) => ApiError::bad(&text),
    }
}

fn parse(text: impl Into<String>) -> Complaint {
    Complaint::Parse(text.into())
}

fn whole(text: impl Into<String>) -> Complaint {
    Complaint::Whole(text.into())
}

/// Walks over the buttons and counts them.
fn each_button(
    keyboard: &Value,
    complaint: &str,
    mut check: impl FnMut(usize, &Value) -> ApiResult<()>,
) -> ApiResult<usize> {
    let mut count = 0;
    for row in keyboard
        .as_array()
        .ok_or_else(|| ApiError::bad(complaint))?
    {
        for button in row.as_array().ok_or_else(|| ApiError::bad(complaint))? {
            check(count, button)?;
            count += 1;
        }
    }
    if count > KEYBOARD_BUTTONS {
        // source: tdlib/telegram-bot-api Client.cpp, REPLY_MARKUP_TOO_LONG
        return Err(ApiError::bad("reply markup is too long"));
    }
    Ok(count)
}

/// The text of a field that must be there.
fn text_of<'a>(object: &'a Value, field: &str) -> Result<&'a str, Complaint> {
    match &object[field] {
        Value::String(text) => Ok(text),
        Value::Null => Err(parse(format!("Can't find field \"{field}\""))),
        _ => Err(parse(format!("Field \"{field}\" must be of type String"))),
    }
}

fn check_inline(button: &Value, place: Place, at: usize) -> Result<(), Complaint> {
    if !button.is_object() {
        return Err(parse("InlineKeyboardButton must be an Object"));
    }
    if text_of(button, "text")?.is_empty() {
        return Err(whole("Inline keyboard button text must be non-empty"));
    }
    check_style(button)?;
    let pays = button.get("pay").is_some();
    if place == Place::Invoice && at == 0 && !pays {
        // source: Bot API, `sendInvoice`: the first button must be a pay button
        return Err(whole("BUTTON_TYPE_INVALID"));
    }
    if let Some(url) = button["url"].as_str().filter(|url| !url.is_empty()) {
        return check_link(url, false)
            .map_err(|why| whole(format!("Inline keyboard button {}", wrong_url(url, why))));
    }
    if let Some(data) = button["callback_data"]
        .as_str()
        .filter(|data| !data.is_empty())
    {
        return if data.len() > CALLBACK_DATA_BYTES {
            Err(whole("BUTTON_DATA_INVALID"))
        } else {
            Ok(())
        };
    }
    if pays {
        let allowed = place != Place::Message && at == 0;
        return if allowed {
            Ok(())
        } else {
            Err(whole("BUTTON_TYPE_INVALID"))
        };
    }
    if let Some(app) = button.get("web_app") {
        let url = text_of(app, "url")?;
        return check_link(url, true).map_err(|why| {
            whole(format!(
                "Inline keyboard button Web App {}",
                wrong_url(url, why)
            ))
        });
    }
    if let Some(copy) = button.get("copy_text") {
        // source: core.telegram.org, errors of messages.sendMessage
        let chars = text_of(copy, "text")?.chars().count();
        return if (1..=COPY_TEXT_CHARS).contains(&chars) {
            Ok(())
        } else {
            Err(whole("BUTTON_COPY_TEXT_INVALID"))
        };
    }
    const OTHERS: [&str; 5] = [
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "login_url",
        "callback_game",
    ];
    if OTHERS.iter().any(|kind| button.get(kind).is_some()) {
        return Ok(());
    }
    Err(parse("Text buttons are unallowed in the inline keyboard"))
}

fn check_reply(button: &Value) -> Result<(), Complaint> {
    let text = match button {
        Value::String(text) => text,
        Value::Object(_) => text_of(button, "text")?,
        _ => return Err(parse("KeyboardButton must be a String or an Object")),
    };
    if text.is_empty() {
        return Err(whole("Keyboard button text must be non-empty"));
    }
    check_style(button)?;
    let Some(app) = button.get("web_app") else {
        return Ok(());
    };
    let url = text_of(app, "url")?;
    check_link(url, true)
        .map_err(|why| whole(format!("Keyboard button Web App {}", wrong_url(url, why))))
}

fn check_style(button: &Value) -> Result<(), Complaint> {
    // source: tdlib/telegram-bot-api Client.cpp `get_button_style`
    match button.get("style").and_then(Value::as_str) {
        None | Some("" | "primary" | "danger" | "success") => Ok(()),
        Some(_) => Err(parse("invalid button style specified")),
    }
}

fn wrong_url(url: &str, why: &str) -> String {
    format!("URL '{url}' is invalid: {why}")
}

/// Checks a link. Source: tdlib/td LinkManager.cpp `check_link_impl`. Mini Apps live at https
/// addresses, and in the sandbox at http ones of this machine and its own network, too.
///
/// # Errors
/// Why the link is not acceptable.
pub fn check_link(link: &str, is_app: bool) -> Result<(), &'static str> {
    let lower = link.to_lowercase();
    if ["tg:", "ton:", "tonsite:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
    {
        return if is_app {
            Err("Only HTTPS links are allowed")
        } else {
            Ok(())
        };
    }
    let full = if lower.contains("://") {
        link.to_owned()
    } else {
        format!("http://{link}")
    };
    let url = Url::parse(&full).map_err(|_| "Wrong HTTP URL")?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("Unsupported URL protocol");
    }
    let host = url.host().ok_or("URL host is empty")?;
    let is_near = is_app && is_near(&host);
    if is_app && url.scheme() == "http" && !is_near {
        return Err("Only HTTPS links are allowed");
    }
    match host {
        Host::Domain(name) if !name.contains('.') && !is_near => Err("Wrong HTTP URL"),
        _ => Ok(()),
    }
}

/// Whether a host is this machine, or one of the same network.
fn is_near(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(ip) => ip.is_loopback() || ip.is_private(),
        Host::Ipv6(ip) => ip.is_loopback() || ip.is_unique_local(),
    }
}

#[cfg(test)]
mod tests;
