//! Works the updates that were taken in.

use futures::future::join_all;
use shop::{
    InboxItem, Outcome, Shop,
    domain::{Buyer, ChargeId, Payment, Refund, Settled, Stars, UnixSeconds, UserId},
    store::StoreError,
};
use telegram::{
    ApiError, Client, Update, UpdateKind,
    types::{Message, RefundedPayment, SuccessfulPayment, User},
};
use tokio_util::sync::CancellationToken;

use super::backoff::next_try;
use crate::{
    bot::{Bot, replies::Replies},
    clock::now,
    limits::{UPDATE_TRIES, WORK_BATCH, WORK_POLL},
    metrics,
};

/// Why an update could not be worked now.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WorkError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Telegram did not take a reply.
    #[error(transparent)]
    Telegram(#[from] ApiError),
    /// Telegram told something that cannot be: kept for a person.
    #[error("the update holds {0}")]
    Nonsense(&'static str),
}

impl WorkError {
    fn code(&self) -> String {
        match self {
            Self::Store(error) => error.code().to_owned(),
            Self::Telegram(error) => error.code().to_owned(),
            Self::Nonsense(what) => format!("nonsense: {what}"),
        }
    }
}

/// The worker of updates.
pub struct Inbox {
    shop: Shop,
    replies: Replies,
}

impl Inbox {
    /// For this shop and bot.
    pub fn new(shop: Shop, telegram: Client, bot: Bot) -> Self {
        Self {
            replies: Replies::new(shop.clone(), telegram, bot),
            shop,
        }
    }

    /// Works until told to stop; what is leased then is finished first.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let items = match self.shop.lease_updates(now(), WORK_BATCH).await {
                Ok(items) => items,
                Err(error) => {
                    tracing::error!(error.code = error.code(), error = %error, "inbox unreadable");
                    Vec::new()
                }
            };
            if items.is_empty() {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = self.shop.update_arrived() => {}
                    () = tokio::time::sleep(WORK_POLL) => {}
                }
            }
            // The lease gives one update a chat, so these do not overtake each other.
            join_all(items.iter().map(|item| self.work(item))).await;
        }
    }

    async fn work(&self, item: &InboxItem) {
        let outcome = match self.handle(item).await {
            Ok(()) => Outcome::Done,
            Err(error) => after_failure(item, &error),
        };
        if let Err(error) = self.shop.end_update(item.id, outcome, now()).await {
            // The lease runs out by itself and the update is worked again: all of it is repeatable.
            tracing::error!(error.code = error.code(), error = %error, "an update's end was not kept");
        }
    }

    async fn handle(&self, item: &InboxItem) -> Result<(), WorkError> {
        let update =
            Update::from_value(item.raw.clone()).map_err(|_| WorkError::Nonsense("no update"))?;
        match update.kind {
            UpdateKind::Message(message) => self.message(&message).await,
            UpdateKind::MyChatMember(change) => {
                if let Some(blocked) = change.user_blocked_bot() {
                    let user = UserId(change.from.id);
                    self.shop.set_can_write(user, !blocked, now()).await?;
                }
                Ok(())
            }
            UpdateKind::CallbackQuery(query) => self.replies.button_pressed(&query).await,
            // Kept whole in the inbox, for a version that knows them.
            _ => Ok(()),
        }
    }

    async fn message(&self, message: &Message) -> Result<(), WorkError> {
        let Some(from) = message.from.as_ref().filter(|_| message.chat.is_private()) else {
            return Ok(());
        };
        if let Some(refunded) = &message.refunded_payment {
            return self.refunded(from, refunded).await;
        }
        if let Some(paid) = &message.successful_payment {
            return self.paid(from, paid, message.date).await;
        }
        self.shop.remember_buyer(&buyer(from, true, now())).await?;
        if message.write_access_allowed.is_some() {
            self.shop
                .set_can_write(UserId(from.id), true, now())
                .await?;
            return Ok(());
        }
        self.replies.answer(from, message).await
    }

    async fn paid(
        &self,
        from: &User,
        paid: &SuccessfulPayment,
        date: i64,
    ) -> Result<(), WorkError> {
        // A payment in the Mini App does not prove that the bot may write.
        if self.shop.buyer(UserId(from.id)).await?.is_none() {
            self.shop.remember_buyer(&buyer(from, false, now())).await?;
        }
        let payment = Payment {
            charge: charge(&paid.telegram_payment_charge_id)?,
            buyer: UserId(from.id),
            payload: paid.invoice_payload.clone(),
            currency: paid.currency.clone(),
            amount: paid.total_amount,
            paid_at: UnixSeconds(date),
        };
        let end = match self.shop.settle(&payment, now()).await? {
            Settled::Granted(_) => "granted",
            Settled::Refunding(_) => "refunding",
            Settled::AlreadyBooked => "already_booked",
        };
        metrics::settled(end);
        tracing::info!(charge.end = end, "a charge was settled");
        Ok(())
    }

    async fn refunded(&self, from: &User, refunded: &RefundedPayment) -> Result<(), WorkError> {
        let amount = u64::try_from(refunded.total_amount)
            .map_err(|_| WorkError::Nonsense("a negative refund"))?;
        let refund = Refund {
            charge: charge(&refunded.telegram_payment_charge_id)?,
            buyer: UserId(from.id),
            amount: Stars(amount),
        };
        self.shop.book_refund(&refund, now()).await?;
        tracing::info!("a refund was booked");
        Ok(())
    }
}

fn charge(id: &str) -> Result<ChargeId, WorkError> {
    id.parse()
        .map_err(|_| WorkError::Nonsense("no usable charge id"))
}

fn buyer(user: &User, can_write: bool, now: UnixSeconds) -> Buyer {
    Buyer {
        id: UserId(user.id),
        first_name: user.first_name.clone(),
        language: user.language_code.clone().unwrap_or_default(),
        can_write,
        seen_at: now,
    }
}

fn after_failure(item: &InboxItem, error: &WorkError) -> Outcome {
    let why = error.code();
    let refused = match error {
        WorkError::Nonsense(_) => true,
        WorkError::Telegram(error) => !error.is_transient(),
        WorkError::Store(_) => false,
    };
    if refused || item.tries >= UPDATE_TRIES {
        tracing::error!(error.code = why, "an update was put aside for a person");
        return Outcome::Dead { why };
    }
    tracing::warn!(
        error.code = why,
        tries = item.tries,
        "an update is tried again later"
    );
    let at = match error {
        WorkError::Telegram(ApiError::RetryAfter { seconds }) => {
            now().plus(i64::try_from(*seconds).unwrap_or(i64::MAX))
        }
        _ => next_try(now(), item.tries),
    };
    Outcome::Again { at, why }
}
