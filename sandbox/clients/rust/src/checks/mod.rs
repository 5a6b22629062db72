//! The checks in their order.

mod books;
mod bot;
mod calls;
mod errors;
mod goods;
mod links;
mod members;
mod messages;
mod people;
mod stars;
mod stickers;
mod subscriptions;
mod updates;

use crate::Check;

/// All checks.
pub fn all() -> impl Iterator<Item = Check> {
    let parts = [
        bot::ALL,
        updates::ALL,
        messages::ALL,
        stars::ALL,
        subscriptions::ALL,
        goods::ALL,
        members::ALL,
        links::ALL,
        books::ALL,
        stickers::ALL,
        people::ALL,
        errors::ALL,
    ];
    parts.into_iter().flatten().copied()
}
