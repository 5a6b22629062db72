//! Star subscriptions: who pays whom again, and until when it is paid.

use crate::invoice::Invoice;

/// A subscription, known by the charge id of its first payment.
#[derive(Debug, Clone)]
pub struct Subscription {
    /// What is paid each period.
    pub invoice: Invoice,
    /// The buyer.
    pub user_id: i64,
    /// Paid until, seconds since 1970.
    pub paid_until: i64,
    /// The bot stopped it; the buyer cannot turn it on again.
    pub stopped_by_bot: bool,
}

impl Subscription {
    /// A subscription whose first period is paid.
    #[must_use]
    pub fn begin(invoice: Invoice, user_id: i64, paid_until: i64) -> Self {
        Self {
            invoice,
            user_id,
            paid_until,
            stopped_by_bot: false,
        }
    }
}
