//! Invoices, pre-checkout, refunds, subscriptions.

use serde::de::IgnoredAny;
use serde_json::json;

use super::{ApiError, Client};
use crate::limit_error::LimitError;
use crate::{NewInvoice, limits};

impl Client {
    /// `createInvoiceLink`: makes the link that the Mini App opens as a payment sheet.
    ///
    /// # Errors
    ///
    /// [`ApiError::Limit`] when the invoice breaks a rule; then no call is made. Any other
    /// [`ApiError`].
    pub async fn create_invoice_link(&self, invoice: &NewInvoice) -> Result<String, ApiError> {
        invoice.check()?;
        self.call("createInvoiceLink", &invoice.to_json()).await
    }

    /// `answerPreCheckoutQuery`: lets a payment go on, or stops it with a sentence that the buyer
    /// reads. Must reach Telegram within 10 seconds of the query.
    ///
    /// # Errors
    ///
    /// [`ApiError::QueryTooOld`] when it was too late: the buyer was not charged. Any other
    /// [`ApiError`].
    pub async fn answer_pre_checkout_query(
        &self,
        pre_checkout_query_id: &str,
        refusal: Option<&str>,
    ) -> Result<(), ApiError> {
        let mut body =
            json!({"pre_checkout_query_id": pre_checkout_query_id, "ok": refusal.is_none()});
        if let Some(sentence) = refusal {
            if sentence.trim().is_empty() {
                return Err(LimitError::Empty { field: "refusal" }.into());
            }
            body["error_message"] = json!(sentence);
        }
        let timeout = limits::PRE_CHECKOUT_TIMEOUT;
        self.call_within::<IgnoredAny, _>(timeout, "answerPreCheckoutQuery", &body)
            .await
            .map(drop)
    }

    /// `refundStarPayment`: gives a payment back, whole.
    ///
    /// # Errors
    ///
    /// [`ApiError::ChargeAlreadyRefunded`] when it was given back before, which has been seen to
    /// come for refunds that had just succeeded: check the ledger, then take it for success. Any
    /// other [`ApiError`].
    pub async fn refund_star_payment(
        &self,
        user_id: i64,
        telegram_payment_charge_id: &str,
    ) -> Result<(), ApiError> {
        let body =
            json!({"user_id": user_id, "telegram_payment_charge_id": telegram_payment_charge_id});
        self.act("refundStarPayment", &body).await
    }

    /// `editUserStarSubscription`: stops a subscription at the end of the paid period
    /// (`is_canceled`), or lets the user take it up again. The charge is that of its *first*
    /// payment.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn edit_user_star_subscription(
        &self,
        user_id: i64,
        telegram_payment_charge_id: &str,
        is_canceled: bool,
    ) -> Result<(), ApiError> {
        let body = json!({
            "user_id": user_id,
            "telegram_payment_charge_id": telegram_payment_charge_id,
            "is_canceled": is_canceled,
        });
        self.act("editUserStarSubscription", &body).await
    }
}
