//! Sending what was sent before: forwarding and copying.

use serde_json::{Value, json};

use super::send::{put, read_caption, send};
use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::community::Kind;
use crate::limits::MESSAGES_PER_CALL;
use crate::markup::Markup;
use crate::message::{Content, Message, Sender};
use crate::text::FormattedText;

/// forwardMessage. Source of the texts: tdlib/telegram-bot-api Client.cpp, tdlib/td
/// MessagesManager.cpp `forward_message`.
///
/// # Errors
/// 400 when there is no such message or it cannot be forwarded, 403 when the bot may not write.
pub fn forward(call: &mut Call<'_>) -> MethodResult {
    let (from, message) = source(call, "message to forward")?;
    if !may_leave(&message, false) {
        return Err(ApiError::bad("The message can't be forwarded"));
    }
    Ok(pass_on(call, from, message)?.into())
}

/// copyMessage: without the link to the first message, with another caption or keyboard if wanted.
///
/// # Errors
/// As [`forward`], and for content that cannot be copied, such as invoices.
pub fn copy(call: &mut Call<'_>) -> MethodResult {
    let caption = match call.params.has("caption") {
        true => Some(read_caption(call.params)?),
        false => None,
    };
    let (_, message) = source(call, "message to copy")?;
    if !may_leave(&message, true) {
        return Err(ApiError::bad("The message can't be copied"));
    }
    let content = with_caption(message.content, caption);
    let sent = send(call, content)?;
    Ok(json!({ "message_id": sent.result["message_id"] }).into())
}

/// forwardMessages and copyMessages: those that are not there, or may not leave, are skipped.
///
/// # Errors
/// 400 for a bad list, or when none of them can be sent; 403 when the bot may not write.
pub fn several(call: &mut Call<'_>, as_copies: bool) -> MethodResult {
    let from = call.params.required("from_chat_id")?;
    let ids = message_ids(call)?;
    if !ids.is_sorted_by(|one, next| one < next) {
        return Err(ApiError::bad(
            "Message identifiers must be in a strictly increasing order",
        ));
    }
    call.state
        .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
    let from = call.state.readable_chat(call.bot_id, &from)?;
    let removes = call.params.flag("remove_caption");
    let mut sent = Vec::new();
    for id in ids {
        let found = call.state.message_mut(call.bot_id, from, id).cloned();
        let Some(message) = found.filter(|message| may_leave(message, as_copies)) else {
            continue;
        };
        let new = if as_copies {
            let caption = removes.then(FormattedText::default);
            send(call, with_caption(message.content, caption))?.result
        } else {
            pass_on(call, from, message)?
        };
        sent.push(json!({ "message_id": new["message_id"] }));
    }
    if sent.is_empty() {
        return Err(ApiError::bad("Messages can't be forwarded"));
    }
    Ok(Value::Array(sent).into())
}

/// The list of messages of a call. Source: tdlib/telegram-bot-api Client.cpp `get_message_ids`.
///
/// # Errors
/// 400 when it is empty, too long or not a list of numbers.
pub(super) fn message_ids(call: &Call<'_>) -> ApiResult<Vec<i64>> {
    let complaint = "Can't parse message_ids JSON object";
    let list = match call.params.json("message_ids", complaint)? {
        None => return Err(ApiError::bad("Message identifiers are not specified")),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(ApiError::bad("Expected an Array of message identifiers")),
    };
    if list.len() > MESSAGES_PER_CALL {
        return Err(ApiError::bad("Too many message identifiers specified"));
    }
    if list.is_empty() {
        return Err(ApiError::bad("Message identifiers are not specified"));
    }
    let number = |id: &Value| match id {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    list.iter()
        .map(|id| number(id).ok_or_else(|| ApiError::bad("Message identifier must be a Number")))
        .collect()
}

/// The message that a call names, and its chat.
fn source(call: &mut Call<'_>, what: &str) -> ApiResult<(i64, Message)> {
    let from = call.params.required("from_chat_id")?;
    let id = call.params.integer("message_id", 0, 0, i64::MAX);
    let from = call.state.readable_chat(call.bot_id, &from)?;
    let message = call.state.message_mut(call.bot_id, from, id).cloned();
    let message = message.ok_or_else(|| ApiError::bad(&format!("{what} not found")))?;
    Ok((from, message))
}

/// Whether a message may be sent on. Source: tdlib/td MessagesManager.cpp, `can_forward_message`;
/// Bot API, `copyMessage`, for what cannot be copied.
fn may_leave(message: &Message, as_copy: bool) -> bool {
    match &message.content {
        Content::Service(..) => false,
        Content::Invoice(_) | Content::PaidMedia(..) if as_copy => false,
        _ => !message.protected,
    }
}

fn with_caption(content: Content, caption: Option<FormattedText>) -> Content {
    match (content, caption) {
        (Content::Photo(file, _), Some(caption)) => Content::Photo(file, caption),
        (Content::Document(file, _), Some(caption)) => Content::Document(file, caption),
        (Content::Media(media), Some(caption)) if media.takes_caption() => {
            Content::Media(media.with_caption(caption))
        }
        (content, _) => content,
    }
}

/// Sends a message on, with where it came from first. Source: tdlib/telegram-bot-api Client.cpp
/// `JsonMessageOrigin`.
fn pass_on(call: &mut Call<'_>, from: i64, message: Message) -> ApiResult<Value> {
    let link = deep_link(call, &message);
    let origin = match message.forwarded {
        Some(origin) => origin,
        None => origin(call, from, &message).into(),
    };
    let content = message.content;
    let slug = message.invoice_slug.filter(|_| link.is_none());
    let forwarded = put(call, content, link, |copy| {
        copy.invoice_slug = slug;
        copy.forwarded = Some(origin);
    })?;
    Ok(forwarded)
}

/// What a forwarded invoice with a start parameter has instead of a pay button: a link to the bot.
/// Source: Bot API, `sendInvoice`, `start_parameter`; the button's text is not documented.
fn deep_link(call: &Call<'_>, message: &Message) -> Option<Markup> {
    let Content::Invoice(invoice) = &message.content else {
        return None;
    };
    let parameter = invoice["start_parameter"].as_str().unwrap_or_default();
    let bot = call.state.bots.get(&call.bot_id)?;
    let name = &bot.profile.username;
    let text = format!("Pay ⭐️{}", invoice["total_amount"]);
    let button = json!({ "text": text, "url": format!("https://t.me/{name}?start={parameter}") });
    (!parameter.is_empty()).then(|| Markup {
        value: json!({ "inline_keyboard": [[button]] }),
    })
}

fn origin(call: &Call<'_>, from: i64, message: &Message) -> Value {
    let channel = call.state.communities.get(&from);
    if let Some(channel) = channel.filter(|community| community.kind == Kind::Channel) {
        return json!({ "type": "channel", "chat": channel.to_chat(), "message_id": message.id,
            "date": message.date });
    }
    let user = |id: i64| call.state.account(id).map(|account| account.user.to_api());
    let sender = match message.from {
        Sender::Bot => call.state.bots.get(&call.bot_id).map(|bot| bot.to_api()),
        Sender::User => user(from),
        Sender::Member(id) => user(id),
    };
    json!({ "type": "user", "sender_user": sender, "date": message.date })
}
