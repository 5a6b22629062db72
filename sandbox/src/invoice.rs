//! Invoices: what a bot may ask Stars for.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::api_error::{ApiError, ApiResult};
use crate::limits::{
    CURRENCY_AMOUNT_MAX, INVOICE_DESCRIPTION_CHARS, INVOICE_PAYLOAD_BYTES, INVOICE_TITLE_CHARS,
    PHOTO_SIDE_MAX, SUBSCRIPTION_PERIOD, SUBSCRIPTION_PRICE_MAX, TEST_SUBSCRIPTION_PERIODS,
};
use crate::params::Params;
use crate::state::State;

/// An invoice that anyone can pay any number of times.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Invoice {
    /// The bot that sells.
    pub bot_id: i64,
    /// Name of the thing.
    pub title: String,
    /// What it is.
    pub description: String,
    /// The bot's own reference; the buyer never sees it.
    pub payload: String,
    /// Whole Stars.
    pub amount: i64,
    /// Seconds of a subscription's period.
    pub subscription_period: Option<i64>,
    /// Picture.
    pub photo_url: Option<String>,
    /// The group or channel that it was sent to; nothing for a link and for a private chat.
    #[serde(default)]
    pub chat_id: Option<i64>,
    /// Parameter of forwarded copies.
    pub start_parameter: String,
    /// Counts up from 0 over all invoices; set when it is kept.
    pub number: usize,
}

impl Invoice {
    /// Reads an invoice from a call, as strictly as Telegram; its test servers have
    /// other subscription periods.
    ///
    /// # Errors
    /// 400 with Telegram's text.
    pub fn read(bot_id: i64, params: &Params, is_test: bool) -> ApiResult<Self> {
        // The order of checks is that of tdlib/telegram-bot-api Client.cpp
        // `get_input_message_invoice`.
        let title = params.required("title")?;
        let description = params.required("description")?;
        let payload = params.required("payload")?;
        let currency = params.required("currency")?;
        params.required("prices")?;
        let amounts = read_prices(params)?;
        let period = params.integer("subscription_period", 0, 0, i64::MAX);
        // source: core.telegram.org, errors of payments.exportInvoice; the codes for
        // the title and the description are not public, so the general one is used
        if title.chars().count() > INVOICE_TITLE_CHARS
            || description.chars().count() > INVOICE_DESCRIPTION_CHARS
        {
            return Err(ApiError::bad("MEDIA_INVALID"));
        }
        if payload.len() > INVOICE_PAYLOAD_BYTES {
            return Err(ApiError::bad("INVOICE_PAYLOAD_INVALID"));
        }
        if currency != "XTR" || !params.text("provider_token").is_empty() {
            // source: rubenlagus/TelegramBots issue 1445; the sandbox has no other providers
            return Err(ApiError::bad("PAYMENT_PROVIDER_INVALID"));
        }
        check_star_rules(params, &amounts)?;
        let amount = amounts.first().copied().unwrap_or_default();
        check_period(period, amount, is_test)?;
        Ok(Self {
            bot_id,
            title,
            description,
            payload,
            amount,
            subscription_period: (period > 0).then_some(period),
            photo_url: read_photo(params),
            chat_id: None,
            start_parameter: params.text("start_parameter"),
            number: 0,
        })
    }

    /// The Bot API's `Invoice` object. Source: tdlib/telegram-bot-api Client.cpp `JsonInvoice`.
    #[must_use]
    pub fn to_api(&self) -> Value {
        json!({
            "title": self.title,
            "description": self.description,
            "start_parameter": self.start_parameter,
            "currency": "XTR",
            "total_amount": self.amount,
        })
    }
}

/// Amounts of the prices. Source of the texts: tdlib/telegram-bot-api Client.cpp
/// `get_labeled_price_parts`, tdlib/td LabeledPricePart.cpp.
fn read_prices(params: &Params) -> ApiResult<Vec<i64>> {
    let prices = params
        .json("prices", "Can't parse prices JSON object")?
        .unwrap_or_default();
    let list = prices
        .as_array()
        .ok_or_else(|| ApiError::bad("Expected an Array of labeled prices"))?;
    let mut amounts = Vec::with_capacity(list.len());
    for price in list {
        let complain = |text: &str| ApiError::bad(&format!("Can't parse labeled price: {text}"));
        if !price.is_object() {
            return Err(complain("LabeledPrice must be an Object"));
        }
        match price["label"].as_str() {
            None => return Err(complain("Can't find field \"label\"")),
            Some("") => return Err(complain("LabeledPrice label must be non-empty")),
            Some(_) => {}
        }
        let amount = match &price["amount"] {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            Value::Null => return Err(complain("Can't find field \"amount\"")),
            _ => None,
        };
        let amount = amount.ok_or_else(|| complain("Field \"amount\" must be a valid Number"))?;
        if amount.abs() > CURRENCY_AMOUNT_MAX {
            return Err(ApiError::bad("Too big amount of the currency specified"));
        }
        amounts.push(amount);
    }
    if amounts.is_empty() {
        return Err(ApiError::bad("There must be at least one price"));
    }
    let total: i64 = amounts
        .iter()
        .fold(0, |sum, amount| sum.saturating_add(*amount));
    if total <= 0 {
        return Err(ApiError::bad("Total price must be positive"));
    }
    if total > CURRENCY_AMOUNT_MAX {
        return Err(ApiError::bad("Total price is too big"));
    }
    Ok(amounts)
}

/// Exactly one price, no tips, no provider data. Source: rubenlagus/TelegramBots issue 1410.
fn check_star_rules(params: &Params, amounts: &[i64]) -> ApiResult<()> {
    let tips = params
        .json(
            "suggested_tip_amounts",
            "Can't parse suggested_tip_amounts JSON object",
        )?
        .is_some_and(|tips| tips.as_array().is_none_or(|list| !list.is_empty()));
    let has_tips = tips || params.integer("max_tip_amount", 0, i64::MIN, i64::MAX) != 0;
    if amounts.len() != 1 || has_tips || !params.text("provider_data").is_empty() {
        return Err(ApiError::bad("STARS_INVOICE_INVALID"));
    }
    Ok(())
}

/// A period is 30 days, or one of two on test servers. Source: Bot API,
/// `createInvoiceLink`; tdlib/td issue 3309.
fn check_period(period: i64, amount: i64, is_test: bool) -> ApiResult<()> {
    if period == 0 {
        return Ok(());
    }
    let is_known = if is_test {
        TEST_SUBSCRIPTION_PERIODS.contains(&period)
    } else {
        period == SUBSCRIPTION_PERIOD
    };
    if !is_known {
        return Err(ApiError::bad("SUBSCRIPTION_PERIOD_INVALID"));
    }
    if amount > SUBSCRIPTION_PRICE_MAX {
        return Err(ApiError::bad("STARS_INVOICE_INVALID"));
    }
    Ok(())
}

/// The picture's address; a bad one is dropped without a word. Source: tdlib/td
/// InputInvoice.cpp.
fn read_photo(params: &Params) -> Option<String> {
    let _clamped = params.integer("photo_width", 0, 0, PHOTO_SIDE_MAX);
    let text = params.text("photo_url");
    let url = Url::parse(&text).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(text)
}

impl State {
    /// Keeps an invoice and names it.
    pub fn add_invoice(&mut self, mut invoice: Invoice) -> String {
        invoice.number = self.invoices.len();
        let slug = self.ids.text(16);
        self.invoices.insert(slug.clone(), invoice);
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(change: impl Fn(&mut Params)) -> Result<Invoice, String> {
        read_at(false, change)
    }

    fn read_at(is_test: bool, change: impl Fn(&mut Params)) -> Result<Invoice, String> {
        let mut params = Params::default();
        params.set("title", json!("Stickers"));
        params.set("description", json!("Ten of them"));
        params.set("payload", json!("order"));
        params.set("currency", json!("XTR"));
        params.set("prices", json!(r#"[{"label":"Price","amount":10}]"#));
        change(&mut params);
        Invoice::read(42, &params, is_test).map_err(|error| error.description)
    }

    fn refusal(name: &str, value: Value) -> String {
        read(|params| params.set(name, value.clone())).unwrap_err()
    }

    #[test]
    fn limits_hold_at_their_edges() {
        assert_eq!(read(|_| {}).unwrap().amount, 10);
        assert!(read(|params| params.set("title", json!("я".repeat(32)))).is_ok());
        assert!(read(|params| params.set("payload", json!("p".repeat(128)))).is_ok());
        assert!(read(|params| params.set("description", json!("d".repeat(255)))).is_ok());
        assert_eq!(
            refusal("title", json!("t".repeat(33))),
            "Bad Request: MEDIA_INVALID"
        );
        assert_eq!(
            refusal("payload", json!("я".repeat(65))),
            "Bad Request: INVOICE_PAYLOAD_INVALID"
        );
        assert_eq!(
            refusal("title", json!("")),
            "Bad Request: parameter \"title\" is required"
        );
    }

    #[test]
    fn stars_take_one_price_and_no_tips() {
        let two = json!([{ "label": "a", "amount": 1 }, { "label": "b", "amount": 2 }]);
        assert_eq!(refusal("prices", two), "Bad Request: STARS_INVOICE_INVALID");
        assert_eq!(
            refusal("max_tip_amount", json!(5)),
            "Bad Request: STARS_INVOICE_INVALID"
        );
        assert_eq!(
            refusal("currency", json!("USD")),
            "Bad Request: PAYMENT_PROVIDER_INVALID"
        );
        let free = json!([{ "label": "a", "amount": 0 }]);
        assert_eq!(
            refusal("prices", free),
            "Bad Request: total price must be positive"
        );
        assert_eq!(
            refusal("prices", json!([])),
            "Bad Request: there must be at least one price"
        );
        assert_eq!(
            refusal("prices", json!("[")),
            "Bad Request: can't parse prices JSON object"
        );
    }

    #[test]
    fn each_server_has_its_periods() {
        let month = SUBSCRIPTION_PERIOD;
        for (is_test, period, is_fine) in [
            (false, month, true),
            (false, 60, false),
            (false, 3_600, false),
            (true, 60, true),
            (true, 300, true),
            (true, month, false),
        ] {
            let answer = read_at(is_test, |params| {
                params.set("subscription_period", json!(period));
            });
            let expected = if is_fine {
                Ok(Some(period))
            } else {
                Err("Bad Request: SUBSCRIPTION_PERIOD_INVALID".to_owned())
            };
            assert_eq!(answer.map(|invoice| invoice.subscription_period), expected);
        }
    }

    #[test]
    fn a_subscription_has_a_highest_price() {
        let price = |stars: i64| {
            read(|params| {
                params.set("subscription_period", json!(SUBSCRIPTION_PERIOD));
                params.set("prices", json!([{ "label": "a", "amount": stars }]));
            })
        };
        assert!(price(SUBSCRIPTION_PRICE_MAX).is_ok());
        assert_eq!(
            price(SUBSCRIPTION_PRICE_MAX + 1).unwrap_err(),
            "Bad Request: STARS_INVOICE_INVALID"
        );
    }

    #[test]
    fn a_bad_photo_is_dropped() {
        let invoice = read(|params| params.set("photo_url", json!("not a url"))).unwrap();
        assert_eq!(invoice.photo_url, None);
    }
}
