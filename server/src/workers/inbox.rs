//! Works the updates that were taken in.

use shop::{
    InboxItem, Outcome, Shop,
    domain::{
        Buyer, ChargeId, HeardBy, Payment, Recurring, Refund, RenewalChange, Settled, Stars,
        StoppedBy, UnixSeconds, UserId, verdict::order_named,
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
    /// A fault of ours.
    #[error("the work panicked")]
    Panicked,
    /// Telegram told something that makes no sense.
    #[error("the update holds {0}")]
    Nonsense(&'static str),
    /// Telegram told something that is newer than this version.
    #[error("the update holds an {0}")]
    Unknown(&'static str),
    /// Telegram told of a subscription whose payment has not come yet.
    #[error("the payment of this order has not come yet")]
    NotPaidYet,
    /// It hangs.
    #[error("it took too long")]
    TooLong,
}

impl WorkError {
    fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Telegram(error) => error.code(),
            Self::Panicked => "panic",
            Self::Nonsense(what) | Self::Unknown(what) => what,
            Self::NotPaidYet => "not_paid_yet",
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
        let handled = handled.unwrap_or(Err(WorkError::TooLong));
        self.end(&item, handled).await;
    }

    async fn panicked(self, item: InboxItem) {
        self.end(&item, Err(WorkError::Panicked)).await;
    }

    async fn give_back(self, item: InboxItem) {
        let at = now();
        let given = self.shop.end_update(item.lease, Outcome::Later { at }, at);
        if let Err(error) = given.await {
            tracing::error!(error.code = error.code(), error = %error, "an update was not given back");
        }
    }
}

impl Inbox {
    /// For this shop and bot.
    pub(crate) fn new(shop: Shop, replies: Replies) -> Self {
        Self { shop, replies }
    }

    async fn end(&self, item: &InboxItem, handled: Result<(), WorkError>) {
        let (outcome, end) = match handled {
            Ok(()) => (Outcome::Done, "done"),
            Err(error) => after_failure(item, &error),
        };
        metrics::worked(end);
        if let Err(error) = self.keep(item, outcome).await {
            // The lease runs out by itself and the update is worked again: all of it is repeatable.
            tracing::error!(error.code = error.code(), error = %error, "an update's end was not kept");
        }
    }

    async fn keep(&self, item: &InboxItem, outcome: Outcome) -> Result<(), StoreError> {
        let put_aside = matches!(outcome, Outcome::Dead { .. });
        if !self.shop.end_update(item.lease, outcome, now()).await? {
            tracing::warn!(row = %item.id, "another worker has taken an update over");
        }
        if put_aside {
            self.shop.warn_of_rows_put_aside(now()).await?;
        }
        Ok(())
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
            UpdateKind::SubscriptionUpdated(update) => self.renewal_changed(item, &update).await,
            UpdateKind::CallbackQuery(query) => self.replies.button_pressed(&query).await,
            // It may be a payment: a person must look, and can let it be worked again by a
            // version that reads it.
            UpdateKind::Unreadable { name, .. } => Err(WorkError::Nonsense(name)),
            // Answered when it came, and no business of the shop.
            UpdateKind::PreCheckoutQuery(_) | UpdateKind::PurchasedPaidMedia(_) => Ok(()),
            _ => Err(WorkError::Unknown("unknown_kind")),
        }
    }

    async fn message(&self, message: &Message) -> Result<(), WorkError> {
        // Money first, in whatever chat it is told.
        if let Some(refunded) = &message.refunded_payment {
            return self.refunded(message, refunded).await;
        }
        if let Some(paid) = &message.successful_payment {
            return self.paid(payer(message)?, paid, message.date).await;
        }
        let Some(from) = message.from.as_ref().filter(|_| message.chat.is_private()) else {
            return Ok(());
        };
        // Who writes to the bot can be written to: what waited for that goes out.
        self.shop.remember_buyer(&buyer(from, true, now())).await?;
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
            recurring: paid.is_recurring.then(|| Recurring {
                until: paid.subscription_expiration_date.map(UnixSeconds),
                first: Some(paid.is_first_recurring),
            }),
            heard_by: HeardBy::Update,
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
    async fn renewal_changed(
        &self,
        item: &InboxItem,
        update: &SubscriptionUpdated,
    ) -> Result<(), WorkError> {
        let change = match update.state {
            SubscriptionState::Canceled => RenewalChange::Stop(StoppedBy::Telegram),
            SubscriptionState::Active => RenewalChange::Allow(StoppedBy::Telegram),
            SubscriptionState::Failed => RenewalChange::Fail,
            _ => return Err(WorkError::Unknown("unknown_state")),
        };
        let Some(order) = order_named(&update.invoice_payload) else {
            return Ok(());
        };
        let buyer = Some(UserId(update.user.id));
        // Looked at first: a payment that comes in between is no reason to forget the change.
        let is_early = self.shop.awaits_payment(order).await?;
        let changed = self
            .shop
            .change_renewal(order, buyer, change, now())
            .await?;
        if is_early && !changed {
            // It must not keep the payment waiting that it waits for.
            self.shop.let_pass(item.id).await?;
            return Err(WorkError::NotPaidYet);
        }
        tracing::info!(changed, "Telegram told of a change of a subscription");
        Ok(())
    }

    async fn refunded(
        &self,
        message: &Message,
        refunded: &RefundedPayment,
    ) -> Result<(), WorkError> {
        let amount = u64::try_from(refunded.total_amount)
            .map_err(|_| WorkError::Nonsense("negative_refund"))?;
        let charge = charge(&refunded.telegram_payment_charge_id)?;
        let Some(buyer) = refunded_to(message) else {
            // Our own row of the charge names its buyer. What we have not booked is left to
            // Telegram's ledger, which does so too.
            self.shop.refund_carried_out(&charge, now()).await?;
            tracing::info!("a refund was told without its buyer");
            return Ok(());
        };
        let amount = Stars(amount);
        let refund = Refund {
            charge,
            buyer,
            amount,
        };
        self.shop.book_refund(&refund, now()).await?;
        tracing::info!("a refund was booked");
        Ok(())
    }
}

/// Who got Stars back, if the message says so. It is the bot that tells of it, in the buyer's own chat,
/// which has the buyer's id (source: aiogram/aiogram#1692); elsewhere only a person is a buyer.
fn refunded_to(message: &Message) -> Option<UserId> {
    if message.chat.is_private() {
        return Some(UserId(message.chat.id));
    }
    let person = message.from.as_ref().filter(|from| !from.is_bot)?;
    Some(UserId(person.id))
}

/// Who paid. Money of nobody cannot be booked; Telegram's ledger names its buyer.
fn payer(message: &Message) -> Result<&User, WorkError> {
    let from = message.from.as_ref();
    from.ok_or(WorkError::Nonsense("money_of_nobody"))
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
        WorkError::Unknown(_) => {
            tracing::warn!(row = %item.id, error.code = why, "an update is kept for a later version");
            let why = why.to_owned();
            return (Outcome::Parked { why }, "unknown");
        }
        WorkError::Nonsense(_) => true,
        WorkError::Telegram(error) => !error.is_transient() && !error.is_of_the_way(),
        WorkError::Store(_) | WorkError::NotPaidYet | WorkError::Panicked | WorkError::TooLong => {
            false
        }
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

#[cfg(test)]
mod tests {
    use shop::domain::EffectId;

    use shop::domain::Lease;

    use super::*;

    #[test]
    fn an_update_that_panics_is_put_off_and_at_last_aside() {
        let id = EffectId::from_bytes([1; 16]);
        let item = |tries| InboxItem {
            id,
            lease: Lease::new(id, now()),
            raw: serde_json::Value::Null,
            tries,
        };
        for tries in 0..UPDATE_TRIES {
            let (outcome, end) = after_failure(&item(tries), &WorkError::Panicked);
            assert!(matches!(outcome, Outcome::Again { .. }), "{outcome:?}");
            assert_eq!(end, "again");
        }
        let (outcome, _) = after_failure(&item(UPDATE_TRIES), &WorkError::Panicked);
        let why = "panic".to_owned();
        assert_eq!(outcome, Outcome::Dead { why });
    }
}
