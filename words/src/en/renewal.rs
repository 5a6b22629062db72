//! Subscriptions and passes in English.

use crate::{Counted, Template, groups::*};

pub(crate) static RENEWAL: Renewal = Renewal {
    subscribe: Counted::two(
        "Subscribe for {n}\u{a0}Star",
        "Subscribe for {n}\u{a0}Stars",
    ),
    every_days: Counted::two("every {n}\u{a0}day", "every {n}\u{a0}days"),
    every_minutes: Counted::two("every {n}\u{a0}minute", "every {n}\u{a0}minutes"),
    every_seconds: Counted::two("every {n}\u{a0}second", "every {n}\u{a0}seconds"),
    for_days: Counted::two("for {n}\u{a0}day", "for {n}\u{a0}days"),
    renews: Template("Renews {every}"),
    once_for: Template("Paid once, {time}"),
    for_good: "Paid once, yours for good",
    promise: Template(
        "A subscription renews {every} until you stop it, first on {date}. Stop any time under Purchases, or in Telegram under Settings → Your Stars.",
    ),
    no_renewal: "It ends by itself; nothing more is taken.",
    change: "Plans can be changed: what is left of one is credited to the next.",
    renews_on: Template("Renews on {date} for {price}"),
    under_way: Template("Being renewed; yours until {date}"),
    ends_on: Template("Ends on {date}"),
    not_renewed: Template("Ends on {date}, not renewed"),
    failed: Template("Payment failed; yours until {date}"),
    top_up: "There were too few Stars. Top up your Stars in Telegram, and it goes on.",
    ended: Template("Ended; it was paid until {date}"),
    changed: "Changed to another plan",
    carried_over: Template("With {time} carried over from your plan before."),
    by_seller: "The seller has stopped its renewal.",
    in_telegram: "To turn it on again, go to Settings → Your Stars in Telegram.",
    stop: "Stop renewal",
    stop_title: "Stop renewal?",
    stop_question: Template("Nothing more is taken. “{title}” stays yours until {date}."),
    stop_now_question: Template("Nothing more is taken, and “{title}” ends now."),
    keep: "Keep it",
    allow: "Allow renewal again",
    again: "See it in the shop",
};
