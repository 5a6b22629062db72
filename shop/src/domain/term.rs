//! For how long an offer gives its goods.

use serde::{Deserialize, Serialize};

/// Seconds of a day.
pub const DAY_SECONDS: i64 = 24 * 3600;

/// Telegram's only period of subscriptions outside its test environment: 30 days
/// (Bot API, `createInvoiceLink`, `subscription_period`).
pub const SUBSCRIPTION_SECONDS: i64 = 30 * DAY_SECONDS;

/// For how long an offer gives its goods, as its seller wrote it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OfferTerm {
    /// Bought once, for good.
    #[default]
    Forever,
    /// Bought once, for a time.
    Pass {
        /// So many days.
        days: u32,
    },
    /// Renewed by Telegram until somebody stops it.
    Subscription,
}

impl OfferTerm {
    /// The stable name of its kind, as the database knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Forever => "forever",
            Self::Pass { .. } => "pass",
            Self::Subscription => "subscription",
        }
    }

    /// The days of a pass.
    pub const fn days(self) -> Option<u32> {
        match self {
            Self::Pass { days } => Some(days),
            _ => None,
        }
    }

    /// The term of this name, as stored.
    pub fn named(name: &str, days: Option<u32>) -> Option<Self> {
        Some(match (name, days) {
            ("forever", None) => Self::Forever,
            ("pass", Some(days)) => Self::Pass { days },
            ("subscription", None) => Self::Subscription,
            _ => return None,
        })
    }

    /// The term as a buyer agrees to it, where Telegram renews every so many seconds.
    pub fn agreed(self, subscription_seconds: i64) -> Term {
        match self {
            Self::Forever => Term::Forever,
            Self::Pass { days } => Term::Pass {
                seconds: i64::from(days) * DAY_SECONDS,
            },
            Self::Subscription => Term::Subscription {
                seconds: subscription_seconds,
            },
        }
    }
}

/// For how long a purchase gives its goods.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Term {
    /// For good.
    #[default]
    Forever,
    /// Once, for so many seconds.
    Pass {
        /// How long.
        seconds: i64,
    },
    /// For so many seconds at a time, renewed by Telegram.
    Subscription {
        /// How long a period is.
        seconds: i64,
    },
}

impl Term {
    /// The stable name of its kind, as the database knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Forever => "forever",
            Self::Pass { .. } => "pass",
            Self::Subscription { .. } => "subscription",
        }
    }

    /// The seconds that one payment pays for; nothing where it pays for good.
    pub const fn seconds(self) -> Option<i64> {
        match self {
            Self::Forever => None,
            Self::Pass { seconds } | Self::Subscription { seconds } => Some(seconds),
        }
    }

    /// Whether Telegram charges again by itself.
    pub const fn renews(self) -> bool {
        matches!(self, Self::Subscription { .. })
    }

    /// The term of this name, as stored.
    pub fn named(name: &str, seconds: Option<i64>) -> Option<Self> {
        Some(match (name, seconds) {
            ("forever", None) => Self::Forever,
            ("pass", Some(seconds)) => Self::Pass { seconds },
            ("subscription", Some(seconds)) => Self::Subscription { seconds },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `createInvoiceLink` takes no other number.
    #[test]
    fn telegram_renews_every_2_592_000_seconds() {
        let seconds = 2_592_000;
        let agreed = OfferTerm::Subscription.agreed(SUBSCRIPTION_SECONDS);
        assert_eq!(agreed, Term::Subscription { seconds });
    }

    /// As offered, agreed to and stored: each is read back, and nothing else is.
    #[test]
    fn a_term_is_read_back() {
        let pass = OfferTerm::Pass { days: 30 };
        for (offered, seconds) in [
            (OfferTerm::Forever, None),
            (pass, Some(30 * 86_400)),
            (OfferTerm::Subscription, Some(60)),
        ] {
            assert_eq!(
                OfferTerm::named(offered.as_str(), offered.days()),
                Some(offered)
            );
            let agreed = offered.agreed(60);
            assert_eq!(
                (agreed.as_str(), agreed.seconds()),
                (offered.as_str(), seconds)
            );
            assert_eq!(Term::named(agreed.as_str(), agreed.seconds()), Some(agreed));
            let kind = |json: serde_json::Value| json["kind"] == offered.as_str();
            assert!(kind(serde_json::to_value(offered).unwrap()));
            assert!(kind(serde_json::to_value(agreed).unwrap()));
        }
        assert_eq!(pass.days(), Some(30));
        for wrong in [("forever", Some(1)), ("pass", None), ("rent", Some(1))] {
            assert_eq!(OfferTerm::named(wrong.0, wrong.1), None);
            assert_eq!(Term::named(wrong.0, wrong.1.map(i64::from)), None);
        }
        assert_eq!(Term::named("subscription", None), None);
    }
}
