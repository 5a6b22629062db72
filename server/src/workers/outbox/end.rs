//! How a try of an effect ends.

use shop::{
    OutboxItem, RefusedSwitch,
    domain::{ChargeId, Effect, UnixSeconds, UserId},
    store::StoreError,
};
use telegram::ApiError;

use super::super::{backoff::next_try, reconcile::ReconcileError};
use crate::{bot::parcel::ParcelError, clock::now, limits::EFFECT_TRIES};

/// How a try of an effect ended.
pub(super) enum End {
    /// Done, or not owed any more.
    Done,
    /// The bot may not write to this buyer. The goods are in the library, and what was not sent
    /// is owed again as soon as the buyer lets the bot write.
    Unreachable(UserId),
    /// Not now: again at this time.
    Again(UnixSeconds, &'static str),
    /// Telegram asks to wait until this time, which says nothing against the effect.
    Later(UnixSeconds),
    /// Telegram knows nothing that it could be done to, which no later try would change: the owners
    /// are told.
    Unknown,
    /// Never by itself.
    Dead(&'static str),
}

impl End {
    /// The word for it in metrics.
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Unreachable(_) => "unreachable",
            Self::Again(..) => "again",
            Self::Later(_) => "later",
            Self::Unknown => "unknown",
            Self::Dead(_) => "dead",
        }
    }
}

/// Why an effect could not be done now.
#[derive(Debug, thiserror::Error)]
pub(super) enum EffectError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("Telegram did not take it: {error}")]
    Telegram { error: ApiError, buyer: UserId },
    #[error("a file that was sold is not in the folder of files")]
    FileGone,
    #[error("Telegram calls the charge refunded, and its ledger holds no refund")]
    NotInLedger,
    #[error("Telegram's ledger cannot be read now")]
    NoLedger,
    #[error("the work panicked")]
    Panicked,
    #[error("Telegram's ledger must not be asked for another {seconds} s")]
    LedgerHeld { seconds: u64 },
    #[error("it took too long")]
    TooLong,
    #[error("Telegram knows no subscription by any charge that may have begun it")]
    NoSubscription,
}

impl From<ReconcileError> for EffectError {
    fn from(error: ReconcileError) -> Self {
        match error {
            ReconcileError::Store(error) => Self::Store(error),
            ReconcileError::Telegram(ApiError::RetryAfter { seconds }) => {
                Self::LedgerHeld { seconds }
            }
            // The ledger could not be asked: nobody can say yet.
            ReconcileError::Telegram(_) | ReconcileError::UnderWay => Self::NoLedger,
        }
    }
}

impl EffectError {
    pub(super) fn parcel(error: ParcelError, buyer: UserId) -> Self {
        match error {
            ParcelError::Store(error) => Self::Store(error),
            ParcelError::Telegram(error) => Self::Telegram { error, buyer },
            ParcelError::FileGone => Self::FileGone,
        }
    }
}

/// The code of a refund that waits for Stars.
const TOO_POOR: &str = "balance_too_low";

/// Whether a refund failed because the bot has too few Stars.
pub(super) fn is_too_poor(error: &ApiError) -> bool {
    matches!(error, ApiError::BadRequest { description } if description.contains("BALANCE_TOO_LOW"))
}

/// What becomes of an effect that could not be done now.
pub(super) fn after_failure(item: &OutboxItem, failure: &EffectError) -> End {
    // Both are money: a refund is owed until it is done, and a word about charging again is put
    // aside only where Telegram refuses it for good, which the owners are told.
    let is_refund = matches!(item.effect, Effect::Refund { .. });
    let is_money = is_refund || matches!(item.effect, Effect::SwitchRenewal { .. });
    let code = match failure {
        EffectError::Store(error) => error.code(),
        EffectError::FileGone => "file_gone",
        EffectError::NotInLedger => "refund_not_in_ledger",
        EffectError::NoLedger => "ledger_not_read",
        EffectError::Panicked => "panic",
        EffectError::TooLong => "too_long",
        EffectError::LedgerHeld { seconds } => return End::Later(after(*seconds)),
        EffectError::NoSubscription => return End::Unknown,
        EffectError::Telegram { error, buyer } => {
            if let ApiError::RetryAfter { seconds } = error {
                return End::Later(after(*seconds));
            }
            if is_too_poor(error) {
                return End::Again(next_try(now(), item.tries), TOO_POOR);
            }
            if error.is_unreachable() && !is_money {
                return End::Unreachable(*buyer);
            }
            // What is wrong with the way to Telegram says nothing about the effect.
            let may_pass = error.is_transient() || error.is_of_the_way();
            if !may_pass && !is_refund {
                return End::Dead(error.code());
            }
            error.code()
        }
    };
    if item.tries >= EFFECT_TRIES && !is_money {
        return End::Dead(code);
    }
    End::Again(next_try(now(), item.tries), code)
}

fn after(seconds: u64) -> UnixSeconds {
    now().plus(i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// What the owners are to be told about money that Telegram does not move as we say.
pub(super) enum Trouble<'a> {
    /// The word whether a buyer may be charged again: Telegram knows no such subscription, refuses
    /// for good, or has been asked for a day.
    Switch(RefusedSwitch<'a>),
    /// A refund: it has been asked for a day.
    Refund {
        charge: &'a ChargeId,
        buyer: UserId,
        why: &'static str,
    },
}

/// What the owners are to be told about the end of a try, if anything.
pub(super) fn troubles_owners<'a>(item: &'a OutboxItem, end: &End) -> Option<Trouble<'a>> {
    // Each try after so many says so again, for the reason may be another one by then: of the same
    // charge, or the same row, they are told once.
    let is_long = item.tries >= EFFECT_TRIES;
    match (&item.effect, end) {
        // Of a balance that is too low they are told at once.
        (Effect::Refund { charge, buyer }, End::Again(_, why)) if is_long && *why != TOO_POOR => {
            let buyer = *buyer;
            Some(Trouble::Refund { charge, buyer, why })
        }
        (
            Effect::SwitchRenewal {
                charge,
                buyer,
                order,
            },
            _,
        ) => {
            let why = match end {
                End::Unknown => None,
                End::Dead(why) => Some(*why),
                End::Again(_, why) if is_long => Some(*why),
                _ => return None,
            };
            Some(Trouble::Switch(RefusedSwitch {
                row: item.id,
                charge,
                buyer: *buyer,
                order: *order,
                why,
            }))
        }
        _ => None,
    }
}

pub(super) fn log(item: &OutboxItem, kind: &'static str, end: &End) {
    match end {
        End::Done => tracing::debug!(effect.kind = kind, "an effect was done"),
        End::Unreachable(_) => {
            tracing::info!(effect.kind = kind, "the bot may not write to a buyer");
        }
        // Telegram's own word is in the log once, and not for each that waits.
        End::Later(_) => tracing::debug!(effect.kind = kind, "an effect waits for Telegram"),
        End::Again(_, why) => {
            let tries = item.tries;
            tracing::warn!(
                effect.kind = kind,
                error.code = why,
                tries,
                "an effect is tried again later"
            );
        }
        End::Unknown => {
            tracing::warn!(row = %item.id, effect.kind = kind, "Telegram knows no such subscription");
        }
        End::Dead(why) => {
            tracing::error!(row = %item.id, effect.kind = kind, error.code = why, "an effect was put aside for a person");
        }
    }
}

pub(super) fn kind(effect: &Effect) -> &'static str {
    match effect {
        Effect::Deliver { .. } => "deliver",
        Effect::Refund { .. } => "refund",
        Effect::SwitchRenewal { .. } => "switch_renewal",
        Effect::Tell { .. } => "tell",
        Effect::Warn { .. } => "warn",
    }
}

#[cfg(test)]
mod tests {
    use shop::{
        Lease,
        domain::{EffectId, EntitlementId},
    };

    use super::*;

    fn item(tries: u32) -> OutboxItem {
        let effect = Effect::SwitchRenewal {
            charge: "c1".parse().unwrap(),
            buyer: UserId(7),
            order: None,
        };
        let id = EffectId::from_bytes([1; 16]);
        let lease = Lease::new(id, UnixSeconds(0));
        OutboxItem {
            id,
            lease,
            effect,
            tries,
        }
    }

    fn refused(error: ApiError) -> EffectError {
        let buyer = UserId(7);
        EffectError::Telegram { error, buyer }
    }

    #[test]
    fn a_word_about_charging_is_never_lost_in_silence() {
        let blocked = || ApiError::Blocked {
            description: String::new(),
        };
        let forbidden = ApiError::Forbidden {
            description: String::new(),
        };
        for error in [blocked(), ApiError::ChatNotFound, forbidden] {
            let item = item(0);
            let end = after_failure(&item, &refused(error));
            assert!(matches!(end, End::Dead(_)), "{}", end.word());
            assert!(troubles_owners(&item, &end).is_some());
        }
        let unknown = after_failure(&item(0), &EffectError::NoSubscription);
        assert!(matches!(unknown, End::Unknown), "{}", unknown.word());
        assert!(troubles_owners(&item(0), &unknown).is_some());
        for tries in 0..=2 * EFFECT_TRIES {
            let item = item(tries);
            let end = after_failure(&item, &refused(ApiError::Timeout));
            assert!(matches!(end, End::Again(_, "timeout")), "{}", end.word());
            let told = troubles_owners(&item, &end);
            assert_eq!(told.is_some(), tries >= EFFECT_TRIES);
            if let Some(told) = told {
                assert!(matches!(told, Trouble::Switch(refused) if refused.row == item.id));
            }
        }
    }

    fn of(effect: Effect, tries: u32) -> OutboxItem {
        OutboxItem {
            effect,
            ..item(tries)
        }
    }

    #[test]
    fn a_wait_says_nothing_against_an_effect() {
        let wait = || ApiError::RetryAfter { seconds: 30 };
        let ledger = EffectError::from(ReconcileError::Telegram(wait()));
        for failure in [refused(wait()), ledger] {
            for tries in [0, EFFECT_TRIES] {
                let item = item(tries);
                let (before, end) = (now(), after_failure(&item, &failure));
                let End::Later(at) = end else {
                    panic!("{}", end.word());
                };
                assert!(at >= before.plus(30));
                assert!(troubles_owners(&item, &end).is_none());
            }
        }
    }

    #[test]
    fn a_closed_way_to_telegram_puts_nothing_aside() {
        let entitlement = EntitlementId::from_bytes([2; 16]);
        for error in [
            ApiError::Unauthorized,
            ApiError::NotTelegram { status: 200 },
            ApiError::Conflict {
                description: String::new(),
            },
            ApiError::NotFound {
                description: String::new(),
            },
        ] {
            let goods = of(Effect::Deliver { entitlement }, 0);
            let end = after_failure(&goods, &refused(error));
            assert!(matches!(end, End::Again(..)), "{}", end.word());
        }
    }

    #[test]
    fn goods_that_panic_are_put_off_and_at_last_aside() {
        let entitlement = EntitlementId::from_bytes([2; 16]);
        let end = |tries| {
            let goods = of(Effect::Deliver { entitlement }, tries);
            after_failure(&goods, &EffectError::Panicked)
        };
        assert!(matches!(end(0), End::Again(_, "panic")));
        assert!(matches!(end(EFFECT_TRIES), End::Dead("panic")));
    }

    /// From a day on each try that is refused tells the owners the same, which they hear once, also
    /// where Stars were what was missing when that day was over.
    #[test]
    fn a_refund_that_is_refused_for_long_is_told_once() {
        let refund = |tries| {
            let (charge, buyer) = ("c1".parse().unwrap(), UserId(7));
            of(Effect::Refund { charge, buyer }, tries)
        };
        let bad = |description: &str| {
            refused(ApiError::BadRequest {
                description: description.to_owned(),
            })
        };
        // What is told is kept by the charge.
        let told = |tries, description: &str| {
            let item = refund(tries);
            let end = after_failure(&item, &bad(description));
            assert!(matches!(end, End::Again(..)), "{}", end.word());
            match troubles_owners(&item, &end)? {
                Trouble::Refund { charge, buyer, .. } => Some((charge.clone(), buyer)),
                Trouble::Switch(_) => panic!("a refund switches nothing"),
            }
        };
        let charge: ChargeId = "c1".parse().unwrap();
        for tries in 0..=2 * EFFECT_TRIES {
            assert_eq!(told(tries, "BALANCE_TOO_LOW"), None, "{tries}");
            let wanted = (tries >= EFFECT_TRIES).then(|| (charge.clone(), UserId(7)));
            assert_eq!(told(tries, "CHARGE_ID_INVALID"), wanted, "{tries}");
        }
    }
}
