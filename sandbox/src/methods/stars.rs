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
    let mut answer = json!({});
    let balance = call.state.bot_mut(call.bot_id)?.ledger.balance();
    balance.store(&mut answer);
    Ok(answer.into())
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
    let charge = call.state.charges.get(&charge_id);
    let is_renewal = charge.is_some_and(|charge| {
        let first = charge.subscription.as_ref();
        first.is_some_and(|first| *first != charge_id)
    });
    if is_renewal && call.state.choices.renewal_refunds_complain {
        return Err(ApiError::bad("CHARGE_ALREADY_REFUNDED"));
    }
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
    if call.state.account(user_id).is_none() {
        // source: core.telegram.org, errors of payments.botCancelStarsSubscription
        return Err(ApiError::bad("USER_ID_INVALID"));
    }
    let subscription = call.state.subscriptions.get(&charge_id);
    let is_theirs = subscription
        .is_some_and(|found| found.user_id == user_id && found.invoice.bot_id == call.bot_id);
    if !is_theirs {
        // source: gotd.dev, errors of payments.botCancelStarsSubscription
        return Err(ApiError::bad("CHARGE_ID_INVALID"));
    }
    call.state.stop_subscription(&charge_id, stop);
    Ok(json!(true).into())
}
