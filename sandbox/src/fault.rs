//! Faults on demand: what goes wrong, how often, until told otherwise.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::api_error::ApiError;
use crate::outcome::Outcome;
use crate::payment::Wish;
use crate::update::Delivery;

/// Everything that is set to go wrong. An empty object means that all is well.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Bot API calls that fail or are slow; the first match wins.
    pub methods: Vec<MethodFault>,
    /// Updates that get lost, doubled, late, overtaken or strange; the first match wins.
    pub updates: Vec<UpdateFault>,
    /// Payments that end oddly, unless whoever pays says how they end; the first match
    /// wins.
    pub payments: Vec<PaymentFault>,
    /// What happens to webhook deliveries.
    pub webhook: WebhookFault,
}

/// A Bot API method that fails or is slow.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MethodFault {
    /// Method name in any case, or `*` for all.
    pub method: String,
    /// Only this bot's calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_id: Option<i64>,
    /// Answer with this code; without it the call is only delayed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<u16>,
    /// Text of the answer; without it, Telegram's usual one for the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Seconds for `parameters.retry_after`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// Chat id for `parameters.migrate_to_chat_id`: the supergroup that a group became.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migrate_to_chat_id: Option<i64>,
    /// The connection ends in the middle of the answer.
    pub cut: bool,
    /// The call takes effect and only its answer is replaced, or cut off.
    pub executed: bool,
    /// Wait before answering, milliseconds of real time.
    pub delay_ms: u64,
    /// How many calls; without it, all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

impl MethodFault {
    /// The answer instead of the true one, if the fault has one.
    #[must_use]
    pub fn error(&self) -> Option<ApiError> {
        if self.cut {
            return Some(ApiError::cut());
        }
        let code = self.error_code?;
        let usual = || usual_text(code, self.retry_after, self.migrate_to_chat_id.is_some());
        let seconds = self.retry_after.or((code == 429).then_some(1));
        Some(ApiError {
            retry_after: seconds,
            migrate_to_chat_id: self.migrate_to_chat_id,
            ..ApiError::new(code, self.description.clone().unwrap_or_else(usual))
        })
    }
}

/// Telegram's usual text for a code. Source: tdlib/telegram-bot-api Client.cpp
/// `fail_query_with_error`, Query.cpp; the texts of 421 and above are HTTP's own.
fn usual_text(code: u16, retry_after: Option<u32>, migrates: bool) -> String {
    match code {
        400 if migrates => "Bad Request: group chat was upgraded to a supergroup chat",
        401 => "Unauthorized",
        403 => "Forbidden: bot was blocked by the user",
        404 => "Not Found: method not found",
        409 => {
            "Conflict: terminated by other getUpdates request; \
             make sure that only one bot instance is running"
        }
        413 => "Request Entity Too Large",
        421 => "Misdirected Request",
        429 => return ApiError::too_many(retry_after.unwrap_or(1)).description,
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        500..=599 => "Internal Server Error",
        _ => "Bad Request",
    }
    .to_owned()
}

/// What happens to an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UpdateAction {
    /// It never arrives.
    #[default]
    Drop,
    /// It arrives twice.
    Duplicate,
    /// It arrives `delay_ms` later.
    Delay,
    /// It arrives after the next one, whatever chat or queue that is of; `delay_ms`
    /// later when none comes (5000 when that is 0).
    Reorder,
    /// It arrives, and what the bot answers gets lost: it counts as failed and comes again.
    /// Source: webhook guide; tdlib/telegram-bot-api issue 341.
    Unheard,
    /// It has fields that no Bot API has yet.
    UnknownFields,
}

/// An update that gets lost, doubled, late, overtaken or strange.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateFault {
    /// The update's kind, such as `pre_checkout_query`, or a field of the
    /// message in it, such as `successful_payment`; `*` for all.
    pub kind: String,
    /// Only this bot's updates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_id: Option<i64>,
    /// What happens.
    pub action: UpdateAction,
    /// For `delay` and `reorder`: how late, milliseconds on the sandbox's clock.
    pub delay_ms: u64,
    /// How many updates; without it, all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

impl UpdateFault {
    /// Whether the update gets fields that nobody knows.
    #[must_use]
    pub fn is_strange(&self) -> bool {
        self.action == UpdateAction::UnknownFields
    }

    /// The way that the update takes, when it is another than usual.
    #[must_use]
    pub fn delivery(&self) -> Option<Delivery> {
        let delay_ms = i64::try_from(self.delay_ms).unwrap_or(0);
        match self.action {
            UpdateAction::Drop => Some(Delivery::Lost),
            UpdateAction::Duplicate => Some(Delivery::Doubled),
            UpdateAction::Delay => Some(Delivery::Late(delay_ms)),
            UpdateAction::Reorder if delay_ms == 0 => Some(Delivery::Swapped(5_000)),
            UpdateAction::Reorder => Some(Delivery::Swapped(delay_ms)),
            UpdateAction::Unheard => Some(Delivery::Unheard),
            UpdateAction::UnknownFields => None,
        }
    }
}

/// A payment that ends oddly.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PaymentFault {
    /// How it ends.
    pub outcome: Outcome,
    /// Only payments to this bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_id: Option<i64>,
    /// Only payments of this buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<i64>,
    /// For what comes later: how much, milliseconds on the sandbox's clock.
    pub delay_ms: u64,
    /// How many payments; without it, all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// What happens to webhook deliveries.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookFault {
    /// No delivery reaches the bot; each counts as a failed try.
    pub outage: bool,
    /// Each delivery leaves this late, milliseconds of real time.
    pub delay_ms: u64,
    /// How many deliveries; without it, all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

impl Faults {
    /// The fault that this call runs into, used up once.
    pub fn for_method(&mut self, bot_id: i64, method: &str) -> Option<MethodFault> {
        let hit = self.methods.iter_mut().find(|fault| {
            (fault.method == "*" || fault.method.eq_ignore_ascii_case(method))
                && fault.bot_id.is_none_or(|only| only == bot_id)
                && fault.count != Some(0)
        })?;
        hit.count = hit.count.map(|left| left - 1);
        Some(hit.clone())
    }

    /// What happens to this delivery, used up once.
    pub fn for_delivery(&mut self) -> WebhookFault {
        let fault = &mut self.webhook;
        if fault.count == Some(0) {
            return WebhookFault::default();
        }
        fault.count = fault.count.map(|left| left - 1);
        fault.clone()
    }

    /// How this payment is to end, if a fault says so, used up once.
    pub fn for_payment(&mut self, bot_id: i64, user_id: i64) -> Option<Wish> {
        let hit = self.payments.iter_mut().find(|fault| {
            fault.bot_id.is_none_or(|only| only == bot_id)
                && fault.user_id.is_none_or(|only| only == user_id)
                && fault.count != Some(0)
        })?;
        hit.count = hit.count.map(|left| left - 1);
        Some(Wish {
            outcome: hit.outcome,
            delay_ms: i64::try_from(hit.delay_ms).unwrap_or(0),
        })
    }

    /// The fault that this update runs into, used up once.
    pub fn for_update(&mut self, bot_id: i64, kind: &str, payload: &Value) -> Option<UpdateFault> {
        let hit = self.updates.iter_mut().find(|fault| {
            (fault.kind == "*" || fault.kind == kind || payload.get(&fault.kind).is_some())
                && fault.bot_id.is_none_or(|only| only == bot_id)
                && fault.count != Some(0)
        })?;
        hit.count = hit.count.map(|left| left - 1);
        Some(hit.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_fault_is_used_up() {
        let mut faults: Faults = serde_json::from_value(json!({
            "methods": [{ "method": "sendMessage", "error_code": 429, "retry_after": 2, "count": 1 }],
            "updates": [{ "kind": "successful_payment", "action": "drop", "count": 1 }],
        }))
        .unwrap();
        let error = faults
            .for_method(1, "sendmessage")
            .unwrap()
            .error()
            .unwrap();
        assert_eq!((error.code, error.retry_after), (429, Some(2)));
        assert!(faults.for_method(1, "sendMessage").is_none());
        assert!(
            faults
                .for_update(1, "message", &json!({ "text": "x" }))
                .is_none()
        );
        assert!(
            faults
                .for_update(1, "message", &json!({ "successful_payment": {} }))
                .is_some()
        );
        assert!(
            faults
                .for_update(1, "message", &json!({ "successful_payment": {} }))
                .is_none()
        );
    }

    #[test]
    fn a_fault_says_what_telegram_says() {
        let error = |fault: Value| {
            let fault: MethodFault = serde_json::from_value(fault).unwrap();
            fault.error().unwrap().to_json()
        };
        for (code, text) in [
            (404, "Not Found: method not found"),
            (421, "Misdirected Request"),
            (429, "Too Many Requests: retry after 1"),
            (502, "Bad Gateway"),
        ] {
            assert_eq!(error(json!({ "error_code": code }))["description"], text);
        }
        let conflict = error(json!({ "error_code": 409 }));
        let conflict = conflict["description"].as_str().unwrap();
        assert!(conflict.starts_with("Conflict: terminated by other getUpdates request; make"));
        let own = json!({ "error_code": 429, "retry_after": 7, "description": "Slow down" });
        assert_eq!(
            error(own),
            json!({ "ok": false, "error_code": 429, "description": "Slow down",
                "parameters": { "retry_after": 7 } })
        );
        let moved = error(json!({ "error_code": 400, "migrate_to_chat_id": -1_001 }));
        assert_eq!(
            (&moved["description"], &moved["parameters"]),
            (
                &json!("Bad Request: group chat was upgraded to a supergroup chat"),
                &json!({ "migrate_to_chat_id": -1_001 })
            )
        );
    }
}
