//! The checks in their order.

mod bot;
mod errors;
mod messages;
mod people;
mod stars;
mod updates;

use crate::Check;

/// All checks.
pub fn all() -> impl Iterator<Item = Check> {
    let parts = [
        bot::ALL,
        updates::ALL,
        messages::ALL,
        stars::ALL,
        people::ALL,
        errors::ALL,
    ];
    parts.into_iter().flatten().copied()
}
