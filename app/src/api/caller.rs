//! Who calls a server function, and how the shop's refusals are told.

use axum::http::{StatusCode, header, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use shop::{
    OpenOrderError,
    domain::{Refusal, UserId},
    store::StoreError,
};
use words::{Lang, Words};

use super::{ApiError, Remedy};
use crate::{host::Host, page::PageContext};

/// The caller of a server function.
pub(crate) struct Caller {
    page: PageContext,
    token: Option<String>,
    response: Option<ResponseOptions>,
}

impl Caller {
    /// Reads the call from Leptos's context. Must stand before the function's first `await`, and
    /// once: what it holds needs no context any more.
    pub(crate) fn of_call() -> Result<Self, ApiError> {
        let host = use_context::<Host>();
        let parts = use_context::<Parts>();
        let (Some(host), Some(parts)) = (host, parts) else {
            tracing::error!("a server function was mounted without its host");
            return Err(ApiError::new("server", "", Remedy::Retry));
        };
        let bearer = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        Ok(Self {
            page: PageContext::of(host, &parts.uri, &parts.headers),
            token: bearer
                .and_then(|text| text.strip_prefix("Bearer "))
                .map(str::to_owned),
            response: use_context(),
        })
    }

    /// What fragments are drawn with.
    pub(crate) fn page(&self) -> &PageContext {
        &self.page
    }

    /// The shop and its surroundings.
    pub(crate) fn host(&self) -> &Host {
        &self.page.host
    }

    /// The language of the page that calls.
    pub(crate) fn lang(&self) -> Lang {
        self.page.lang
    }

    fn words(&self) -> Words {
        self.page.words()
    }

    /// The buyer whose session came with the call.
    pub(crate) fn buyer(&self) -> Result<UserId, ApiError> {
        let unauthorized = StatusCode::UNAUTHORIZED;
        let Some(token) = &self.token else {
            return Err(self.told(unauthorized, "session_missing", Remedy::OpenInTelegram));
        };
        let checked = self.host().sessions.check(token, self.host().now());
        checked.map_err(|_| self.told(unauthorized, "session_expired", Remedy::Reopen))
    }

    /// An error with the words of its code.
    pub(crate) fn told(&self, status: StatusCode, code: &str, remedy: Remedy) -> ApiError {
        self.fail(
            status,
            ApiError::new(code, self.words().error(code), remedy),
        )
    }

    /// No such order of this buyer.
    pub(crate) fn no_order(&self) -> ApiError {
        self.told(StatusCode::NOT_FOUND, "order_not_found", Remedy::Accept)
    }

    /// No such goods of this buyer.
    pub(crate) fn no_goods(&self) -> ApiError {
        self.told(StatusCode::NOT_FOUND, "goods_not_found", Remedy::Reload)
    }

    /// No such product.
    pub(crate) fn no_product(&self) -> ApiError {
        self.told(StatusCode::NOT_FOUND, "product_not_found", Remedy::Reload)
    }

    /// No such promo code.
    pub(crate) fn no_promo(&self) -> ApiError {
        self.order_not_opened(&Refusal::PromoUnknown.into())
    }

    /// The store failed: logged here by its code, told in general words.
    pub(crate) fn store_failed(&self, error: &StoreError) -> ApiError {
        tracing::error!(
            error.code = error.code(),
            "a server function failed: {error}"
        );
        self.told(StatusCode::SERVICE_UNAVAILABLE, "server", Remedy::Retry)
    }

    /// The shop says no to an order, or cannot tell.
    pub(crate) fn order_not_opened(&self, error: &OpenOrderError) -> ApiError {
        let refusal = match error {
            OpenOrderError::Refused(refusal) => refusal,
            OpenOrderError::Store(error) => return self.store_failed(error),
        };
        let (price, remedy) = match refusal {
            Refusal::PriceChanged { now } => (now.0, Remedy::Reload),
            Refusal::Busy => (0, Remedy::Retry),
            Refusal::SoldOut
            | Refusal::NotForSale
            | Refusal::ShopPaused
            | Refusal::PromoUnknown
            | Refusal::PromoNotYet
            | Refusal::PromoOver
            | Refusal::PromoUsedUp
            | Refusal::PromoNotHere => (0, Remedy::Reload),
            _ => (0, Remedy::Accept),
        };
        let sentence = self.words().refusal(refusal.code(), price);
        self.fail(
            StatusCode::CONFLICT,
            ApiError::new(refusal.code(), sentence, remedy),
        )
    }

    /// Sets the answer's status on the way out: clients go by the body, logs and caches by this.
    fn fail(&self, status: StatusCode, error: ApiError) -> ApiError {
        if let Some(response) = &self.response {
            response.set_status(status);
        }
        error
    }
}
