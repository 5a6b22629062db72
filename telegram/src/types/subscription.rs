//! Changes of a buyer's subscription that are not payments.

use serde::Deserialize;

use super::User;

/// A subscription changed (Bot API 10.2). It names neither charge nor end, so the payload must
/// lead to the order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct SubscriptionUpdated {
    /// The subscriber.
    pub user: User,
    /// The payload given when the invoice was made.
    pub invoice_payload: String,
    /// What happened.
    pub state: SubscriptionState,
}

/// What happened to a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
#[non_exhaustive]
pub enum SubscriptionState {
    /// The user stopped it; the paid period goes on to its end.
    Canceled,
    /// The user took it up again.
    Active,
    /// A renewal could not be charged.
    Failed,
    /// A state that this version does not know.
    Other(String),
}

impl From<String> for SubscriptionState {
    fn from(state: String) -> Self {
        match state.as_str() {
            "canceled" => Self::Canceled,
            "active" => Self::Active,
            "failed" => Self::Failed,
            _ => Self::Other(state),
        }
    }
}
