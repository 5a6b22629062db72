//! Why the shop says no.

use crate::Template;

group! {
    /// One reason to refuse. `price_changed` has the gap `{price}`, the others have none.
    Refused {
        /// The reason alone.
        why: Template,
        /// The whole answer to somebody about to pay: the reason, that no Stars were taken, and
        /// what to do.
        says: Template,
    }
}

group! {
    /// Why the shop says no. [`Words::refusal`](crate::Words::refusal) finds them by code.
    Refusals {
        /// The seller has paused the shop.
        shop_paused: Refused,
        /// No such product or offer any more.
        not_for_sale: Refused,
        /// Stock or codes have run out.
        sold_out: Refused,
        /// Another price holds now.
        price_changed: Refused,
        /// The buyer has as many as one person may have.
        buyer_limit: Refused,
        /// The buyer has this subscription, and it renews by itself.
        already_subscribed: Refused,
        /// The subscription was given back or changed for another plan.
        subscription_ended: Refused,
        /// The renewal of the subscription was stopped in the shop.
        subscription_stopped: Refused,
        /// No such promo code.
        promo_unknown: Refused,
        /// The promo code is not good yet.
        promo_not_yet: Refused,
        /// The promo code is not good any more.
        promo_over: Refused,
        /// The promo code was used as often as it is good for.
        promo_used_up: Refused,
        /// The buyer used the promo code as often as one person may.
        promo_used: Refused,
        /// The promo code is not for this product.
        promo_not_here: Refused,
        /// A promo code does not go with a subscription.
        promo_not_renewing: Refused,
        /// The order is too old to be paid.
        order_expired: Refused,
        /// The order has been paid.
        already_paid: Refused,
        /// No such order.
        unknown_order: Refused,
        /// Somebody else's order.
        another_buyer: Refused,
        /// Amount or currency is not the order's.
        wrong_amount: Refused,
        /// The shop cannot tell just now.
        busy: Refused,
    }
}
