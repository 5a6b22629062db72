//! Does what the shop owes to Telegram: at least once, each.

use std::sync::Arc;

use futures::future::join_all;
use shop::{
    OutboxItem, Outcome, Shop,
    domain::{ChargeId, Effect, EntitlementId, Note, UserId},
    store::StoreError,
};
use telegram::{ApiError, Client, client::SendMessage};
use tokio_util::sync::CancellationToken;

use super::{backoff::next_try, pace::Pace};
use crate::{
    bot::{
        Bot,
        parcel::{Parcel, ParcelError},
    },
    clock::now,
    limits::{BLOCKED_WAIT_SECONDS, EFFECT_TRIES, WORK_BATCH, WORK_POLL},
    metrics,
    refusal_words::{money_comes_back, words_for},
};

/// Why an effect could not be done now.
#[derive(Debug, thiserror::Error)]
enum EffectError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Telegram(#[from] ApiError),
    #[error("a file that was sold is not in the folder of files")]
    FileGone,
}

impl From<ParcelError> for EffectError {
    fn from(error: ParcelError) -> Self {
        match error {
            ParcelError::Store(error) => Self::Store(error),
            ParcelError::Telegram(error) => Self::Telegram(error),
            ParcelError::FileGone => Self::FileGone,
        }
    }
}

/// The worker of effects. Cheap to clone.
#[derive(Clone)]
pub struct Outbox {
    shop: Shop,
    telegram: Client,
    bot: Bot,
    pace: Arc<Pace>,
}

impl Outbox {
    /// For this shop and bot.
    pub fn new(shop: Shop, telegram: Client, bot: Bot) -> Self {
        Self {
            shop,
            telegram,
            bot,
            pace: Arc::default(),
        }
    }

    /// Works until told to stop; what is leased then is finished first.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let items = match self.shop.lease_effects(now(), WORK_BATCH).await {
                Ok(items) => items,
                Err(error) => {
                    tracing::error!(error.code = error.code(), error = %error, "outbox unreadable");
                    Vec::new()
                }
            };
            if items.is_empty() {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = self.shop.effect_arrived() => {}
                    () = tokio::time::sleep(WORK_POLL) => {}
                }
            }
            join_all(items.iter().map(|item| self.work(item))).await;
        }
    }

    async fn work(&self, item: &OutboxItem) {
        let kind = kind(&item.effect);
        let outcome = match self.carry_out(&item.effect).await {
            Ok(()) => Outcome::Done,
            Err(error) => self.after_failure(item, error).await,
        };
        let end = match outcome {
            Outcome::Done => "done",
            Outcome::Again { .. } => "again",
            Outcome::Dead { .. } => "dead",
        };
        metrics::effect(kind, end);
        if let Err(error) = self.shop.end_effect(item.id, outcome, now()).await {
            tracing::error!(error.code = error.code(), error = %error, "an effect's end was not kept");
        }
    }

    async fn carry_out(&self, effect: &Effect) -> Result<(), EffectError> {
        match effect {
            Effect::Deliver { entitlement } => self.deliver(*entitlement).await,
            Effect::Refund { charge, buyer } => self.refund(charge, *buyer).await,
            Effect::Tell { buyer, note } => self.tell(*buyer, note).await,
        }
    }

    async fn deliver(&self, entitlement: EntitlementId) -> Result<(), EffectError> {
        // Revoked in the meantime: nothing is owed any more.
        let Some(delivery) = self.shop.delivery(entitlement).await? else {
            return Ok(());
        };
        self.pace.wait(delivery.buyer).await;
        let library = self.bot.web_app(app::paths::LIBRARY);
        let parcel = Parcel::new(&self.shop, &self.telegram, &delivery, library);
        let file_id = parcel.send().await?;
        self.shop
            .mark_sent(entitlement, file_id.as_deref(), now())
            .await?;
        Ok(())
    }

    /// The books are made right when Telegram says `refunded_payment`, or here at once: booking
    /// twice changes nothing.
    async fn refund(&self, charge: &ChargeId, buyer: UserId) -> Result<(), EffectError> {
        match self
            .telegram
            .refund_star_payment(buyer.0, charge.as_str())
            .await
        {
            // source: tdlib/telegram-bot-api#690: said of refunds that have just gone through.
            Ok(()) | Err(ApiError::ChargeAlreadyRefunded) => {}
            Err(error) => return Err(error.into()),
        }
        self.shop.refund_carried_out(charge, now()).await?;
        tracing::info!("a charge was refunded");
        Ok(())
    }

    async fn tell(&self, buyer: UserId, note: &Note) -> Result<(), EffectError> {
        let language = self.shop.buyer(buyer).await?.map(|buyer| buyer.language);
        let words = words_for(&language.unwrap_or_default());
        let text = match note {
            Note::MoneyComesBack { amount, reason } => money_comes_back(words, *amount, reason),
            Note::Refunded { title, amount } => {
                let price = words.stars_object(amount.0);
                words
                    .bot()
                    .refunded
                    .fill(&[("title", title), ("price", &price)])
            }
        };
        self.pace.wait(buyer).await;
        self.telegram
            .send_message(&SendMessage::new(buyer.0, text))
            .await?;
        Ok(())
    }

    async fn after_failure(&self, item: &OutboxItem, error: EffectError) -> Outcome {
        let error = match error {
            EffectError::Telegram(error) => error,
            EffectError::Store(error) => {
                return again(item, next_try(now(), item.tries), error.code());
            }
            EffectError::FileGone => return again(item, next_try(now(), item.tries), "file_gone"),
        };
        match &error {
            ApiError::RetryAfter { seconds } => again(
                item,
                now().plus(i64::try_from(*seconds).unwrap_or(i64::MAX)),
                error.code(),
            ),
            error if error.is_unreachable() => self.buyer_unreachable(item, error).await,
            error if error.is_transient() || is_refund(&item.effect) => {
                again(item, next_try(now(), item.tries), error.code())
            }
            error => dead(error.code()),
        }
    }

    /// The bot may not write to this buyer. The goods are in the library; a permission given later
    /// sends them. A note is not worth keeping for longer than it matters.
    async fn buyer_unreachable(&self, item: &OutboxItem, error: &ApiError) -> Outcome {
        let buyer = match &item.effect {
            Effect::Deliver { entitlement } => self
                .shop
                .delivery(*entitlement)
                .await
                .ok()
                .flatten()
                .map(|delivery| delivery.buyer),
            Effect::Tell { buyer, .. } => Some(*buyer),
            Effect::Refund { .. } => None,
        };
        if let Some(buyer) = buyer
            && let Err(error) = self.shop.set_can_write(buyer, false, now()).await
        {
            tracing::error!(error.code = error.code(), "a blocked bot was not noted");
        }
        again(item, now().plus(BLOCKED_WAIT_SECONDS), error.code())
    }
}

fn again(item: &OutboxItem, at: shop::domain::UnixSeconds, why: &str) -> Outcome {
    // A refund is owed until it is done: it never ends on the pile.
    if item.tries >= EFFECT_TRIES && !is_refund(&item.effect) {
        return dead(why);
    }
    tracing::warn!(
        error.code = why,
        effect.kind = kind(&item.effect),
        "an effect is tried again later"
    );
    Outcome::Again {
        at,
        why: why.to_owned(),
    }
}

fn dead(why: &str) -> Outcome {
    tracing::error!(error.code = why, "an effect was put aside for a person");
    Outcome::Dead {
        why: why.to_owned(),
    }
}

fn is_refund(effect: &Effect) -> bool {
    matches!(effect, Effect::Refund { .. })
}

fn kind(effect: &Effect) -> &'static str {
    match effect {
        Effect::Deliver { .. } => "deliver",
        Effect::Refund { .. } => "refund",
        Effect::Tell { .. } => "tell",
    }
}
