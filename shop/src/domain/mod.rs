//! The words of the trade as types. Pure: clock and randomness are handed in.

pub mod buyer;
pub mod catalogue;
pub mod effect;
pub mod goods;
pub mod ids;
pub mod ledger;
pub mod manifest;
pub mod order;
pub mod payment;
pub mod queue;
pub mod refusal;
pub mod search_text;
pub mod stars;
pub mod time;
pub mod transition;
pub mod verdict;

pub use buyer::Buyer;
pub use catalogue::{
    BenefitKind, BenefitPreview, Category, Offer, Picture, Product, ShopProfile, Tile, TileQuery,
};
pub use effect::{Effect, Note};
pub use goods::{Delivery, Goods, GoodsContent, LibraryEntry};
pub use ids::{
    CategoryCode, ChargeId, EffectId, EntitlementId, FileKey, OfferCode, OrderId, ProductCode,
    UserId,
};
pub use ledger::{Account, Balance, ChargeState, Transfer, TransferKind};
pub use manifest::Manifest;
pub use order::{NewOrder, Order, OrderState};
pub use payment::{Payment, Precheck, Refund, RefundReason, Settled};
pub use queue::{InboxItem, OutboxItem, Outcome, Received};
pub use refusal::Refusal;
pub use stars::Stars;
pub use time::UnixSeconds;
pub use transition::{IllegalTransition, Transition};
