//! Rights for a time: subscriptions that Telegram renews, and passes.

use super::Text;
use crate::{Counted, Template};

group! {
    /// Rights for a time: subscriptions that Telegram renews, and passes.
    Renewal {
        /// The main button of a subscription, with the price as an object.
        subscribe: Counted,
        /// A period of whole days.
        every_days: Counted,
        /// A period of whole minutes, as Telegram's test environment has them.
        every_minutes: Counted,
        /// A period of seconds, as Telegram's test environment has them.
        every_seconds: Counted,
        /// The time of a pass.
        for_days: Counted,
        /// A subscription among other offers; gap `{every}`.
        renews: Template,
        /// A pass among other offers; gap `{time}`.
        once_for: Template,
        /// What is bought for good, among offers for a time.
        for_good: Text,
        /// Before subscribing: when it renews and how to stop it; gaps `{every}` and `{date}`.
        promise: Template,
        /// Before buying a pass that is a product's only offer.
        no_renewal: Text,
        /// Under several plans: what becomes of the one before.
        change: Text,
        /// How it stands: it renews; gaps `{date}` and `{price}`.
        renews_on: Template,
        /// How it stands: the renewal is due, and Telegram's word is awaited; gap `{date}`.
        under_way: Template,
        /// How it stands: a pass; gap `{date}`.
        ends_on: Template,
        /// How it stands: stopped; gap `{date}`.
        not_renewed: Template,
        /// How it stands: Telegram could not charge; gap `{date}`.
        failed: Template,
        /// What to do then.
        top_up: Text,
        /// How it stood at its end; gap `{date}`.
        ended: Template,
        /// How it stands: another plan took its place.
        changed: Text,
        /// What came from the plan before; gap `{time}`.
        carried_over: Template,
        /// Who stopped it: the seller.
        by_seller: Text,
        /// How the buyer turns on what was stopped in Telegram.
        in_telegram: Text,
        /// Button that stops it, and the answer that does.
        stop: Text,
        /// Title of the question.
        stop_title: Text,
        /// The question; gaps `{title}` and `{date}`.
        stop_question: Template,
        /// The question where no paid time is left; gap `{title}`.
        stop_now_question: Template,
        /// The answer that leaves it as it is.
        keep: Text,
        /// Button that allows it again after the buyer stopped it here.
        allow: Text,
        /// Button that leads to the product.
        again: Text,
    }
}
