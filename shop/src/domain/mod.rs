//! The words of the trade as types. Pure: clock and randomness are handed in.

pub mod buyer;
pub mod catalogue;
pub mod difference;
pub mod effect;
pub mod goods;
pub mod ids;
pub mod ledger;
pub mod manifest;
pub mod occasion;
pub mod order;
pub mod payment;
pub mod period;
pub mod promo;
pub mod queue;
pub mod refusal;
pub mod renewal;
pub mod search_text;
pub mod star_row;
pub mod stars;
pub mod story;
pub mod subscription;
pub mod task;
pub mod term;
pub mod time;
pub mod transition;
pub mod trouble;
pub mod urgency;
pub mod verdict;
pub mod warning;

pub use buyer::Buyer;
pub use catalogue::{
    BenefitKind, BenefitPreview, Category, Offer, Picture, Product, ShopProfile, Tile, TileQuery,
};
pub use difference::{Difference, DifferenceCode, Finding};
pub use effect::{Effect, Note};
pub use goods::{CopyNumber, Delivery, Goods, GoodsContent, LibraryEntry};
pub use ids::{
    BadId, CategoryCode, ChargeId, EffectId, EntitlementId, FileKey, OfferCode, OrderId,
    ProductCode, UserId,
};
pub use ledger::{About, Account, Balance, ChargeState, Transfer, TransferKind};
pub use manifest::Manifest;
pub use occasion::Occasion;
pub use order::{NewOrder, Order, OrderState};
pub use payment::{
    HeardBy, Payment, Precheck, Recurring, Refund, RefundReason, RefundRule, Refundable, Return,
    Settled,
};
pub use period::{Period, Standing};
pub use promo::{Discount, Promo, PromoCode, PromoPrices};
pub use queue::{InboxItem, Lease, OutboxItem, Outcome, Received};
pub use refusal::Refusal;
pub use renewal::RenewalChange;
pub use star_row::{Direction, StarRow, StarRowKind, WithdrawalState};
pub use stars::{Amount, Stars};
pub use story::{Event, Happening};
pub use subscription::{StoppedBy, Subscription, SubscriptionChange, SubscriptionState};
pub use task::{Task, TaskGoods};
pub use term::{OfferTerm, Term};
pub use time::UnixSeconds;
pub use transition::{IllegalTransition, Transition};
pub use trouble::{OwedRow, QueueLoad, Troubles, WholeRow};
pub use urgency::Urgency;
pub use warning::{Purchase, Warning};

#[cfg(test)]
mod names;
