//! How a purchase is to go.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::update::Delivery;

/// How the purchase is to go. Everything but [`Outcome::Normal`] is a fault that
/// buyers have met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As it should; the same as leaving it out.
    #[default]
    Normal,
    /// The buyer closes the sheet before paying; no charge.
    Cancelled,
    /// A charge, and the client reports `failed`. Source: Telegram-Mini-Apps/issues 58.
    FailedButPaid,
    /// A charge, and the client reports `cancelled`. Source: Telegram-Mini-Apps/issues 58.
    CancelledButPaid,
    /// The client reports `pending`; the charge comes after `delay_ms`.
    Pending,
    /// The client reports `pending` and then `paid`.
    PendingThenPaid,
    /// The client reports `paid` and then `cancelled`. Source:
    /// telegramdesktop/tdesktop 28383, overtake/TelegramSwift 1171.
    PaidThenCancelled,
    /// A charge whose end the Mini App is never told. Source:
    /// telegramdesktop/tdesktop 28383.
    NeverTold,
    /// A charge whose end the Mini App is told twice.
    ToldTwice,
    /// A charge whose `successful_payment` never arrives. Source:
    /// Telegram-Mini-Apps/tma.js 474.
    LostUpdate,
    /// A charge whose `successful_payment` arrives after `delay_ms`.
    Late,
    /// A charge whose `successful_payment` arrives twice.
    DoubleUpdate,
    /// Whatever the bot answers to the pre-checkout query comes too late; no charge.
    AnsweredTooLate,
}

/// How a client saw the purchase end. Source: Mini Apps, `invoice_closed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Paid,
    /// Not done.
    Failed,
    /// Closed by the buyer.
    Cancelled,
    /// Not known yet.
    Pending,
}

impl Status {
    /// The name in `invoice_closed`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Pending => "pending",
        }
    }
}

impl Outcome {
    /// What the client shows after a charge.
    #[must_use]
    pub fn status(self) -> Status {
        match self {
            Self::FailedButPaid => Status::Failed,
            Self::CancelledButPaid => Status::Cancelled,
            Self::Pending => Status::Pending,
            _ => Status::Paid,
        }
    }

    /// The statuses that a Mini App hears in `invoice_closed`, in order, when the
    /// purchase ended with `status`.
    #[must_use]
    pub fn told(self, status: Status) -> Vec<Status> {
        match self {
            Self::NeverTold => Vec::new(),
            Self::ToldTwice => vec![status, status],
            Self::PendingThenPaid if status == Status::Paid => vec![Status::Pending, status],
            Self::PaidThenCancelled if status == Status::Paid => vec![status, Status::Cancelled],
            _ => vec![status],
        }
    }

    /// The way of the `successful_payment`.
    #[must_use]
    pub fn delivery(self, delay_ms: i64) -> Delivery {
        match self {
            Self::LostUpdate => Delivery::Lost,
            Self::Late => Delivery::Late(delay_ms),
            Self::DoubleUpdate => Delivery::Doubled,
            _ => Delivery::Normal,
        }
    }
}
