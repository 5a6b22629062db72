//! Invoices and pre-checkout answers.

use serde_json::json;

use super::{Call, MethodResult, send};
use crate::invoice::Invoice;
use crate::markup::{Markup, Place};
use crate::message::{Content, Sender};
use crate::precheck::Verdict;
use crate::update::Delivery;

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
    let user_id = call
        .state
        .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
    let amount = invoice.amount;
    let content = Content::Invoice(invoice.to_api());
    let slug = call.state.add_invoice(invoice);
    if markup.is_some() {
        return send::send(call, content, Place::Invoice, Some(slug));
    }
    let mut message = call
        .state
        .new_message(call.bot_id, user_id, Sender::Bot, content);
    let button = json!([[{ "text": format!("Pay ⭐️{amount}"), "pay": true }]]);
    message.markup = Some(Markup {
        value: json!({ "inline_keyboard": button }),
    });
    message.protected = call.params.flag("protect_content");
    message.invoice_slug = Some(slug);
    Ok(call
        .state
        .post(call.bot_id, user_id, message, Delivery::Normal)
        .into())
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
