//! Failures of the control interface.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api_error::ApiError;
use crate::community::join::JoinError;
use crate::community::owner::RulingError;
use crate::community::talk::TalkError;
use crate::launch::LaunchError;
use crate::paid_media::BuyError;
use crate::payment::PayError;
use crate::script::ScriptError;
use crate::subscription::SubscriptionError;
use crate::withdrawal::WithdrawalError;

/// What a failed request answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What went wrong.
    pub error: ProblemDetail,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemDetail {
    /// Stable, in snake_case.
    pub code: String,
    /// A sentence for a human.
    pub message: String,
}

/// A failure with its HTTP status.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    code: String,
    message: String,
}

/// A handler's result.
pub type Answer<T> = Result<Json<T>, Failure>;

impl Failure {
    /// 404.
    pub fn not_found(code: &str, message: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            code: code.into(),
            message: message.into(),
        }
    }

    /// 400.
    pub fn bad(code: &str, message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code: code.into(),
            message: message.into(),
        }
    }

    /// 404 for a user.
    #[must_use]
    pub fn no_user() -> Self {
        Self::not_found("user_not_found", "There is no user with this id.")
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let error = ProblemDetail {
            code: self.code,
            message: self.message,
        };
        (self.status, Json(Problem { error })).into_response()
    }
}

/// A bad token, or a refusal of the Bot API.
impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        let status = StatusCode::from_u16(error.code).unwrap_or(StatusCode::BAD_REQUEST);
        let text = error.description.rsplit(": ").next().unwrap_or_default();
        let is_code = text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
        let code = if status == StatusCode::UNAUTHORIZED {
            "token_invalid".to_owned()
        } else if is_code && !text.is_empty() {
            text.to_lowercase()
        } else {
            "refused".to_owned()
        };
        Self {
            status,
            code,
            message: error.description,
        }
    }
}

impl From<LaunchError> for Failure {
    fn from(error: LaunchError) -> Self {
        let message = error.to_string();
        match error {
            LaunchError::UserNotFound => Self::no_user(),
            LaunchError::NoApp => Self::bad("app_url_missing", message),
            LaunchError::BadUrl => Self::bad("app_url_invalid", message),
            LaunchError::BadStartParam => Self::bad("start_param_invalid", message),
        }
    }
}

impl From<PayError> for Failure {
    fn from(error: PayError) -> Self {
        match error {
            PayError::UserNotFound => Self::no_user(),
            PayError::InvoiceNotFound => Self::not_found("invoice_not_found", &error.to_string()),
        }
    }
}

impl From<SubscriptionError> for Failure {
    fn from(error: SubscriptionError) -> Self {
        let message = error.to_string();
        match error {
            SubscriptionError::NotFound => Self::not_found("subscription_not_found", &message),
            SubscriptionError::WrongStanding => Self::bad("standing_invalid", message),
            SubscriptionError::StoppedByBot => Self::bad("stopped_by_bot", message),
            SubscriptionError::BalanceTooLow => Self::bad("balance_too_low", message),
        }
    }
}

impl From<WithdrawalError> for Failure {
    fn from(error: WithdrawalError) -> Self {
        let code = match error {
            WithdrawalError::AmountOutOfBounds => "amount_invalid",
            WithdrawalError::BalanceTooLow => "balance_too_low",
            WithdrawalError::NotPending => "withdrawal_not_pending",
        };
        Self::bad(code, error.to_string())
    }
}

impl From<JoinError> for Failure {
    fn from(error: JoinError) -> Self {
        let code = match error {
            JoinError::LinkExpired => "link_expired",
            JoinError::AlreadyIn => "already_in",
            JoinError::Banned => "banned",
            JoinError::BalanceTooLow => "balance_too_low",
            JoinError::NotIn => "not_in",
        };
        Self::bad(code, error.to_string())
    }
}

impl From<RulingError> for Failure {
    fn from(error: RulingError) -> Self {
        let message = error.to_string();
        match error {
            RulingError::NotFound => Self::not_found("community_not_found", &message),
            RulingError::UserNotFound => Self::no_user(),
            RulingError::NoRequest => Self::bad("request_not_found", message),
            RulingError::WrongPlace => Self::bad("place_invalid", message),
        }
    }
}

impl From<TalkError> for Failure {
    fn from(error: TalkError) -> Self {
        let message = error.to_string();
        match error {
            TalkError::NotFound => Self::not_found("community_not_found", &message),
            TalkError::NotIn => Self::bad("not_in", message),
            TalkError::NotOwner => Self::bad("not_owner", message),
            TalkError::NoMessage => Self::not_found("message_not_found", &message),
        }
    }
}

impl From<BuyError> for Failure {
    fn from(error: BuyError) -> Self {
        let message = error.to_string();
        match error {
            BuyError::NotFound => Self::not_found("paid_media_not_found", &message),
            BuyError::NotIn => Self::bad("not_in", message),
            BuyError::Bought => Self::bad("bought_already", message),
            BuyError::BalanceTooLow => Self::bad("balance_too_low", message),
        }
    }
}

impl From<ScriptError> for Failure {
    fn from(error: ScriptError) -> Self {
        Self::bad(error.code(), error.to_string())
    }
}

impl From<JsonRejection> for Failure {
    fn from(rejection: JsonRejection) -> Self {
        let code = "body_invalid".to_owned();
        Self {
            status: rejection.status(),
            code,
            message: rejection.body_text(),
        }
    }
}

impl From<QueryRejection> for Failure {
    fn from(rejection: QueryRejection) -> Self {
        let code = "query_invalid".to_owned();
        Self {
            status: rejection.status(),
            code,
            message: rejection.body_text(),
        }
    }
}

/// A JSON body whose faults are told in our shape.
#[derive(Debug, FromRequest)]
#[from_request(via(Json), rejection(Failure))]
pub struct Body<T>(pub T);

/// A query whose faults are told in our shape.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Failure))]
pub struct Query<T>(pub T);
