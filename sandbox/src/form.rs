//! Payment forms: what a buyer looks at before they pay. A form is good for one payment within
//! ten minutes. Source: core.telegram.org, payments.getPaymentForm and payments.sendStarsForm.

use serde::{Deserialize, Serialize};

use crate::limits::FORM_SECONDS;
use crate::state::State;

/// A form that a buyer has opened.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Form {
    /// The invoice that it is for.
    pub slug: String,
    /// The buyer.
    pub user_id: i64,
    /// Not good any more from then on, seconds since 1970.
    pub expires: i64,
    /// It was sent in, and the payment was made or is still under way.
    pub is_submitted: bool,
}

/// Why a form is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Too old, or of another invoice or buyer.
    #[error("This form is older than 10 minutes. Open the invoice anew.")]
    Expired,
    /// Sent in before.
    #[error("This form was sent before. The payment is made or under way.")]
    Duplicate,
}

impl FormError {
    /// Telegram's code. Source: core.telegram.org, errors of payments.sendStarsForm.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Expired => "FORM_EXPIRED",
            Self::Duplicate => "FORM_SUBMIT_DUPLICATE",
        }
    }
}

impl State {
    /// Opens a form; returns its id and its end, seconds since 1970. Forms that are over are
    /// forgotten here.
    pub fn open_form(&mut self, slug: &str, user_id: i64) -> (i64, i64) {
        let now = self.now();
        self.forms.retain(|_, form| form.expires > now);
        let (id, expires) = (self.ids.number(), now + FORM_SECONDS);
        let form = Form {
            slug: slug.to_owned(),
            user_id,
            expires,
            is_submitted: false,
        };
        self.forms.insert(id, form);
        (id, expires)
    }

    /// The buyer sends a form in.
    ///
    /// # Errors
    /// When it is too old, not for this, or was sent in before.
    pub fn submit_form(&mut self, id: i64, slug: &str, user_id: i64) -> Result<(), FormError> {
        let now = self.now();
        let form = self
            .forms
            .get_mut(&id)
            .filter(|form| form.expires > now && form.slug == slug && form.user_id == user_id)
            .ok_or(FormError::Expired)?;
        if form.is_submitted {
            return Err(FormError::Duplicate);
        }
        form.is_submitted = true;
        Ok(())
    }

    /// The payment came to nothing: the buyer may send the form again, unless [`crate::choices`]
    /// want a new one.
    pub fn reopen_form(&mut self, id: i64) {
        if self.choices.failed_payments_spend_forms {
            return;
        }
        if let Some(form) = self.forms.get_mut(&id) {
            form.is_submitted = false;
        }
    }
}
