//! Invoices and pre-checkout answers.

use serde_json::json;

use super::{Call, MethodResult, send};
use crate::invoice::Invoice;
use crate::markup::{Markup, Place};
use crate::message::Content;
use crate::precheck::Verdict;

/// createInvoiceLink.
///
/// # Errors
/// 400 with Telegram's text for an invoice that Stars cannot pay.
pub fn create_link(call: &mut Call<'_>) -> MethodResult {
    let invoice = Invoice::read(call.bot_id, call.params, call.is_test)?;
    let slug = call.state.add_invoice(invoice);
    Ok(json!(format!("https://t.me/${slug}")).into())
}

/// sendInvoice. Without a keyboard, the message gets a pay button by itself.
///
/// # Errors
/// 400 for a bad invoice or keyboard, 403 when the bot may not write.
pub fn send_invoice(call: &mut Call<'_>) -> MethodResult {
    let mut invoice = Invoice::read(call.bot_id, call.params, call.is_test)?;
    // source: Bot API, `sendInvoice` has no subscription_period
    invoice.subscription_period = None;
    let markup = Markup::read(call.params, Place::Invoice)?;
    // Nothing is stored for a message that cannot be sent.
    let chat_id = call
        .state
        .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
    invoice.chat_id = Some(chat_id).filter(|id| call.state.communities.contains_key(id));
    let button = json!([[{ "text": format!("Pay ⭐️{}", invoice.amount), "pay": true }]]);
    let content = Content::Invoice(invoice.to_api());
    let slug = call.state.add_invoice(invoice);
    let own = || Markup {
        value: json!({ "inline_keyboard": button }),
    };
    let markup = Some(markup.unwrap_or_else(own));
    let sent = send::put(call, content, markup, |message| {
        message.invoice_slug = Some(slug);
    })?;
    Ok(sent.into())
}

/// answerPreCheckoutQuery.
///
/// # Errors
/// 400 when the query is not open any more, or a refusal has no reason.
pub fn answer_precheckout(call: &mut Call<'_>) -> MethodResult {
    let id = call
        .params
        .integer("pre_checkout_query_id", 0, i64::MIN, i64::MAX);
    let verdict = if call.params.flag("ok") {
        Verdict::Approved
    } else {
        Verdict::Refused(call.params.required("error_message")?)
    };
    call.state.answer_precheckout(call.bot_id, id, verdict)?;
    Ok(json!(true).into())
}
