//! A bot's Stars: balance, transactions, refunds, subscriptions.

use serde_json::json;

use super::{Call, MethodResult};
use crate::api_error::ApiError;
use crate::limits::PAGE_MAX;
use crate::refund::RefundBy;

/// getMyStarBalance.
///
/// # Errors
/// None beyond an unknown bot.
pub fn balance(call: &mut Call<'_>) -> MethodResult {
    let amount = call.state.bot_mut(call.bot_id)?.ledger.balance();
    Ok(json!({ "amount": amount }).into())
}

/// getStarTransactions.
///
/// # Errors
/// None beyond an unknown bot.
pub fn transactions(call: &mut Call<'_>) -> MethodResult {
    let offset = call.params.integer("offset", 0, 0, i64::from(i32::MAX));
    let limit = call.params.integer("limit", PAGE_MAX, 1, PAGE_MAX);
    let (offset, limit) = (
        usize::try_from(offset).unwrap_or(0),
        usize::try_from(limit).unwrap_or(1),
    );
    let page = call.state.bot_mut(call.bot_id)?.ledger.page(offset, limit);
    Ok(json!({ "transactions": page }).into())
}

/// refundStarPayment.
///
/// # Errors
/// 400 with Telegram's code.
pub fn refund(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let charge_id = call.params.required("telegram_payment_charge_id")?;
    call.state
        .refund(call.bot_id, user_id, &charge_id, RefundBy::Bot)?;
    Ok(json!(true).into())
}

/// editUserStarSubscription.
///
/// # Errors
/// 400 when the charge did not begin a subscription of this user.
pub fn edit_subscription(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let charge_id = call.params.text("telegram_payment_charge_id");
    let stop = call.params.flag("is_canceled");
    let bot_id = call.bot_id;
    let subscription = call
        .state
        .subscriptions
        .get_mut(&charge_id)
        .filter(|found| found.user_id == user_id && found.invoice.bot_id == bot_id)
        // source: core.telegram.org, errors of payments.botCancelStarsSubscription
        .ok_or_else(|| ApiError::bad("CHARGE_ID_INVALID"))?;
    subscription.stopped_by_bot = stop;
    Ok(json!(true).into())
}
