//! Refusals, errors and empty screens in English.

use crate::{Template, groups::*};

pub(crate) static SCENES: Scenes = Scenes {
    empty_library: Scene {
        title: "Nothing here yet",
        text: "What you buy appears here, ready to open.",
        action: "Look around",
    },
    empty_search: Scene {
        title: "Nothing found",
        text: "Try another word, or fewer of them.",
        action: "Show everything",
    },
    empty_shop: Scene {
        title: "The shelves are empty",
        text: "The seller is still setting things out. Please come back soon.",
        action: "Reload",
    },
    error: Scene {
        title: "Something broke on our side",
        text: "No Stars were taken by this. Please try once more.",
        action: "Try again",
    },
    offline: Scene {
        title: "No connection",
        text: "Your purchases are safe. Check the network and try again.",
        action: "Try again",
    },
    sold_out: Scene {
        title: "Sold out",
        text: "The last one is gone. Perhaps something else will please you.",
        action: "Look around",
    },
    expired: Scene {
        title: "This page has rested too long",
        text: "For your safety, please open the shop again from the chat.",
        action: "Close the shop",
    },
    order_expired: Scene {
        title: "This order has expired",
        text: "It was not paid in time, so no Stars were taken.",
        action: "See the product",
    },
    refunded: Scene {
        title: "Refunded",
        text: "The Stars are back in your balance.",
        action: "Look around",
    },
    open_in_telegram: Scene {
        title: "This part lives in Telegram",
        text: "Open the shop there to buy and to see your purchases.",
        action: "Open in Telegram",
    },
    not_found: Scene {
        title: "Nothing at this address",
        text: "The link may be old, or the product is no longer sold.",
        action: "To the shop",
    },
    paused: Scene {
        title: "The shop is taking a break",
        text: "What you bought stays yours. Please come back soon.",
        action: "To your purchases",
    },
};

pub(crate) static REFUSALS: Refusals = Refusals {
    shop_paused: Refused {
        why: Template("The shop is taking a break."),
        says: Template("The shop is taking a break. No Stars were taken. Please come back soon."),
    },
    not_for_sale: Refused {
        why: Template("This is no longer for sale."),
        says: Template(
            "This is no longer for sale. No Stars were taken. See what else the shop has.",
        ),
    },
    sold_out: Refused {
        why: Template("The last one has just gone."),
        says: Template(
            "The last one has just gone. No Stars were taken. See what else the shop has.",
        ),
    },
    price_changed: Refused {
        why: Template("The price has changed to {price}."),
        says: Template(
            "The price has changed to {price}. No Stars were taken. Open the product again to buy at this price.",
        ),
    },
    buyer_limit: Refused {
        why: Template("You already have as many as one person may buy."),
        says: Template(
            "You already have as many as one person may buy. No Stars were taken. Yours are under Purchases.",
        ),
    },
    already_subscribed: Refused {
        why: Template("You are subscribed already, and it renews by itself."),
        says: Template(
            "You are subscribed already, and it renews by itself. No Stars were taken. It is under Purchases.",
        ),
    },
    subscription_ended: Refused {
        why: Template("This subscription has ended."),
        says: Template(
            "This subscription has ended. No Stars were taken. Open the product and subscribe again.",
        ),
    },
    subscription_stopped: Refused {
        why: Template("The renewal of this subscription was stopped."),
        says: Template(
            "The renewal of this subscription was stopped. No Stars were taken. When it ends, open the product and subscribe again.",
        ),
    },
    promo_unknown: Refused {
        why: Template("There is no such code."),
        says: Template("There is no such code. No Stars were taken. Check how it is written."),
    },
    promo_not_yet: Refused {
        why: Template("This code is not good yet."),
        says: Template(
            "This code is not good yet. No Stars were taken. Come back when its time has come.",
        ),
    },
    promo_over: Refused {
        why: Template("This code is not good any more."),
        says: Template(
            "This code is not good any more. No Stars were taken. You can buy at the full price.",
        ),
    },
    promo_used_up: Refused {
        why: Template("This code has been used up."),
        says: Template(
            "This code has been used up. No Stars were taken. You can buy at the full price.",
        ),
    },
    promo_used: Refused {
        why: Template("You have used this code already."),
        says: Template(
            "You have used this code already. No Stars were taken. You can buy at the full price.",
        ),
    },
    promo_not_here: Refused {
        why: Template("This code is not for this product."),
        says: Template(
            "This code is not for this product. No Stars were taken. You can use it for another one.",
        ),
    },
    promo_not_renewing: Refused {
        why: Template("Codes do not work for subscriptions."),
        says: Template(
            "Codes do not work for subscriptions. No Stars were taken. You can subscribe at the full price.",
        ),
    },
    order_expired: Refused {
        why: Template("This order has expired."),
        says: Template(
            "This order has expired. No Stars were taken. Open the product and buy again.",
        ),
    },
    already_paid: Refused {
        why: Template("This order is already paid."),
        says: Template(
            "This order is already paid. No Stars were taken this time. The goods are under Purchases.",
        ),
    },
    unknown_order: Refused {
        why: Template("The shop does not know this order."),
        says: Template(
            "The shop does not know this order. No Stars were taken. Open the product and buy again.",
        ),
    },
    another_buyer: Refused {
        why: Template("This order belongs to somebody else."),
        says: Template(
            "This order belongs to somebody else. No Stars were taken. Open the product to make your own.",
        ),
    },
    wrong_amount: Refused {
        why: Template("The amount does not match the order."),
        says: Template(
            "The amount does not match the order. No Stars were taken. Open the product and buy again.",
        ),
    },
    busy: Refused {
        why: Template("The shop is busy just now."),
        says: Template("The shop is busy just now. No Stars were taken. Try again in a minute."),
    },
};

pub(crate) static ERRORS: Errors = Errors {
    session_missing: "Open the shop in Telegram to go on. No Stars were taken.",
    session_expired: "This page has rested too long. No Stars were taken. Close the shop and open it again from the chat.",
    init_data_expired: "Telegram’s greeting is too old. Close the shop and open it again from the chat.",
    init_data_invalid: "Telegram’s greeting could not be checked. Close the shop and open it again from the chat.",
    order_not_found: "There is no such order among yours.",
    goods_not_found: "This is not among your purchases, or it was refunded.",
    product_not_found: "This product is no longer here.",
    too_many: "That was a little fast. Wait a few seconds and try again.",
    network: "No connection. No Stars were taken by this. Check the network and try again.",
    telegram: "Telegram does not answer just now. No Stars were taken. Try again in a minute.",
    server: "Something broke on our side. No Stars were taken by this. Please try again.",
    retry: "Try again",
    reopen: "Close the shop",
};
