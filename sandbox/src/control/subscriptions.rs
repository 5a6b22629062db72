//! Subscriptions as their buyers manage them.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::error::{Answer, Body, Failure, Problem, Query};
use crate::community::Community;
use crate::community::month::Month;
use crate::limits::SUBSCRIPTION_PERIOD;
use crate::sandbox::Shared;
use crate::state::World;
use crate::subscription::{Action, Standing, Subscription};
use crate::token::Token;

/// Whose subscriptions.
#[derive(Debug, Deserialize, IntoParams)]
pub struct OfBuyer {
    /// The bot's token.
    pub token: String,
    /// Only this buyer's.
    pub user_id: Option<i64>,
}

/// A subscription.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubscriptionView {
    /// Charge id of the first payment; names the subscription.
    pub charge_id: String,
    /// The buyer.
    pub user_id: i64,
    /// The invoice's title.
    pub title: String,
    /// The invoice's payload.
    pub payload: String,
    /// Stars of each period.
    pub amount: i64,
    /// Seconds of a period.
    pub period: i64,
    /// Paid until, seconds since 1970.
    pub paid_until: i64,
    /// Whether it goes on.
    pub standing: Standing,
    /// Its payments, oldest first.
    pub charges: Vec<String>,
    /// Whether the next renewal is set to fail.
    pub fails_next: bool,
    /// The channel, of memberships that are paid each month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<i64>,
}

impl SubscriptionView {
    fn new(charge_id: &str, found: &Subscription) -> Self {
        Self {
            charge_id: charge_id.to_owned(),
            user_id: found.user_id,
            title: found.invoice.title.clone(),
            payload: found.invoice.payload.clone(),
            amount: found.invoice.amount,
            period: found.invoice.subscription_period.unwrap_or_default(),
            paid_until: found.paid_until,
            standing: found.standing,
            charges: found.charges.clone(),
            fails_next: found.fails_next,
            chat_id: None,
        }
    }

    fn of_channel(channel: &Community, user_id: i64, month: &Month) -> Self {
        Self {
            charge_id: month.id.clone(),
            user_id,
            title: channel.title.clone(),
            payload: String::new(),
            amount: month.price,
            period: SUBSCRIPTION_PERIOD,
            paid_until: month.until,
            standing: month.standing,
            charges: month.charges.clone(),
            fails_next: month.fails_next,
            chat_id: Some(channel.id),
        }
    }
}

/// What a buyer does.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The bot's token.
    pub token: String,
    /// Charge id of the first payment.
    pub charge_id: String,
    /// What to do.
    pub action: Action,
}

/// The subscriptions to a bot and to its channels, by the charge id of their first payment.
#[utoipa::path(get, path = "/subscriptions", params(OfBuyer),
    responses((status = 200, body = [SubscriptionView]), (status = 401, body = Problem)))]
pub async fn list(
    State(sandbox): State<Shared>,
    Query(of): Query<OfBuyer>,
) -> Answer<Vec<SubscriptionView>> {
    let token = Token::parse(&of.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let theirs = state.subscriptions.iter().filter(|(_, found)| {
        found.invoice.bot_id == bot_id && of.user_id.is_none_or(|only| only == found.user_id)
    });
    let views = theirs.map(|(id, found)| SubscriptionView::new(id, found));
    let months = of_channels(&state, bot_id);
    let months = months.filter(|view| of.user_id.is_none_or(|only| only == view.user_id));
    Ok(Json(views.chain(months).collect()))
}

/// The paid memberships in a bot's channels.
fn of_channels(state: &World, bot_id: i64) -> impl Iterator<Item = SubscriptionView> {
    let channels = state.communities.values();
    let channels = channels.filter(move |channel| channel.bot_id == bot_id);
    channels.flat_map(|channel| {
        let months = channel.months.iter();
        months.map(|(user_id, month)| SubscriptionView::of_channel(channel, *user_id, month))
    })
}

/// The buyer cancels a subscription, takes that back, or pays for one that failed to
/// renew; or its next renewal is set to fail. The bot is told as Telegram tells it.
#[utoipa::path(post, path = "/subscriptions", request_body = Wanted,
    responses((status = 200, body = SubscriptionView), (status = 400, body = Problem),
              (status = 404, body = Problem)))]
pub async fn act(
    State(sandbox): State<Shared>,
    Body(wanted): Body<Wanted>,
) -> Answer<SubscriptionView> {
    let token = Token::parse(&wanted.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    state.act_on_subscription(bot_id, &wanted.charge_id, wanted.action)?;
    let found = state.subscriptions.get(&wanted.charge_id);
    let found = found.map(|found| SubscriptionView::new(&wanted.charge_id, found));
    let mut months = of_channels(&state, bot_id);
    found
        .or_else(|| months.find(|view| view.charge_id == wanted.charge_id))
        .map(Json)
        .ok_or_else(|| Failure::not_found("subscription_not_found", "It is gone."))
}
