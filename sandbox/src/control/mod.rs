//! `/api`: the sandbox's own interface, for tests and for the client window.
//! Each handler carries its OpenAPI description; `/api/openapi.json` collects them.

pub mod access;
pub mod bots;
pub mod calls;
pub mod chats;
pub mod clock;
pub mod communities;
pub mod contacts;
pub mod error;
pub mod events;
pub mod faults;
pub mod files;
pub mod invoices;
pub mod launch;
pub mod ledger;
pub mod members;
pub mod messages;
pub mod paid_media;
pub mod pay;
pub mod prepared;
pub mod refunds;
pub mod scripts;
pub mod sharing;
pub mod stars;
pub mod subscriptions;
pub mod users;

use axum::routing::get;
use axum::{Json, Router};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::sandbox::Shared;

/// What the OpenAPI description says of the whole.
#[derive(OpenApi)]
#[openapi(info(
    title = "Starfront sandbox",
    description = "Control interface of the stand-in for Telegram: users, launches, payments, \
                   faults, time. Errors are {\"error\": {\"code\", \"message\"}}."
))]
struct Description;

/// All routes, described.
fn described() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(users::list, users::create))
        .routes(routes!(users::show, users::change))
        .routes(routes!(users::top_up))
        .routes(routes!(bots::list))
        .routes(routes!(bots::set_privacy))
        .routes(routes!(bots::set_username))
        .routes(routes!(launch::launch))
        .routes(routes!(launch::prolong))
        .routes(routes!(launch::keys))
        .routes(routes!(launch::custom_method))
        .routes(routes!(invoices::show))
        .routes(routes!(invoices::open_form))
        .routes(routes!(pay::pay))
        .routes(routes!(paid_media::buy))
        .routes(routes!(refunds::create))
        .routes(routes!(ledger::show, stars::book))
        .routes(routes!(subscriptions::list, subscriptions::act))
        .routes(routes!(stars::refer))
        .routes(routes!(stars::withdraw, stars::end_withdrawal))
        .routes(routes!(scripts::play))
        .routes(routes!(scripts::update))
        .routes(routes!(scripts::choices, scripts::choose))
        .routes(routes!(chats::show))
        .routes(routes!(members::list, communities::found))
        .routes(routes!(members::rule))
        .routes(routes!(communities::join))
        .routes(routes!(communities::leave))
        .routes(routes!(communities::place_bot))
        .routes(routes!(messages::create))
        .routes(routes!(messages::press))
        .routes(routes!(messages::send_data))
        .routes(routes!(access::write_access))
        .routes(routes!(access::block))
        .routes(routes!(contacts::share))
        .routes(routes!(clock::show))
        .routes(routes!(clock::advance))
        .routes(routes!(faults::show, faults::replace))
        .routes(routes!(calls::list))
        .routes(routes!(events::stream))
        .routes(routes!(files::show))
        .routes(routes!(prepared::show, sharing::share))
}

/// The router below `/api`.
pub fn router() -> Router<Shared> {
    let (router, mut description) = described().split_for_parts();
    let paths = std::mem::take(&mut description.paths.paths);
    description.paths.paths = paths
        .into_iter()
        .map(|(path, item)| (format!("/api{path}"), item))
        .collect();
    router
        .route("/openapi.json", get(async || Json(description)))
        .fallback(async || error::Failure::not_found("route_not_found", "There is nothing here."))
}
