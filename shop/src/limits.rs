//! Every bound of this crate, with its unit and its reason.

/// Seconds that an unpaid order keeps its hold. Telegram keeps a payment form for 10 minutes
/// (core.telegram.org/method/payments.sendStarsForm), so an order lives a little longer.
pub const ORDER_LIFE_SECONDS: i64 = 15 * 60;
