//! Where Telegram's behaviour is not known: what the sandbox does instead, and how to
//! have it the other way. A test holds the list against the docs and the desk.

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
    /// Whether the `refunded_payment` of media carries their `paid_media_payload`. The Bot API
    /// speaks of an invoice's payload there, and media have no invoice; by default it is empty.
    pub media_refunds_name_payload: bool,
    /// Whether media close again for the one who got their Stars back. Nobody says so; by default
    /// they stay open.
    pub media_refunds_close: bool,
    /// Whether a charge can be given back for three years only, after which unused Stars lapse by
    /// Telegram's Stars terms. `refundStarPayment` names no time; by default there is none.
    pub refunds_expire: bool,
    /// Whether a payment of an invoice that the bot sent to a group or channel is told there, and its
    /// refund too. The Bot API does not say in which chat; by default it is the buyer's own.
    pub payments_told_in_place: bool,
    /// Whether a form whose payment came to nothing is spent all the same. The documentation of
    /// `FORM_SUBMIT_DUPLICATE` leaves it open; by default it can be sent again.
    pub failed_payments_spend_forms: bool,
    /// Whether a chargeback that the bot cannot cover first calls back Stars that wait for their
    /// withdrawal. Nobody says so; by default they stay away and the bot owes.
    pub chargebacks_stop_withdrawals: bool,
    /// Whether a gift to a channel leaves a message there. The Bot API has the message for chats
    /// with users and is silent about channels; by default there is none.
    pub channel_gifts_are_posted: bool,
    /// Whether the second try of a renewal, where there is one, says `failed` again when it fails.
    /// The Bot API does not say how often; by default once.
    pub failed_retries_say_so: bool,
    /// Whether `subscription` updates wait for the buyer's messages. The public code of the Bot API
    /// server is older than this kind; by default they wait for each other alone.
    pub subscriptions_wait_for_messages: bool,
    /// Whether a pressed button can be answered for 15 seconds only. The Bot API's "too old" has
    /// no number; by default it is a minute.
    pub presses_expire_soon: bool,
    /// Whether a `query_id` is good for a day although no client keeps its Mini App open. How long
    /// the server waits for a client's word is not documented; by default two minutes.
    pub query_ids_last_a_day: bool,
    /// Whether a bot in privacy mode sees messages that mention it. Telegram's list of what it
    /// sees does not name them; by default it does not.
    pub mentions_pass_privacy: bool,
    /// Whether a prepared message can be sent only once. Its documentation has an end in time
    /// alone; by default any number of times.
    pub prepared_messages_go_once: bool,
}
