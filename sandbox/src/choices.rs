//! Where Telegram's behaviour is not known: what the sandbox does instead, and how to
//! have it the other way.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Answers to questions that no public source answers. An empty object is what the
/// sandbox holds most likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// Whether a renewal asks a `pre_checkout_query` first, and fails without a yes.
    /// Neither the Bot API nor any report says so; by default it does not.
    pub renewals_ask: bool,
    /// Whether giving back a subscription's payment also ends its renewal. The Bot API
    /// has an own method for that, so by default it does not.
    pub refunds_cancel: bool,
    /// Whether giving back a renewal answers `CHARGE_ALREADY_REFUNDED` although the Stars went
    /// back. Sellers have seen it (tdlib/telegram-bot-api issue 690); by default it answers true.
    pub renewal_refunds_complain: bool,
    /// Whether a paid invoice lets the bot write to a buyer who never started it. Nobody says
    /// so; by default it does not.
    pub payments_let_write: bool,
    /// Whether the Stars of a failed withdrawal come back in a row with an id of its own. The
    /// Bot API has a row for it and is silent about its id; by default it is the withdrawal's.
    pub failed_withdrawals_have_own_id: bool,
}
