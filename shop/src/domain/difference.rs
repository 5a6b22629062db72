//! Where our books and Telegram's differ and nothing explains it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{EffectId, UnixSeconds};

/// In which way the books differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceCode {
    /// Telegram's row is of another amount than the charge we booked.
    AmountDiffers,
    /// Telegram's row names another buyer than the charge we booked.
    BuyerDiffers,
    /// We booked a charge that Telegram's ledger does not hold.
    ChargeNotInTelegram,
    /// We booked a refund that Telegram's ledger does not hold.
    RefundNotInTelegram,
    /// Telegram's ledger holds a row that cannot be made sense of.
    RowNotUnderstood,
    /// Telegram's ledger holds a row that could not be worked: it is tried again by each look.
    RowNotWorked,
    /// The bot's balance is not what our books say.
    BalanceDiffers,
    /// What another version found, which knew more.
    Unknown,
}

impl DifferenceCode {
    /// All that this version finds.
    pub const ALL: [Self; 7] = [
        Self::AmountDiffers,
        Self::BuyerDiffers,
        Self::ChargeNotInTelegram,
        Self::RefundNotInTelegram,
        Self::RowNotUnderstood,
        Self::RowNotWorked,
        Self::BalanceDiffers,
    ];

    /// The stable name, as the database, logs and metrics know it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AmountDiffers => "amount_differs",
            Self::BuyerDiffers => "buyer_differs",
            Self::ChargeNotInTelegram => "charge_not_in_telegram",
            Self::RefundNotInTelegram => "refund_not_in_telegram",
            Self::RowNotUnderstood => "row_not_understood",
            Self::RowNotWorked => "row_not_worked",
            Self::BalanceDiffers => "balance_differs",
            Self::Unknown => "unknown",
        }
    }
}

impl std::fmt::Display for DifferenceCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::AmountDiffers => "Telegram has another amount than we booked",
            Self::BuyerDiffers => "Telegram names another buyer than we booked",
            Self::ChargeNotInTelegram => "we booked a payment that Telegram does not have",
            Self::RefundNotInTelegram => "we booked a refund that Telegram does not have",
            Self::RowNotUnderstood => "Telegram has a row that this version does not understand",
            Self::RowNotWorked => "Telegram has a row that could not be booked yet",
            Self::BalanceDiffers => "the bot's balance is not what our books say",
            Self::Unknown => "something that this version does not know, found by another",
        })
    }
}

/// A difference with what either side says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// In which way.
    pub code: DifferenceCode,
    /// What it is about: a row's key, a charge, the balance.
    pub subject: String,
    /// What our books hold.
    pub ours: Value,
    /// What Telegram's hold.
    pub theirs: Value,
}

/// A difference that nobody has looked into yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its row, to accept it by.
    pub id: EffectId,
    /// What was found.
    pub finding: Finding,
    /// When it was found.
    pub found_at: UnixSeconds,
}
