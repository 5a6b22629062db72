//! What is asked for in an invoice link.

use serde_json::{Value, json};

use crate::limit_error::{LimitError, bytes, chars, range};
use crate::limits;

/// Code of Telegram Stars as a currency.
pub const STARS: &str = "XTR";

/// An invoice in Stars, before it has a link.
///
/// A link can be paid any number of times by anybody; that each order is paid once is seen to at
/// pre-checkout.
///
/// ```
/// use telegram::NewInvoice;
///
/// let invoice = NewInvoice::new("Cat stickers", "24 cats on a keyboard", "order-1", 50);
/// assert!(invoice.check().is_ok());
/// let nameless = NewInvoice::new("", "24 cats on a keyboard", "order-1", 50);
/// assert_eq!(nameless.check().unwrap_err().to_string(), "invoice title is empty");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewInvoice {
    /// 1 to 32 characters.
    pub title: String,
    /// 1 to 255 characters.
    pub description: String,
    /// 1 to 128 bytes that come back with each payment; the buyer never sees them.
    pub payload: String,
    /// Price in whole Stars.
    pub stars: i64,
    /// Picture, an HTTPS address. Telegram drops a bad one in silence.
    pub photo_url: Option<String>,
    /// Makes it a subscription: seconds between payments.
    pub subscription_period_seconds: Option<i64>,
}

impl NewInvoice {
    /// An invoice for a one-time payment.
    pub fn new(
        title: impl Into<String>,
        description: impl Into<String>,
        payload: impl Into<String>,
        stars: i64,
    ) -> Self {
        Self {
            title: title.into(),
            description: description.into(),
            payload: payload.into(),
            stars,
            photo_url: None,
            subscription_period_seconds: None,
        }
    }

    /// Adds a picture.
    #[must_use]
    pub fn photo(mut self, url: impl Into<String>) -> Self {
        self.photo_url = Some(url.into());
        self
    }

    /// Makes it a subscription: 30 days in production, 60 or 300 seconds in Telegram's test
    /// environment.
    #[must_use]
    pub fn subscription(mut self, period_seconds: i64) -> Self {
        self.subscription_period_seconds = Some(period_seconds);
        self
    }

    /// Checks Telegram's rules, so that a fault is named here and not as `STARS_INVOICE_INVALID`.
    ///
    /// # Errors
    ///
    /// The first rule that is broken.
    pub fn check(&self) -> Result<(), LimitError> {
        chars("invoice title", &self.title, limits::INVOICE_TITLE_CHARS)?;
        chars(
            "invoice description",
            &self.description,
            limits::INVOICE_DESCRIPTION_CHARS,
        )?;
        bytes(
            "invoice payload",
            &self.payload,
            limits::INVOICE_PAYLOAD_BYTES,
        )?;
        let most = match self.subscription_period_seconds {
            Some(_) => limits::SUBSCRIPTION_STARS_MAX,
            None => limits::INVOICE_STARS_MAX,
        };
        range(
            "price in Stars",
            self.stars,
            limits::INVOICE_STARS_MIN,
            most,
        )?;
        let Some(period) = self.subscription_period_seconds else {
            return Ok(());
        };
        if period == limits::SUBSCRIPTION_PERIOD_SECONDS
            || limits::SUBSCRIPTION_PERIODS_TEST_SECONDS.contains(&period)
        {
            return Ok(());
        }
        let rule = "it must be 2592000 seconds (30 days), or 60 or 300 in the test environment";
        Err(LimitError::NotAllowed {
            field: "subscription period",
            rule,
        })
    }

    /// As `createInvoiceLink` wants it: one price, no provider.
    pub(crate) fn to_json(&self) -> Value {
        let mut body = json!({
            "title": self.title,
            "description": self.description,
            "payload": self.payload,
            "provider_token": "",
            "currency": STARS,
            "prices": [{"label": self.title, "amount": self.stars}],
        });
        if let Some(url) = &self.photo_url {
            body["photo_url"] = json!(url);
        }
        if let Some(seconds) = self.subscription_period_seconds {
            body["subscription_period"] = json!(seconds);
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> NewInvoice {
        NewInvoice::new("Cats", "Many cats", "order-1", 50)
    }

    #[test]
    fn the_edges_pass() {
        let mut invoice = good().subscription(2_592_000);
        invoice.title = "я".repeat(32);
        invoice.description = "я".repeat(255);
        invoice.payload = "я".repeat(64);
        invoice.stars = 10_000;
        assert_eq!(invoice.check(), Ok(()));
        assert_eq!(NewInvoice { stars: 1, ..good() }.check(), Ok(()));
        assert_eq!(
            NewInvoice {
                stars: 10_001,
                ..good()
            }
            .check(),
            Ok(())
        );
        assert_eq!(good().subscription(60).check(), Ok(()));
    }

    #[test]
    fn one_step_beyond_is_named() {
        let code = |change: fn(&mut NewInvoice)| {
            let mut invoice = good();
            change(&mut invoice);
            invoice.check().unwrap_err().code()
        };
        assert_eq!(
            code(|invoice| invoice.title = "я".repeat(33)),
            "limit_too_long"
        );
        assert_eq!(code(|invoice| invoice.title = "  ".into()), "limit_empty");
        assert_eq!(
            code(|invoice| invoice.description = "я".repeat(256)),
            "limit_too_long"
        );
        assert_eq!(code(|invoice| invoice.description.clear()), "limit_empty");
        assert_eq!(
            code(|invoice| invoice.payload = "a".repeat(129)),
            "limit_too_long"
        );
        assert_eq!(
            code(|invoice| invoice.payload = "я".repeat(65)),
            "limit_too_long"
        );
        assert_eq!(code(|invoice| invoice.payload.clear()), "limit_empty");
        for stars in [0, -1, i64::MAX] {
            let invoice = NewInvoice { stars, ..good() };
            assert_eq!(
                invoice.check().unwrap_err().code(),
                "limit_out_of_range",
                "{stars}"
            );
        }
        let dear = NewInvoice {
            stars: 10_001,
            ..good().subscription(2_592_000)
        };
        assert_eq!(dear.check().unwrap_err().code(), "limit_out_of_range");
        assert_eq!(
            good().subscription(86_400).check().unwrap_err().code(),
            "limit_not_allowed"
        );
    }
}
