//! Who asks: short-lived proofs that the server hands out and knows again without keeping them.
//!
//! Three kinds, each with its own purpose in the seal so that one never passes for another:
//! a session token (header of each server function), a ticket (one order's event stream, whose
//! address can carry no header) and a download link (one file).

mod seal;

use shop::domain::{EntitlementId, OrderId, UnixSeconds, UserId};

use self::seal::Seal;
use crate::limits::{DOWNLOAD_SECONDS, TICKET_SECONDS};

/// Why a session token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// It was good once.
    #[error("the session has ended")]
    Expired,
    /// This shop never made it.
    #[error("the session token is not from this shop")]
    Forged,
}

impl SessionError {
    /// The stable code for logs and clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "session_expired",
            Self::Forged => "session_forged",
        }
    }
}

/// A session as handed to its buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The token, for the `Authorization: Bearer` header.
    pub token: String,
    /// Until when it is good.
    pub expires_at: UnixSeconds,
}

/// Makes and checks the three kinds of proof. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Sessions {
    seal: Seal,
    life_seconds: i64,
}

impl Sessions {
    /// With the shop's own secret and the life of a session in seconds.
    pub fn new(secret: [u8; 32], life_seconds: u32) -> Self {
        Self {
            seal: Seal::new(secret),
            life_seconds: life_seconds.into(),
        }
    }

    /// A session for a buyer whose launch data was checked just now.
    pub fn issue(&self, buyer: UserId, now: UnixSeconds) -> Issued {
        let expires_at = now.plus(self.life_seconds);
        let claim = format!("{buyer}.{}", expires_at.0);
        let mac = self.seal.of("session", &claim);
        Issued {
            token: format!("{claim}.{mac}"),
            expires_at,
        }
    }

    /// Whose session this is.
    ///
    /// # Errors
    /// [`SessionError::Forged`] for what this shop did not make, [`SessionError::Expired`] for what
    /// it made too long ago.
    pub fn check(&self, token: &str, now: UnixSeconds) -> Result<UserId, SessionError> {
        let (claim, mac) = token.rsplit_once('.').ok_or(SessionError::Forged)?;
        if !self.seal.holds("session", claim, mac) {
            return Err(SessionError::Forged);
        }
        let (buyer, expires) = claim.split_once('.').ok_or(SessionError::Forged)?;
        let buyer = buyer.parse().map_err(|_| SessionError::Forged)?;
        let expires: i64 = expires.parse().map_err(|_| SessionError::Forged)?;
        if expires <= now.0 {
            return Err(SessionError::Expired);
        }
        Ok(UserId(buyer))
    }

    /// A ticket for the event stream of one order.
    pub fn ticket(&self, order: OrderId, now: UnixSeconds) -> String {
        let expires = now.plus(TICKET_SECONDS).0;
        let mac = self.seal.of("ticket", &format!("{order}.{expires}"));
        format!("{expires}.{mac}")
    }

    /// Whether a ticket opens the event stream of this order now.
    pub fn check_ticket(&self, ticket: &str, order: OrderId, now: UnixSeconds) -> bool {
        let Some((expires, mac)) = ticket.split_once('.') else {
            return false;
        };
        self.seal
            .holds("ticket", &format!("{order}.{expires}"), mac)
            && expires.parse::<i64>().is_ok_and(|at| at > now.0)
    }

    /// The path of a download: `/files/{entitlement}/{expires}/{mac}/{name}`. The name is for the
    /// eye alone; the server sends the stored one.
    pub fn download_path(
        &self,
        entitlement: EntitlementId,
        name: &str,
        now: UnixSeconds,
    ) -> String {
        let expires = now.plus(DOWNLOAD_SECONDS).0;
        let mac = self
            .seal
            .of("download", &format!("{entitlement}.{expires}"));
        format!("/files/{entitlement}/{expires}/{mac}/{}", plain_name(name))
    }

    /// Whether a download link is good now.
    pub fn check_download(
        &self,
        entitlement: EntitlementId,
        expires: i64,
        mac: &str,
        now: UnixSeconds,
    ) -> bool {
        self.seal
            .holds("download", &format!("{entitlement}.{expires}"), mac)
            && expires > now.0
    }
}

/// A file name that needs no escaping in a path.
fn plain_name(name: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let plain: String = name
        .chars()
        .map(|c| if keep(c) { c } else { '_' })
        .collect();
    // A segment of dots alone would be a step up the path.
    if plain.trim_matches('.').is_empty() {
        return "file".to_owned();
    }
    plain
}

#[cfg(test)]
mod tests;
