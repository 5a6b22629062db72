//! The payment sheet.

use super::{answer::answer, web_app::client};

/// What the client says about a payment sheet that closed. A hint and no more: clients have said
/// `cancelled` and `failed` of payments that went through, and `paid` before the shop knew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceHint {
    /// The client thinks that it was paid.
    Paid,
    /// The client is not sure yet.
    Pending,
    /// The buyer closed the sheet.
    Cancelled,
    /// The client saw an error.
    Failed,
    /// There is no client that can show the sheet, or it is open already.
    NotShown,
}

/// Shows the payment sheet of an invoice link, and waits until it closes (clients since 6.1).
pub async fn open_invoice(link: &str) -> InvoiceHint {
    let Some(app) = client() else {
        return InvoiceHint::NotShown;
    };
    let status = answer(|done| app.open_invoice(link, done)).await;
    match status.and_then(|status| status.as_string()).as_deref() {
        Some("paid") => InvoiceHint::Paid,
        Some("pending") => InvoiceHint::Pending,
        Some("cancelled") => InvoiceHint::Cancelled,
        Some(_) => InvoiceHint::Failed,
        None => InvoiceHint::NotShown,
    }
}
