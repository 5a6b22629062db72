//! The invoice link of an order.

use axum::http::StatusCode;
use shop::domain::{Order, Picture, Term};
use telegram::{
    ApiError, Client, NewInvoice,
    limits::{INVOICE_DESCRIPTION_CHARS, INVOICE_TITLE_CHARS},
    text::truncate,
};

use super::{Remedy, caller::Caller};
use crate::paths;

/// The link kept with the order, or a new one, which is then kept: an order has one link, so that
/// a second tap opens the same payment sheet.
pub(super) async fn link(caller: &Caller, order: &Order) -> Result<String, super::ApiError> {
    if let Some(link) = &order.invoice_link {
        return Ok(link.clone());
    }
    let host = caller.host();
    let product = host.shop.product(&order.product, caller.lang().tag()).await;
    let product = product.map_err(|error| caller.store_failed(&error))?;
    let photo = product
        .as_ref()
        .and_then(|product| photo(&product.pictures));
    let photo = photo.map(|key| format!("{}{}", host.public_url, paths::picture(key)));
    let summary = product.map(|product| product.summary).unwrap_or_default();
    let made = make(&host.telegram, invoice(order, &summary), photo).await;
    let link = made.map_err(|error| {
        tracing::warn!(
            error.code = error.code(),
            "no invoice link was made: {error}"
        );
        caller.told(StatusCode::BAD_GATEWAY, "telegram", Remedy::Retry)
    })?;
    let kept = host.shop.keep_invoice_link(order.id, &link).await;
    kept.map_err(|error| caller.store_failed(&error))?;
    Ok(link)
}

/// Makes the link, with a picture if Telegram takes it: a picture must not stop a sale.
async fn make(
    telegram: &Client,
    invoice: NewInvoice,
    photo: Option<String>,
) -> Result<String, ApiError> {
    if let Some(photo) = photo {
        let made = telegram
            .create_invoice_link(&invoice.clone().photo(photo))
            .await;
        match made {
            Err(error) if matches!(error, ApiError::BadRequest { .. }) => {
                tracing::info!(
                    error.code = error.code(),
                    "an invoice goes without its picture: {error}"
                );
            }
            made => return made,
        }
    }
    telegram.create_invoice_link(&invoice).await
}

/// The key of the first picture that an invoice can show: Telegram fetches it by itself and calls
/// it a JPEG whatever it is (tdlib/td, InputInvoice.cpp), which drawings are not.
fn photo(pictures: &[Picture]) -> Option<&str> {
    pictures
        .iter()
        .map(|picture| picture.file.as_str())
        .find(|key| {
            [".jpg", ".jpeg", ".png"]
                .iter()
                .any(|end| key.ends_with(end))
        })
}

/// The order's invoice, described by what its product is in one sentence.
fn invoice(order: &Order, summary: &str) -> NewInvoice {
    // Prices are far below this bound; the client refuses the invoice all the same if one is not.
    let stars = i64::try_from(order.price.0).unwrap_or(i64::MAX);
    let title = truncate(&order.title, INVOICE_TITLE_CHARS);
    // Telegram takes no invoice without a description.
    let description = if summary.trim().is_empty() {
        &order.title
    } else {
        summary
    };
    let description = truncate(description, INVOICE_DESCRIPTION_CHARS);
    let invoice = NewInvoice::new(title, description, order.id.to_string(), stars);
    match order.term {
        Term::Subscription { seconds } => invoice.subscription(seconds),
        Term::Pass { .. } | Term::Forever => invoice,
    }
}

#[cfg(test)]
mod tests {
    use shop::domain::Picture;

    use super::photo;

    fn picture(name: char, end: &str) -> Picture {
        Picture {
            file: format!("{}.{end}", name.to_string().repeat(64))
                .parse()
                .unwrap(),
            alt: String::new(),
        }
    }

    #[test]
    fn an_invoice_shows_the_first_photo() {
        let pictures = [picture('a', "svg"), picture('b', "webp")];
        assert_eq!(photo(&pictures), None);
        let pictures = [
            picture('a', "svg"),
            picture('b', "jpg"),
            picture('c', "png"),
        ];
        assert_eq!(photo(&pictures), Some(pictures[1].file.as_str()));
    }
}
