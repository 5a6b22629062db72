//! What the owners of the shop are told in the chat.

use serde::{Deserialize, Serialize};

use super::{ChargeId, DifferenceCode, Stars, UserId};

/// Something that an owner should know. The words are chosen where it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum Warning {
    /// Refunds wait because the bot has too few Stars.
    BalanceTooLow,
    /// Our books and Telegram's differ.
    BooksDiffer {
        /// In which way.
        difference: DifferenceCode,
    },
    /// Another program with the bot's token took its updates. The shop takes them up again.
    UpdatesTaken,
    /// A purchase was given back by Telegram or a store, not by the shop.
    Chargeback {
        /// The order's title.
        title: String,
        /// How many Stars.
        amount: Stars,
    },
    /// Telegram has not taken a refund for a long time. It is tried on.
    RefundRefused {
        /// The charge that is owed back.
        charge: ChargeId,
        /// Who paid.
        buyer: UserId,
        /// The stable code of Telegram's last answer.
        why: String,
    },
    /// Telegram does not take the word whether it may charge for a subscription again.
    SwitchRefused {
        /// A charge of the subscription.
        charge: ChargeId,
        /// Who pays.
        buyer: UserId,
        /// The order's title, where the charge is ours to keep.
        title: Option<String>,
        /// Whether the word is that it may not.
        stopped: bool,
        /// The stable code of Telegram's answer; nothing where it knows no such subscription.
        why: Option<String>,
    },
}
