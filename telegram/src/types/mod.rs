//! Objects of the Bot API, as far as a shop reads or writes them.
//!
//! Reading is tolerant: unknown fields are skipped here, and kept in [`Update::raw`] and
//! [`StarTransaction::raw`], so that nothing is lost. Ids and amounts are `i64`.
//!
//! [`Update::raw`]: crate::update::Update::raw
//! [`StarTransaction::raw`]: crate::stars::StarTransaction::raw

mod bot;
mod callback;
mod chat;
mod file;
mod message;
mod payment;
mod subscription;
mod user;
mod webhook;

pub use bot::{BotCommand, MenuButton};
pub use callback::{CallbackMessage, CallbackQuery};
pub use chat::{Chat, ChatMember, ChatMemberUpdated};
pub use file::{File, SentFile};
pub use message::{Command, Message, MessageEntity, ParseMode, WebAppData, WriteAccessAllowed};
pub use payment::{PreCheckoutQuery, PurchasedPaidMedia, RefundedPayment, SuccessfulPayment};
pub use subscription::{SubscriptionState, SubscriptionUpdated};
pub use user::{BotUser, User};
pub use webhook::WebhookInfo;
