//! Updates in, from webhook and polling alike.
//!
//! Everything is stored before Telegram is told that it arrived. A pre-checkout query is answered
//! on the spot instead: it is worthless after seconds, the answer comes from local state alone,
//! and what the answer promises is written to the order before it is given.

use std::time::{Duration, Instant};

use shop::{
    Received, Shop,
    domain::{Precheck, Refusal, UserId},
    store::StoreError,
};
use telegram::{
    ApiError, Client, Update, UpdateKind, types::PreCheckoutQuery, update::UpdateError,
};

use crate::{
    clock::now,
    limits::{
        PRECHECK_ANSWER_PAUSE, PRECHECK_ANSWERED, PRECHECK_LANGUAGE_PATIENCE, PRECHECK_PATIENCE,
    },
    metrics,
    refusal_words::{refusal_sentence, words_for},
};

/// Why an update was not taken in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IntakeError {
    /// It is no update.
    #[error(transparent)]
    Unreadable(#[from] UpdateError),
    /// It could not be stored. Telegram sends it again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A pre-checkout could not be answered for now. Telegram sends it again, for a while.
    #[error(transparent)]
    Telegram(#[from] ApiError),
}

impl IntakeError {
    /// The stable code for logs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Telegram(error) => error.code(),
        }
    }
}

/// Takes updates in. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Intake {
    shop: Shop,
    telegram: Client,
}

impl Intake {
    /// For this shop and bot.
    pub(crate) fn new(shop: Shop, telegram: Client) -> Self {
        Self { shop, telegram }
    }

    /// Takes one update in: when this returns `Ok`, nothing of it can be lost any more.
    pub(crate) async fn take_in(&self, update: &Update) -> Result<(), IntakeError> {
        let kind = known_kind(&update.kind);
        metrics::update(kind);
        tracing::trace!(kind, "an update arrives");
        if let UpdateKind::PreCheckoutQuery(query) = &update.kind {
            self.answer_precheck(query).await?;
        } else {
            let raw = update.raw.to_string();
            self.shop.receive(update.update_id, &raw, now()).await?;
        }
        tracing::trace!(kind, "an update is taken in");
        Ok(())
    }

    /// Keeps what has no number, and so can neither be told from another nor be worked.
    pub(crate) async fn keep_unnumbered(&self, raw: &[u8]) -> Result<(), IntakeError> {
        metrics::update("unknown");
        let raw = String::from_utf8_lossy(raw);
        let kept = self.shop.receive_unnumbered(&raw, now());
        if kept.await? == Received::New {
            tracing::error!("an update without a number was put aside for a person");
        }
        Ok(())
    }

    async fn answer_precheck(&self, query: &PreCheckoutQuery) -> Result<(), IntakeError> {
        let started = Instant::now();
        let precheck = Precheck {
            buyer: UserId(query.from.id),
            payload: query.invoice_payload.clone(),
            currency: query.currency.clone(),
            amount: query.total_amount,
        };
        let decided = self.decide(&precheck).await;
        let sentence = match &decided {
            Ok(()) => None,
            Err(refusal) => {
                let language = self.language_of(query, refusal).await;
                Some(refusal_sentence(words_for(&language), refusal))
            }
        };
        let told = self.tell(query, sentence.as_deref(), started).await;
        let answer = decided.as_ref().map_or_else(Refusal::code, |()| "ok");
        metrics::precheck(answer, started.elapsed());
        if let Err(refusal) = &decided {
            self.note(&precheck, refusal).await;
        }
        match told {
            Ok(()) => {
                tracing::info!(precheck.answer = answer, "a pre-checkout was answered");
                Ok(())
            }
            // Too late: Telegram has not charged, and sending again changes nothing.
            Err(ApiError::QueryTooOld) => {
                tracing::debug!("a pre-checkout came too late: not charged");
                Ok(())
            }
            Err(error) if error.is_transient() => Err(error.into()),
            Err(error) => {
                tracing::error!(
                    error.code = error.code(),
                    "Telegram took no answer to a pre-checkout: not charged"
                );
                Ok(())
            }
        }
    }

    /// Tells Telegram, more than once if the way there fails, as long as the next try may come in
    /// time for a query that came then.
    async fn tell(
        &self,
        query: &PreCheckoutQuery,
        refusal: Option<&str>,
        came: Instant,
    ) -> Result<(), ApiError> {
        let mut pause = PRECHECK_ANSWER_PAUSE;
        loop {
            let telegram = &self.telegram;
            let told = telegram.answer_pre_checkout_query(&query.id, refusal).await;
            let wait = match &told {
                Err(ApiError::Network { .. } | ApiError::Server { .. } | ApiError::Timeout) => {
                    pause
                }
                Err(ApiError::RetryAfter { seconds }) => Duration::from_secs(*seconds),
                _ => return told,
            };
            if came.elapsed() + wait >= PRECHECK_ANSWERED {
                return told;
            }
            tokio::time::sleep(wait).await;
            pause *= 2;
        }
    }

    /// Keeps a refusal for the story of its order, once it was told.
    async fn note(&self, precheck: &Precheck, refusal: &Refusal) {
        let noted = self.shop.note_refusal(precheck, refusal, now()).await;
        if let Err(error) = noted {
            tracing::debug!(
                error.code = error.code(),
                "a refused pre-checkout was not noted"
            );
        }
    }

    /// In doubt it refuses: a refusal costs a tap, a wrong yes costs Stars.
    async fn decide(&self, precheck: &Precheck) -> Result<(), Refusal> {
        match tokio::time::timeout(PRECHECK_PATIENCE, self.shop.precheck(precheck, now())).await {
            Ok(Ok(decided)) => decided,
            Ok(Err(error)) => {
                tracing::error!(error.code = error.code(), error = %error, "pre-checkout failed");
                Err(Refusal::Busy)
            }
            Err(_) => Err(Refusal::Busy),
        }
    }

    /// The language that the buyer chose, else Telegram's, else none.
    async fn language_of(&self, query: &PreCheckoutQuery, refusal: &Refusal) -> String {
        let chosen = match refusal {
            // The database has just been too slow, and the answer must not wait for it again.
            Refusal::Busy => None,
            _ => self.chosen_language(UserId(query.from.id)).await,
        };
        chosen
            .or_else(|| query.from.language_code.clone())
            .unwrap_or_default()
    }

    async fn chosen_language(&self, buyer: UserId) -> Option<String> {
        let known = tokio::time::timeout(PRECHECK_LANGUAGE_PATIENCE, self.shop.buyer(buyer)).await;
        let language = known.ok()?.ok()??.language;
        (!language.is_empty()).then_some(language)
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
