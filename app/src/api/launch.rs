//! Trading launch data for a session.

use axum::http::StatusCode;
use shop::domain::{Buyer, UserId};
use telegram::init_data::{InitData, InitDataError, check_hmac};

use super::{ApiError, Remedy, Session, caller::Caller};

/// Checks the launch data, remembers its buyer and hands out a session.
pub(super) async fn trade(init_data: &str) -> Result<Session, ApiError> {
    let caller = Caller::of_call()?;
    let host = caller.host();
    let now = host.now();
    let data = check_hmac(init_data, &host.token, now.0, &host.init_data_ages)
        .and_then(|checked| checked.parse())
        .map_err(|error| refused(&caller, &error))?;
    let buyer = buyer_of(&data, now, caller.lang().tag());
    // Launches without a user exist (channel posts); nobody can buy from them.
    let Some(buyer) = buyer else {
        return Err(refused(&caller, &InitDataError::Empty));
    };
    let remembered = host.shop.remember_buyer(&buyer).await;
    remembered.map_err(|error| caller.store_failed(&error))?;
    let issued = host.sessions.issue(buyer.id, now);
    Ok(Session {
        token: issued.token,
        expires_at: issued.expires_at.0,
    })
}

fn buyer_of(data: &InitData, now: shop::domain::UnixSeconds, page: &str) -> Option<Buyer> {
    let user = data.user.as_ref()?;
    Some(Buyer {
        id: UserId(user.id),
        first_name: user.first_name.clone(),
        language: user
            .language_code
            .clone()
            .unwrap_or_else(|| page.to_owned()),
        can_write: user.allows_write_to_pm,
        seen_at: now,
    })
}

fn refused(caller: &Caller, error: &InitDataError) -> ApiError {
    // The code alone: launch data is a credential, and its fields are personal.
    tracing::info!(error.code = error.code(), "launch data was refused");
    let remedy = match error {
        InitDataError::Empty => Remedy::OpenInTelegram,
        _ => Remedy::Reopen,
    };
    caller.told(StatusCode::UNAUTHORIZED, error.code(), remedy)
}
