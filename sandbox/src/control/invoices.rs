//! Invoices as a buyer sees them.

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::error::{Answer, Body, Failure, Problem, Query};
use crate::sandbox::Shared;
use crate::state::State as Memory;

/// Who looks.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Buyer {
    /// The buyer, to show their balance.
    pub user_id: i64,
}

/// The bot that sells.
#[derive(Debug, Serialize, ToSchema)]
pub struct Seller {
    /// User id of the bot.
    pub id: i64,
    /// Name after `@`.
    pub username: String,
    /// Name.
    pub first_name: String,
}

/// What a payment sheet shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceView {
    /// The invoice's name in links.
    pub slug: String,
    /// Name of the thing.
    pub title: String,
    /// What it is.
    pub description: String,
    /// Picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo_url: Option<String>,
    /// Whole Stars.
    pub amount: i64,
    /// Seconds of a subscription's period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription_period: Option<i64>,
    /// The seller.
    pub bot: Seller,
    /// Stars that the buyer has.
    pub balance: i64,
}

/// A buyer opens the payment sheet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormRequest {
    /// What follows `$` in the invoice's link; the whole link works too.
    pub slug: String,
    /// The buyer.
    pub user_id: i64,
}

/// A form, good for one payment within ten minutes.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormView {
    /// For `POST /api/pay`.
    pub form_id: String,
    /// Not good any more from then on, seconds since 1970.
    pub expires: i64,
    /// What the sheet shows.
    pub invoice: InvoiceView,
}

/// One invoice.
#[utoipa::path(get, path = "/invoices/{slug}",
    params(("slug" = String, Path, description = "What follows `$` in the link"), Buyer),
    responses((status = 200, body = InvoiceView), (status = 404, body = Problem)))]
pub async fn show(
    State(sandbox): State<Shared>,
    Path(slug): Path<String>,
    Query(buyer): Query<Buyer>,
) -> Answer<InvoiceView> {
    let slug = slug.trim_start_matches('$').to_owned();
    Ok(Json(view(&sandbox.state(), slug, buyer.user_id)?))
}

/// Opens a payment form, as a client does for the sheet.
#[utoipa::path(post, path = "/forms", request_body = FormRequest,
    responses((status = 200, body = FormView), (status = 404, body = Problem)))]
pub async fn open_form(
    State(sandbox): State<Shared>,
    Body(request): Body<FormRequest>,
) -> Answer<FormView> {
    let slug = request.slug.rsplit(['$', '/']).next().unwrap_or_default();
    let mut state = sandbox.state();
    let invoice = view(&state, slug.to_owned(), request.user_id)?;
    let (form_id, expires) = state.open_form(slug, request.user_id);
    Ok(Json(FormView {
        form_id: form_id.to_string(),
        expires,
        invoice,
    }))
}

fn view(state: &Memory, slug: String, user_id: i64) -> Result<InvoiceView, Failure> {
    let missing = || Failure::not_found("invoice_not_found", "There is no invoice with this slug.");
    let invoice = state.invoices.get(&slug).cloned().ok_or_else(missing)?;
    let balance = state.account(user_id).ok_or_else(Failure::no_user)?.stars;
    let bot = state.bots.get(&invoice.bot_id).ok_or_else(missing)?;
    Ok(InvoiceView {
        slug,
        title: invoice.title,
        description: invoice.description,
        photo_url: invoice.photo_url,
        amount: invoice.amount,
        subscription_period: invoice.subscription_period,
        bot: Seller {
            id: bot.id(),
            username: bot.profile.username.clone(),
            first_name: bot.profile.name("").to_owned(),
        },
        balance,
    })
}
