//! English.

mod bot;
mod renewal;
mod shop;
mod trouble;

pub(crate) use bot::BOT;
pub(crate) use renewal::RENEWAL;
pub(crate) use shop::{BUYING, HOME, LIBRARY, NAV, ORDER, PARTS, PRODUCT, SETTINGS};
pub(crate) use trouble::{ERRORS, REFUSALS, SCENES};
