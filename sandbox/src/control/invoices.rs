//! Invoices as a buyer sees them.

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::error::{Answer, Failure, Problem, Query};
use crate::sandbox::Shared;

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

/// One invoice.
#[utoipa::path(get, path = "/invoices/{slug}",
    params(("slug" = String, Path, description = "What follows `$` in the link"), Buyer),
    responses((status = 200, body = InvoiceView), (status = 404, body = Problem)))]
pub async fn show(
    State(sandbox): State<Shared>,
    Path(slug): Path<String>,
    Query(buyer): Query<Buyer>,
) -> Answer<InvoiceView> {
    let state = sandbox.state();
    let slug = slug.trim_start_matches('$').to_owned();
    let missing = || Failure::not_found("invoice_not_found", "There is no invoice with this slug.");
    let invoice = state.invoices.get(&slug).cloned().ok_or_else(missing)?;
    let balance = state
        .account(buyer.user_id)
        .ok_or_else(Failure::no_user)?
        .stars;
    let bot = state.bots.get(&invoice.bot_id).ok_or_else(missing)?;
    Ok(Json(InvoiceView {
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
    }))
}
