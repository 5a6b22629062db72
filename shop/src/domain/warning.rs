//! What the owners of the shop are told in the chat.

use serde::{Deserialize, Serialize};

use super::{ChargeId, DifferenceCode, OrderId, Stars, UserId};

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
        /// Whether what else was paid for it still gives its goods.
        #[serde(default)]
        goods_stay: bool,
        /// Which it was; nothing in a warning of a version that did not say.
        #[serde(default)]
        purchase: Option<Purchase>,
    },
    /// Updates, or deliveries of what was paid for, were put aside and wait for a person.
    PutAside {
        /// How many updates.
        updates: u64,
        /// How many effects.
        effects: u64,
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

/// What was bought, by whom, and the payment of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// The charge.
    pub charge: ChargeId,
    /// The order that it paid for.
    pub order: OrderId,
    /// Who has lost the goods.
    pub buyer: UserId,
}
