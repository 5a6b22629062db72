//! Updates in, from webhook and polling alike.
//!
//! Everything is stored before Telegram is told that it arrived. A pre-checkout query is answered
//! on the spot instead: it is worthless after seconds, the answer comes from local state alone,
//! and what the answer promises is written to the order before it is given.

use std::time::{Duration, Instant};

use shop::{
    Shop,
    domain::{Precheck, Refusal, UserId},
    store::StoreError,
};
use telegram::{
    ApiError, Client, Update, UpdateKind, types::PreCheckoutQuery, update::UpdateError,
};

use crate::{
    clock::now,
    metrics,
    refusal_words::{refusal_sentence, words_for},
};

/// Longest look at our own state before the answer is "busy": half of Telegram's 10 s, so that
/// the answer itself still has time.
const PRECHECK_PATIENCE: Duration = Duration::from_secs(5);

/// Why an update was not taken in. Telegram sends it again.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// It is no update.
    #[error(transparent)]
    Unreadable(#[from] UpdateError),
    /// It could not be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A pre-checkout could not be answered for now.
    #[error(transparent)]
    Telegram(#[from] ApiError),
}

impl IntakeError {
    /// The stable code for logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Telegram(error) => error.code(),
        }
    }
}

/// Takes updates in. Cheap to clone.
#[derive(Clone)]
pub struct Intake {
    shop: Shop,
    telegram: Client,
}

impl Intake {
    /// For this shop and bot.
    pub fn new(shop: Shop, telegram: Client) -> Self {
        Self { shop, telegram }
    }

    /// Takes one update in: when this returns `Ok`, nothing of it can be lost any more.
    pub async fn take_in(&self, body: &[u8]) -> Result<(), IntakeError> {
        let update = Update::parse(body)?;
        self.take_in_parsed(&update).await
    }

    /// The same for an update that polling has read already.
    pub async fn take_in_parsed(&self, update: &Update) -> Result<(), IntakeError> {
        metrics::update(known_kind(&update.kind));
        if let UpdateKind::PreCheckoutQuery(query) = &update.kind {
            return self.answer_precheck(query).await;
        }
        self.shop
            .receive(update.update_id, &update.raw.to_string(), now())
            .await?;
        Ok(())
    }

    async fn answer_precheck(&self, query: &PreCheckoutQuery) -> Result<(), IntakeError> {
        let started = Instant::now();
        let decided = self.decide(query).await;
        let answer = match &decided {
            Ok(()) => {
                self.telegram
                    .answer_pre_checkout_query(&query.id, None)
                    .await
            }
            Err(refusal) => {
                let language = self.language_of(query).await;
                let sentence = refusal_sentence(words_for(&language), refusal);
                self.telegram
                    .answer_pre_checkout_query(&query.id, Some(&sentence))
                    .await
            }
        };
        let word = decided.as_ref().map_or_else(Refusal::code, |()| "ok");
        metrics::precheck(word, started.elapsed());
        match answer {
            Ok(()) => Ok(()),
            Err(error) if error.is_transient() => Err(error.into()),
            // Too late or unknown: Telegram has not charged, and sending again changes nothing.
            Err(error) => {
                tracing::info!(
                    error.code = error.code(),
                    "pre-checkout unanswered: not charged"
                );
                Ok(())
            }
        }
    }

    /// In doubt it refuses: a refusal costs a tap, a wrong yes costs Stars.
    async fn decide(&self, query: &PreCheckoutQuery) -> Result<(), Refusal> {
        let precheck = Precheck {
            buyer: UserId(query.from.id),
            payload: query.invoice_payload.clone(),
            currency: query.currency.clone(),
            amount: query.total_amount,
        };
        match tokio::time::timeout(PRECHECK_PATIENCE, self.shop.precheck(&precheck, now())).await {
            Ok(Ok(decided)) => decided,
            Ok(Err(error)) => {
                tracing::error!(error.code = error.code(), error = %error, "pre-checkout failed");
                Err(Refusal::Busy)
            }
            Err(_) => Err(Refusal::Busy),
        }
    }

    /// The language that the buyer chose, else Telegram's, else none.
    async fn language_of(&self, query: &PreCheckoutQuery) -> String {
        let known = self.shop.buyer(UserId(query.from.id)).await.ok().flatten();
        let known = known
            .map(|buyer| buyer.language)
            .filter(|language| !language.is_empty());
        known
            .or_else(|| query.from.language_code.clone())
            .unwrap_or_default()
    }
}

/// Kinds are Telegram's words: only the known ones become labels.
fn known_kind(kind: &UpdateKind) -> &'static str {
    match kind {
        UpdateKind::Message(message) if message.successful_payment.is_some() => {
            "successful_payment"
        }
        UpdateKind::Message(message) if message.refunded_payment.is_some() => "refunded_payment",
        UpdateKind::Message(_) => "message",
        UpdateKind::CallbackQuery(_) => "callback_query",
        UpdateKind::PreCheckoutQuery(_) => "pre_checkout_query",
        UpdateKind::PurchasedPaidMedia(_) => "purchased_paid_media",
        UpdateKind::MyChatMember(_) => "my_chat_member",
        UpdateKind::SubscriptionUpdated(_) => "subscription",
        _ => "unknown",
    }
}
