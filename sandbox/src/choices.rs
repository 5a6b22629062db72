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
    /// Whether a subscription that is paid late keeps its old ends of periods. Nobody says so; by
    /// default a new period begins when it is paid.
    pub late_renewals_keep_rhythm: bool,
    /// Whether paying late is also told as `subscription: active`. The Bot API has that state for
    /// a cancellation that is taken back; by default the payment alone tells it.
    pub late_renewals_say_active: bool,
    /// Whether a renewal that failed is tried once more by itself, a day later. Nobody says when
    /// Telegram does; by default it waits for the buyer.
    pub failed_renewals_retry: bool,
    /// Whether a bot may give back more Stars than it has and owes them then, such as after a
    /// withdrawal. Chargebacks do so; by default a bot may not.
    pub refunds_leave_debts: bool,
    /// Whether a bot may give back what was paid for media. `refundStarPayment` speaks of
    /// successful payments, which these have none of; by default it answers `CHARGE_ID_INVALID`.
    pub paid_media_refund: bool,
}
