//! Payments as updates tell them. Amounts are whole Stars.

use serde::{Deserialize, Serialize};

use super::User;

/// Telegram asks whether a payment may go on. Answer within 10 seconds or it fails.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct PreCheckoutQuery {
    /// Handle for the answer.
    pub id: String,
    /// Who is about to pay.
    pub from: User,
    /// `XTR` for Stars.
    pub currency: String,
    /// Price in Stars.
    pub total_amount: i64,
    /// The payload given when the invoice was made.
    pub invoice_payload: String,
}

/// A payment went through: the money has moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SuccessfulPayment {
    /// `XTR` for Stars.
    pub currency: String,
    /// Stars paid.
    pub total_amount: i64,
    /// The payload given when the invoice was made; the same for each renewal.
    pub invoice_payload: String,
    /// The charge: unique, the key against double booking and the handle for a refund.
    pub telegram_payment_charge_id: String,
    /// Opaque for Stars.
    #[serde(default)]
    pub provider_payment_charge_id: String,
    /// Whether it pays for a subscription.
    #[serde(default)]
    pub is_recurring: bool,
    /// Whether it is the first payment of a subscription.
    #[serde(default)]
    pub is_first_recurring: bool,
    /// End of the paid period of a subscription, in unix seconds.
    pub subscription_expiration_date: Option<i64>,
}

/// A payment was given back: by us, by Telegram, or by an app store on the buyer's complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RefundedPayment {
    /// Always `XTR`.
    pub currency: String,
    /// Stars given back: always the whole amount.
    pub total_amount: i64,
    /// The payload given when the invoice was made.
    #[serde(default)]
    pub invoice_payload: String,
    /// The charge that was given back.
    pub telegram_payment_charge_id: String,
    /// Opaque for Stars.
    pub provider_payment_charge_id: Option<String>,
}

/// Somebody bought paid media that the bot had sent. The charge is only in the Star ledger.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct PurchasedPaidMedia {
    /// Who bought it.
    pub from: User,
    /// The payload given when the media was sent.
    pub paid_media_payload: String,
}
