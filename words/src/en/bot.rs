//! The bot in English.

use crate::{Template, groups::*};

pub(crate) static BOT: Bot = Bot {
    description: Template(
        "{shop}: choose, pay with Telegram Stars, and have it at once. Press Start to look around.",
    ),
    short_description: Template("{shop}. Paid with Stars, yours at once."),
    commands: Commands {
        start: "Open the shop",
        help: "How it works",
        paysupport: "Help with a payment",
        terms: "Terms of sale",
        privacy: "What the shop keeps about you",
    },
    menu_button: "Shop",
    open_shop: "Open shop",
    open_purchases: "Purchases",
    open_product: "See it in the shop",
    start: Template(
        "Welcome to {shop}.\n\nChoose something and pay with Stars. It is yours at once: in the shop under Purchases, and here in the chat.",
    ),
    start_product: Template("{title} is waiting for you in the shop."),
    help: Template(
        "{shop} opens with the button below. Choose something, pay with Stars, and it is yours at once. What you bought stays under Purchases, and it also comes to this chat.\n\n/paysupport: help with a payment\n/terms: terms of sale\n/privacy: what the shop keeps about you",
    ),
    paysupport: "Something wrong with a payment? The seller settles it; Telegram’s own support cannot. Please name the order number when you write.",
    paysupport_orders: "Your last orders:",
    paysupport_order: Template("{title}, {price}, {date}\nOrder {order}"),
    paysupport_no_orders: "You have no paid orders in this shop so far.",
    terms: Template("Terms of sale of {shop}"),
    privacy: Template("Privacy at {shop}"),
    no_paper: "The seller has not written this yet.",
    not_understood: "I only know the shop. Open it with the button below, or send /help.",
    file: Template(
        "{title}\n\nFrom your purchase “{order}”. You can fetch it again under Purchases.",
    ),
    code: Template(
        "{title}\n\n{code}\n\nFrom your purchase “{order}”. This code was given to you alone; you find it again under Purchases.",
    ),
    text: Template("{title}\n\n{text}\n\nFrom your purchase “{order}”."),
    link: Template("{title}\n\n{url}\n\nFrom your purchase “{order}”."),
    numbered: Template("{title}, copy {number} of {total}"),
    paid_twice: Template(
        "This order was paid before, so the second payment goes back: you get {price} back, all by itself. Your purchase stays as it is.",
    ),
    refused: Template("{why} Your payment goes back: you get {price} back, all by itself."),
    by_seller: Template("The seller is giving your payment back: you get {price} back."),
    refunded: Template(
        "“{title}” was refunded, and you got {price} back. It is no longer under Purchases.",
    ),
    period_refunded: Template(
        "You got {price} back for “{title}”. What else you paid for it is still yours: Purchases says until when.",
    ),
    renews_soon: Template(
        "“{title}” renews on {date}: Telegram takes {price} from your balance. To stop it, open Purchases in the shop, or Settings → Your Stars in Telegram.",
    ),
    ends_soon: Template(
        "“{title}” ends on {date}. Nothing more is taken; you can take it again in the shop.",
    ),
    renewal_failed: Template(
        "“{title}” could not be renewed: there were too few Stars. It stays yours until {date}. Top up your Stars in Telegram, and it goes on.",
    ),
    lapsed: Template("“{title}” has ended. You can take it again in the shop."),
    came_back: Template("“{title}” is paid again: everything is back under Purchases."),
};
