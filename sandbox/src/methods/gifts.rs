//! getAvailableGifts, sendGift, giftPremiumSubscription.

use serde_json::{Value, json};

use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::event::Event;
use crate::gift::{CATALOGUE, Gift};
use crate::limits::{GIFT_TEXT_CHARS, PREMIUM_PRICES};
use crate::message::{Content, Sender};
use crate::params::Params;
use crate::state::State;
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

/// sendGift. The bot pays; a user sees it in the chat; whether a channel does is a
/// matter of [`crate::choices`].
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
    let partner = json!({
        "transaction_type": "gift_purchase",
        "gift": call.state.gift_object(gift),
    });
    let stars = gift.stars + upgrade_stars;
    let (bot_id, posts) = (call.bot_id, call.state.choices.channel_gifts_are_posted);
    let chat_id = if channel.is_empty() {
        call.state.spend_on_user(bot_id, user_id, stars, partner)?;
        Some(user_id)
    } else {
        let gift = &partner["gift"];
        let id = call.state.spend_on_channel(bot_id, &channel, stars, gift)?;
        Some(id).filter(|_| posts)
    };
    *call.state.gifts_sold.entry(gift.id).or_default() += 1;
    if let Some(chat_id) = chat_id {
        let content = gift_message(call.state, gift, upgrade_stars, &text);
        let message = call
            .state
            .new_message(bot_id, chat_id, Sender::Bot, content);
        call.state.post(bot_id, chat_id, message, Delivery::Normal);
    }
    Ok(json!(true).into())
}

/// The service message of a gift. Source: tdlib/telegram-bot-api Client.cpp `JsonGiftMessage`.
fn gift_message(state: &State, gift: &Gift, upgrade_stars: i64, text: &FormattedText) -> Content {
    let mut info = json!({ "gift": state.gift_object(gift) });
    if upgrade_stars > 0 {
        info["prepaid_upgrade_star_count"] = json!(upgrade_stars);
    }
    if gift.upgrade_stars > 0 {
        info["can_be_upgraded"] = json!(true);
    }
    if !text.text.is_empty() {
        text.store(&mut info, "text", "entities");
    }
    Content::Service("gift".into(), info.into())
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
