//! Works the updates that were taken in.

use shop::{
    InboxItem, Outcome, Shop,
    domain::{
        Buyer, ChargeId, Payment, Recurring, Refund, RenewalChange, Settled, Stars, StoppedBy,
        UnixSeconds, UserId, verdict::order_named,
    },
    store::StoreError,
};
use telegram::{
    ApiError, Update, UpdateKind,
    types::{
        Message, RefundedPayment, SubscriptionState, SubscriptionUpdated, SuccessfulPayment, User,
    },
};

use tokio::time::timeout;

use super::{backoff::next_try, crew::Queue};
use crate::{
    bot::replies::Replies,
    clock::now,
    limits::{UPDATE_PATIENCE, UPDATE_TRIES},
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
    /// Telegram told something that this version cannot make sense of.
    #[error("the update holds {0}")]
    Nonsense(&'static str),
    /// It hangs.
    #[error("it took too long")]
    TooLong,
}

impl WorkError {
    fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Telegram(error) => error.code(),
            Self::Nonsense(what) => what,
            Self::TooLong => "too_long",
        }
    }
}

/// The worker of updates. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Inbox {
    shop: Shop,
    replies: Replies,
}

impl Queue for Inbox {
    type Item = InboxItem;

    const NAME: &'static str = "inbox";

    async fn lease(&self, most: u32) -> Result<Vec<InboxItem>, StoreError> {
        self.shop.lease_updates(now(), most).await
    }

    async fn arrived(&self) {
        self.shop.update_arrived().await;
    }

    async fn work(self, item: InboxItem) {
        // Within its lease: what takes longer hangs.
        let handled = timeout(UPDATE_PATIENCE, self.handle(&item)).await;
        let (outcome, end) = match handled.unwrap_or(Err(WorkError::TooLong)) {
            Ok(()) => (Outcome::Done, "done"),
            Err(error) => after_failure(&item, &error),
        };
        metrics::worked(end);
        match self.shop.end_update(item.lease, outcome, now()).await {
            Ok(true) => {}
            Ok(false) => tracing::warn!(row = %item.id, "another worker has taken an update over"),
            // The lease runs out by itself and the update is worked again: all of it is repeatable.
            Err(error) => {
                tracing::error!(error.code = error.code(), error = %error, "an update's end was not kept");
            }
        }
    }
}

impl Inbox {
    /// For this shop and bot.
    pub(crate) fn new(shop: Shop, replies: Replies) -> Self {
        Self { shop, replies }
    }

    async fn handle(&self, item: &InboxItem) -> Result<(), WorkError> {
        let update = Update::from_value(item.raw.clone());
        let update = update.map_err(|_| WorkError::Nonsense("update_no_id"))?;
        match update.kind {
            UpdateKind::Message(message) => self.message(&message).await,
            UpdateKind::MyChatMember(change) => {
                if let Some(blocked) = change.user_blocked_bot() {
                    let user = UserId(change.from.id);
                    self.shop.set_can_write(user, !blocked, now()).await?;
                }
                Ok(())
            }
            UpdateKind::SubscriptionUpdated(update) => self.renewal_changed(&update).await,
            UpdateKind::CallbackQuery(query) => self.replies.button_pressed(&query).await,
            // It may be a payment: a person must look, and can let it be worked again by a
            // version that reads it.
            UpdateKind::Unreadable { name, .. } => Err(WorkError::Nonsense(name)),
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
        self.hear(from).await?;
        self.replies.answer(from, message).await
    }

    /// Who writes to the bot, or allows it to write, can be written to: what is owed goes out.
    async fn hear(&self, from: &User) -> Result<(), WorkError> {
        let known = self.shop.buyer(UserId(from.id)).await?;
        self.shop.remember_buyer(&buyer(from, true, now())).await?;
        if known.is_some_and(|buyer| !buyer.can_write) {
            let user = UserId(from.id);
            self.shop.set_can_write(user, true, now()).await?;
        }
        Ok(())
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
            recurring: paid.is_recurring.then(|| Recurring {
                until: paid.subscription_expiration_date.map(UnixSeconds),
                first: Some(paid.is_first_recurring),
            }),
        };
        let end = match self.shop.settle(&payment, now()).await? {
            Settled::Granted(_) => "granted",
            Settled::Renewed(_) => "renewed",
            Settled::Refunding(_) => "refunding",
            Settled::AlreadyBooked => "already_booked",
        };
        metrics::settled(end);
        tracing::info!(charge.end = end, "a charge was settled");
        Ok(())
    }

    /// The buyer changed the renewal in Telegram, or Telegram could not charge.
    async fn renewal_changed(&self, update: &SubscriptionUpdated) -> Result<(), WorkError> {
        let change = match update.state {
            SubscriptionState::Canceled => RenewalChange::Stop(StoppedBy::Telegram),
            SubscriptionState::Active => RenewalChange::Allow(StoppedBy::Telegram),
            SubscriptionState::Failed => RenewalChange::Fail,
            // A state that is yet to be invented: kept whole in the inbox.
            _ => return Ok(()),
        };
        let Some(order) = order_named(&update.invoice_payload) else {
            return Ok(());
        };
        let buyer = Some(UserId(update.user.id));
        let changed = self
            .shop
            .change_renewal(order, buyer, change, now())
            .await?;
        tracing::info!(changed, "Telegram told of a change of a subscription");
        Ok(())
    }

    async fn refunded(&self, from: &User, refunded: &RefundedPayment) -> Result<(), WorkError> {
        let amount = u64::try_from(refunded.total_amount)
            .map_err(|_| WorkError::Nonsense("negative_refund"))?;
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
    id.parse().map_err(|_| WorkError::Nonsense("bad_charge_id"))
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

/// What becomes of an update that failed, and the word for it.
fn after_failure(item: &InboxItem, error: &WorkError) -> (Outcome, &'static str) {
    let why = error.code();
    if let WorkError::Telegram(refusal) = error
        && refusal.is_unreachable()
    {
        // A reply to somebody who left in the meantime.
        return (Outcome::Done, "unreachable");
    }
    if let WorkError::Telegram(ApiError::RetryAfter { seconds }) = error {
        // It says nothing against the update.
        let at = now().plus(i64::try_from(*seconds).unwrap_or(i64::MAX));
        return (Outcome::Later { at }, "later");
    }
    let lasting = match error {
        WorkError::Nonsense(_) => true,
        WorkError::Telegram(error) => !error.is_transient() && !error.is_of_the_way(),
        WorkError::Store(_) | WorkError::TooLong => false,
    };
    if lasting || item.tries >= UPDATE_TRIES {
        tracing::error!(row = %item.id, error.code = why, "an update was put aside for a person");
        let why = why.to_owned();
        return (Outcome::Dead { why }, "dead");
    }
    tracing::warn!(
        error.code = why,
        tries = item.tries,
        "an update is tried again later"
    );
    let at = next_try(now(), item.tries);
    let why = why.to_owned();
    (Outcome::Again { at, why }, "again")
}
