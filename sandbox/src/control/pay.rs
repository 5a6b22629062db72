//! Paying.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use crate::limits::OUTCOME_DELAY_MS;
use crate::outcome::Outcome;
use crate::payment::{self, Wish};
use crate::sandbox::Shared;

/// A payment to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayRequest {
    /// What follows `$` in the invoice's link; the whole link works too.
    pub slug: String,
    /// The buyer.
    pub user_id: i64,
    /// The form that the buyer sends in, from `POST /api/forms`; without it, one is made on the
    /// spot.
    pub form_id: Option<String>,
    /// How it is to go; without it, the faults decide.
    pub outcome: Option<Outcome>,
    /// For `pending` and `late`: how much later, milliseconds on the sandbox's
    /// clock; 1500 without it.
    pub delay_ms: Option<u64>,
}

/// How the client saw it end.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayAnswer {
    /// `paid`, `failed`, `cancelled` or `pending`.
    pub status: String,
    /// What the Mini App is told in `invoice_closed`, in order: usually just the
    /// status; nothing, or more, when the payment is to end oddly.
    pub closed: Vec<String>,
    /// The charge, when Stars moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charge_id: Option<String>,
    /// Why not: `BALANCE_TOO_LOW`, `BOT_PRECHECKOUT_TIMEOUT`, `BOT_REFUSED`, `FORM_EXPIRED` or
    /// `FORM_SUBMIT_DUPLICATE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// Why not, as the buyer reads it; the bot's own sentence when it refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

/// Pays an invoice: asks the bot, moves the Stars, tells the bot. Answers when
/// the client would know the end, at the latest after the bot's ten seconds.
#[utoipa::path(post, path = "/pay", request_body = PayRequest,
    responses((status = 200, body = PayAnswer), (status = 404, body = Problem)))]
pub async fn pay(
    State(sandbox): State<Shared>,
    Body(request): Body<PayRequest>,
) -> Answer<PayAnswer> {
    let delay_ms = request.delay_ms.unwrap_or(1_500);
    if delay_ms > OUTCOME_DELAY_MS {
        return Err(Failure::bad(
            "delay_invalid",
            "A payment can be put off by an hour at most.",
        ));
    }
    let wish = request.outcome.map(|outcome| Wish {
        outcome,
        delay_ms: i64::try_from(delay_ms).unwrap_or(0),
    });
    // What is no number is no form that is open.
    let form_id = request.form_id.map(|id| id.parse().unwrap_or(0));
    let slug = request.slug.rsplit(['$', '/']).next().unwrap_or_default();
    // Runs on even if the asker goes away: a closed window does not undo a payment.
    let (shared, slug) = (sandbox.clone(), slug.to_owned());
    let paying =
        tokio::spawn(
            async move { payment::pay(&shared, &slug, request.user_id, form_id, wish).await },
        );
    let receipt = paying
        .await
        .map_err(|error| Failure::bad("payment_broken", error.to_string()))??;
    Ok(Json(PayAnswer {
        status: receipt.status.as_str().to_owned(),
        closed: receipt
            .told
            .iter()
            .map(|status| status.as_str().to_owned())
            .collect(),
        charge_id: receipt.charge_id,
        error_code: receipt.error_code.map(str::to_owned),
        error_message: receipt.error_message,
    }))
}
