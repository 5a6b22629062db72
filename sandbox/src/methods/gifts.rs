//! getAvailableGifts, sendGift, giftPremiumSubscription.

use serde_json::{Value, json};

use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::event::Event;
use crate::gift::CATALOGUE;
use crate::limits::{GIFT_TEXT_CHARS, PREMIUM_PRICES};
use crate::message::{Content, Sender};
use crate::params::Params;
use crate::text::{FormattedText, TEXT};
use crate::update::Delivery;

/// getAvailableGifts.
///
/// # Errors
/// None.
pub fn list(call: &mut Call<'_>) -> MethodResult {
    let gifts: Vec<Value> = CATALOGUE
        .iter()
        .map(|gift| call.state.gift_object(gift))
        .collect();
    Ok(json!({ "gifts": gifts }).into())
}

/// sendGift. The bot pays; a user sees it in the chat, a channel has it and no message of it.
///
/// # Errors
/// 400 when the gift is unknown or sold out, or the bot has too few Stars.
pub fn send(call: &mut Call<'_>) -> MethodResult {
    let id = call.params.integer("gift_id", 0, 0, i64::MAX);
    let upgrades = call.params.flag("pay_for_upgrade");
    let text = read_text(call.params)?;
    let channel = call.params.text("chat_id");
    let user_id = if channel.is_empty() {
        call.params.user_id("user_id")?
    } else {
        0
    };
    // source of the codes: core.telegram.org, errors of payments.getPaymentForm
    let gift = CATALOGUE
        .iter()
        .find(|gift| gift.id == id)
        .ok_or_else(|| ApiError::bad("STARGIFT_INVALID"))?;
    if gift.total > 0 && call.state.gifts_left(gift) <= 0 {
        return Err(ApiError::bad("STARGIFT_USAGE_LIMITED"));
    }
    if upgrades && gift.upgrade_stars == 0 {
        return Err(ApiError::bad("STARGIFT_UPGRADE_UNAVAILABLE"));
    }
    let upgrade_stars = if upgrades { gift.upgrade_stars } else { 0 };
    let object = call.state.gift_object(gift);
    let partner = json!({ "transaction_type": "gift_purchase", "gift": object });
    let stars = gift.stars + upgrade_stars;
    if !channel.is_empty() {
        let gift_object = &partner["gift"];
        call.state
            .spend_on_channel(call.bot_id, &channel, stars, gift_object)?;
        *call.state.gifts_sold.entry(gift.id).or_default() += 1;
        return Ok(json!(true).into());
    }
    call.state
        .spend_on_user(call.bot_id, user_id, stars, partner)?;
    *call.state.gifts_sold.entry(gift.id).or_default() += 1;
    // source: tdlib/telegram-bot-api Client.cpp `JsonGiftMessage`
    let mut info = json!({ "gift": call.state.gift_object(gift) });
    if upgrade_stars > 0 {
        info["prepaid_upgrade_star_count"] = json!(upgrade_stars);
    }
    if gift.upgrade_stars > 0 {
        info["can_be_upgraded"] = json!(true);
    }
    if !text.text.is_empty() {
        text.store(&mut info, "text", "entities");
    }
    let content = Content::Service("gift".into(), info.into());
    let message = call
        .state
        .new_message(call.bot_id, user_id, Sender::Bot, content);
    call.state
        .post(call.bot_id, user_id, message, Delivery::Normal);
    Ok(json!(true).into())
}

/// giftPremiumSubscription.
///
/// # Errors
/// 400 when months and Stars do not go together, or the bot has too few Stars.
pub fn premium(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let stars = call.params.integer("star_count", 0, 0, i64::MAX);
    let months = call.params.integer("month_count", 0, 0, 1000);
    read_text(call.params)?;
    if !PREMIUM_PRICES.contains(&(months, stars)) {
        // source: core.telegram.org, errors of payments.sendStarsForm; which of them the
        // Bot API gives here is not documented
        return Err(ApiError::bad("STARS_FORM_AMOUNT_MISMATCH"));
    }
    let partner = json!({
        "transaction_type": "premium_purchase",
        "premium_subscription_duration": months,
    });
    call.state
        .spend_on_user(call.bot_id, user_id, stars, partner)?;
    if let Some(account) = call.state.users.get_mut(&user_id) {
        account.user.is_premium = true;
    }
    call.state.tell(Event::User { user_id });
    Ok(json!(true).into())
}

/// The words that go with a gift. Source: Bot API, `sendGift`; the code for too long
/// ones is not public.
fn read_text(params: &Params) -> ApiResult<FormattedText> {
    let mut words = Params::default();
    for (from, to) in [
        ("text", "text"),
        ("text_parse_mode", "parse_mode"),
        ("text_entities", "entities"),
    ] {
        words.set(to, json!(params.text(from)));
    }
    let text = FormattedText::read(&words, TEXT)?;
    if text.chars() > GIFT_TEXT_CHARS {
        return Err(ApiError::bad("MESSAGE_TOO_LONG"));
    }
    Ok(text)
}
