//! The shop in English.

use crate::{Counted, Template, groups::*};

pub(crate) static NAV: Nav = Nav {
    shop: "Shop",
    purchases: "Purchases",
    settings: "Settings",
    back: "Back",
    close: "Close",
    menu: "Main menu",
};

pub(crate) static HOME: Home = Home {
    search: "Search the shop",
    search_hint: "Search",
    categories: "Categories",
    all: "All",
    featured: "Featured",
    everything: "Everything",
    results_for: Template("Results for “{query}”"),
    more: "Show more",
    paused: "The shop is taking a break. You can look around and open your purchases.",
};

pub(crate) static PRODUCT: Product = Product {
    once: "once",
    price_from: Template("from {price}"),
    offers: "Choose",
    what_you_get: "What you get",
    about: "About",
    refunds: "Refunds",
    similar: "You may also like",
    left: Counted::two("{n} left", "{n} left"),
    edition: Counted::two("Edition of {n}", "Edition of {n}"),
    per_buyer: Counted::two("{n} per person", "{n} per person"),
    sold_out: "Sold out",
    yours: "Yours",
    file: "File",
    file_how: "Download it here, and find it in your chat",
    code: "Code",
    code_how: "A code of your own, given out only once",
    text: "Text",
    text_how: "Opens here at once",
    link: "Link",
    link_how: "Opens here at once",
    terms_before: "By buying you accept the",
    terms_link: "terms of sale",
    share: "Share",
    pictures: "Pictures",
    picture: Template("Picture {n} of {total}"),
};

pub(crate) static BUYING: Buying = Buying {
    buy: Counted::two("Buy for {n}\u{a0}Star", "Buy for {n}\u{a0}Stars"),
    sold_out: "Sold out",
    paused: "Sales are paused",
    open_in_telegram: "Open in Telegram to buy",
    stars_in_telegram: "Stars are paid inside Telegram.",
    asking: "Asking Telegram",
    waiting: "Waiting for Telegram",
    yours: "It’s yours",
    slow: "Telegram is taking longer than usual. Your order is kept; you can leave this page.",
    closed: "Payment not finished. If you did not pay, no Stars were taken. If you did, your purchase appears here by itself.",
    failed: "Telegram says the payment did not go through. If Stars were taken after all, your purchase appears here by itself.",
    go_on: "Continue to payment",
    open: "Open",
    to_purchases: "All purchases",
    also_in_chat: "Also sent to your chat.",
    on_way_to_chat: "On its way to your chat too.",
    write_access_title: "Send it to your chat?",
    write_access: "The bot would like to write to you, to send what you bought and to tell you if a payment comes back.",
    write_access_allow: "Allow messages",
    no_script: "Buying needs JavaScript. You can look around without it.",
};

pub(crate) static LIBRARY: Library = Library {
    goods: "Ready to open",
    orders: "Orders",
    bought: Template("Bought on {date}"),
    open: "Open",
    close: "Fold up",
    download: "Download",
    copy: "Copy",
    copied: "Copied",
    copy_failed: "Copying is blocked here. Select the code and copy it by hand.",
    send_again: "Send to chat again",
    sent: "On its way to your chat.",
    your_code: "Your code",
    refunded: "Refunded",
    refunded_note: "Where the Stars went back to you, the goods are no longer here.",
};

pub(crate) static ORDER: Order = Order {
    title: "Order",
    number: "Order number",
    price: "Price",
    opened_on: "Opened",
    paid_on: "Paid",
    charge: "Payment number",
    state: "Status",
    opened: "Waiting for payment",
    prechecked: "Telegram is taking the payment",
    paid: "Paid",
    delivered: "Paid, and sent to your chat",
    expired: "Expired; no Stars were taken",
    refunded: "Refunded; the Stars went back",
    help: "Get help with this payment",
    help_note: "The seller answers in the chat. Please name the order number.",
};

pub(crate) static SETTINGS: Settings = Settings {
    language: "Language",
    language_note: "The shop and its messages use this language.",
    papers: "Good to know",
    terms: "Terms of sale",
    privacy: "Privacy",
    support: "Help with a payment",
    support_note: "Purchases are settled by the seller, not by Telegram’s support.",
    open_chat: "Open the chat",
    about: "About the shop",
    no_paper: "The seller has not written this yet.",
    version: Template("Starfront {version}"),
};

pub(crate) static PARTS: Parts = Parts {
    stars: Counted::two("{n}\u{a0}Star", "{n}\u{a0}Stars"),
    stars_object: Counted::two("{n}\u{a0}Star", "{n}\u{a0}Stars"),
    size_units: ["B", "kB", "MB", "GB"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};
