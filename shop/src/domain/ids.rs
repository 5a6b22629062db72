//! Names of things. Each is its own type, so that one cannot be passed for another.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A text that is not the id or code it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not a valid {what}")]
pub struct BadId {
    /// The kind of id that was wanted, in words.
    pub what: &'static str,
    /// What was found instead, cut to a readable length.
    pub value: String,
}

/// A Telegram user's id: up to 52 significant bits, positive for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserId(pub i64);

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Makes the id from 128 bits handed in by the caller.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let mut bytes = [0; 16];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| bad($what, text))?;
                // One spelling only: an id is compared as text by others.
                if text.bytes().any(|b| b.is_ascii_uppercase()) {
                    return Err(bad($what, text));
                }
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

random_id! {
    /// An order's id: 128 random bits, written as 32 lower-case hex digits.
    /// It is the whole invoice payload (Telegram allows 1 to 128 bytes there).
    OrderId, "order id"
}
random_id! {
    /// An entitlement's id: 128 random bits in hex.
    EntitlementId, "entitlement id"
}
random_id! {
    /// An outbox row's id: 128 bits in hex.
    EffectId, "effect id"
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:expr, $allowed:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let allowed: fn(char) -> bool = $allowed;
                if text.is_empty() || text.len() > $max || !text.chars().all(allowed) {
                    return Err(bad($what, text));
                }
                Ok(Self(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;

            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> String {
                code.0
            }
        }
    };
}

code! {
    /// A product's code: 1 to 48 of `[A-Za-z0-9_-]`, so that `p_<code>` fits a deep link.
    ProductCode, "product code", 48, |c| c.is_ascii_alphanumeric() || c == '_' || c == '-'
}
code! {
    /// An offer's code within its product: 1 to 32 of `[a-z0-9-]`.
    OfferCode, "offer code", 32, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}
code! {
    /// A category's code: 1 to 32 of `[a-z0-9-]`.
    CategoryCode, "category code", 32, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}
code! {
    /// Telegram's `telegram_payment_charge_id`: opaque, unique for good.
    ChargeId, "charge id", 256, |c| c.is_ascii_graphic()
}
code! {
    /// A stored file's key: SHA-256 of its bytes in hex, a dot, and its extension.
    FileKey, "file key", 96, |c| c.is_ascii_alphanumeric() || c == '.'
}

fn bad(what: &'static str, text: &str) -> BadId {
    BadId {
        what,
        value: text.chars().take(64).collect(),
    }
}
