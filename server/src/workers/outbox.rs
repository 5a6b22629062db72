//! Does what the shop owes to Telegram: at least once, each.

mod end;

use std::sync::Arc;

use shop::{
    OutboxItem, Outcome, Shop,
    domain::{ChargeId, Effect, EntitlementId, Note, OrderId, UserId, Warning},
    steps::Switch,
    store::StoreError,
};
use telegram::{ApiError, Client, client::SendMessage};
use tokio::time::timeout;

use self::end::{EffectError, End, Trouble};
use super::{
    crew::Queue,
    pace::{Kind, Pace},
    reconcile::{ReconcileError, Reconciler},
};
use crate::{
    bot::{Bot, alerts, notes, parcel::Parcel},
    clock::now,
    limits::EFFECT_PATIENCE,
    metrics,
    refusal_words::words_for,
};

/// The worker of effects. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Outbox {
    shop: Shop,
    telegram: Client,
    bot: Bot,
    reconciler: Reconciler,
    pace: Arc<Pace>,
}

impl Queue for Outbox {
    type Item = OutboxItem;

    const NAME: &'static str = "outbox";

    async fn lease(&self, most: u32) -> Result<Vec<OutboxItem>, StoreError> {
        self.shop.lease_effects(now(), most).await
    }

    async fn arrived(&self) {
        self.shop.effect_arrived().await;
    }

    async fn work(self, item: OutboxItem) {
        // Within its lease: what takes longer hangs.
        let tried = timeout(EFFECT_PATIENCE, self.carry_out(&item.effect)).await;
        let tried = tried.unwrap_or(Err(EffectError::TooLong));
        self.end(&item, tried).await;
    }

    async fn panicked(self, item: OutboxItem) {
        self.end(&item, Err(EffectError::Panicked)).await;
    }

    async fn give_back(self, item: OutboxItem) {
        let at = now();
        let given = self.shop.end_effect(item.lease, Outcome::Later { at }, at);
        if let Err(error) = given.await {
            tracing::error!(error.code = error.code(), error = %error, "an effect was not given back");
        }
    }
}

impl Outbox {
    /// For this shop and bot.
    pub(crate) fn new(
        shop: Shop,
        telegram: Client,
        bot: Bot,
        reconciler: Reconciler,
        pace: Arc<Pace>,
    ) -> Self {
        Self {
            shop,
            telegram,
            bot,
            reconciler,
            pace,
        }
    }

    async fn end(&self, item: &OutboxItem, tried: Result<(), EffectError>) {
        let kind = end::kind(&item.effect);
        let end = match tried {
            Ok(()) => End::Done,
            Err(failure) => end::after_failure(item, &failure),
        };
        metrics::effect(kind, end.word());
        end::log(item, kind, &end);
        if let Err(error) = self.keep(item, end).await {
            tracing::error!(error.code = error.code(), error = %error, "an effect's end was not kept");
        }
    }

    async fn carry_out(&self, effect: &Effect) -> Result<(), EffectError> {
        match effect {
            Effect::Deliver { entitlement } => self.deliver(*entitlement).await,
            Effect::Refund { charge, buyer } => self.refund(charge, *buyer).await,
            Effect::SwitchRenewal {
                charge,
                buyer,
                order,
            } => self.switch_renewal(charge, *buyer, *order).await,
            Effect::Tell { buyer, note } => self.tell(*buyer, note).await,
            Effect::Warn { owner, warning } => self.warn(*owner, warning).await,
        }
    }

    async fn deliver(&self, entitlement: EntitlementId) -> Result<(), EffectError> {
        // Revoked in the meantime: nothing is owed any more.
        let Some(delivery) = self.shop.delivery(entitlement).await? else {
            return Ok(());
        };
        let buyer = delivery.buyer;
        let library = self.bot.web_app(app::paths::LIBRARY);
        let parcel = Parcel::new(&self.shop, &self.telegram, &self.pace, &delivery, library);
        let sent = parcel.send().await;
        let file_id = sent.map_err(|error| EffectError::parcel(error, buyer))?;
        let file_id = file_id.as_deref();
        self.shop.mark_sent(entitlement, file_id, now()).await?;
        Ok(())
    }

    /// The books are made right when Telegram says `refunded_payment`, or here at once: booking
    /// twice changes nothing.
    async fn refund(&self, charge: &ChargeId, buyer: UserId) -> Result<(), EffectError> {
        let asking = self.telegram.refund_star_payment(buyer.0, charge.as_str());
        match self.pace.call(Kind::Refund, asking).await {
            Ok(()) => {}
            // source: tdlib/telegram-bot-api#690: said of refunds that have just gone through, and
            // not only of those. The ledger is the judge.
            Err(ApiError::ChargeAlreadyRefunded) => {
                if !self.reconciler.telegram_gave_back(charge).await? {
                    return Err(EffectError::NotInLedger);
                }
            }
            Err(error) => {
                if end::is_too_poor(&error) {
                    self.shop.warn_of_low_balance(now()).await?;
                }
                return Err(EffectError::Telegram { error, buyer });
            }
        }
        self.shop.refund_carried_out(charge, now()).await?;
        tracing::info!("a charge was refunded");
        Ok(())
    }

    /// What our books say now, and not what they said when it was owed. Where Telegram knows none
    /// of the charges that may have begun what is meant, its ledger may tell of another.
    async fn switch_renewal(
        &self,
        charge: &ChargeId,
        buyer: UserId,
        order: Option<OrderId>,
    ) -> Result<(), EffectError> {
        let switch = self.shop.switch(charge, buyer, order).await?;
        if self.tell_switch(&switch, buyer).await? {
            return Ok(());
        }
        let looked = self.reconciler.look_quickly().await?;
        let switch = self.shop.switch(charge, buyer, order).await?;
        if self.tell_switch(&switch, buyer).await? || switch.may_go_on {
            return Ok(());
        }
        Err(match looked.trouble {
            // The row that tells of it may be the one that had to wait.
            Some(ReconcileError::Store(passing)) if !matches!(passing, StoreError::Corrupt(_)) => {
                passing.into()
            }
            _ => EffectError::NoSubscription,
        })
    }

    /// Whether Telegram knows a subscription by any of the charges.
    async fn tell_switch(&self, switch: &Switch, buyer: UserId) -> Result<bool, EffectError> {
        let (telegram, stopped) = (&self.telegram, switch.stopped);
        let mut known = false;
        for charge in &switch.charges {
            let told = telegram.edit_user_star_subscription(buyer.0, charge.as_str(), stopped);
            match self.pace.call(Kind::Renewal, told).await {
                Ok(()) => known = true,
                // CHARGE_ID_INVALID: nothing else that the call names can be wrong.
                Err(ApiError::BadRequest { .. }) => {}
                Err(error) => return Err(EffectError::Telegram { error, buyer }),
            }
            if known && !stopped {
                break;
            }
        }
        Ok(known)
    }

    async fn tell(&self, buyer: UserId, note: &Note) -> Result<(), EffectError> {
        let language = self.shop.buyer(buyer).await?.map(|buyer| buyer.language);
        let text = notes::text(words_for(&language.unwrap_or_default()), note);
        self.say(buyer, text).await
    }

    async fn warn(&self, owner: UserId, warning: &Warning) -> Result<(), EffectError> {
        let waiting = self.shop.refunds_owed().await?;
        self.say(owner, alerts::alert(warning, waiting)).await
    }

    async fn say(&self, to: UserId, text: String) -> Result<(), EffectError> {
        let message = SendMessage::new(to.0, text);
        let sending = self.telegram.send_message(&message);
        let sent = self.pace.call(Kind::Message(to), sending).await;
        sent.map_err(|error| EffectError::Telegram { error, buyer: to })?;
        Ok(())
    }

    async fn keep(&self, item: &OutboxItem, end: End) -> Result<(), StoreError> {
        match end::troubles_owners(item, &end) {
            Some(Trouble::Switch(refused)) => {
                self.shop.warn_of_refused_switch(&refused, now()).await?;
            }
            Some(Trouble::Refund { charge, buyer, why }) => {
                let told = self.shop.warn_of_refused_refund(charge, buyer, why, now());
                told.await?;
            }
            None => {}
        }
        let (outcome, unreachable) = match end {
            End::Done | End::Unknown => (Outcome::Done, None),
            End::Unreachable(buyer) if item.effect.waits_for_leave() => {
                let why = "unreachable".to_owned();
                (Outcome::Parked { why }, Some(buyer))
            }
            End::Unreachable(buyer) => (Outcome::Done, Some(buyer)),
            End::Again(at, why) => (
                Outcome::Again {
                    at,
                    why: why.to_owned(),
                },
                None,
            ),
            End::Later(at) => (Outcome::Later { at }, None),
            End::Dead(why) => (
                Outcome::Dead {
                    why: why.to_owned(),
                },
                None,
            ),
        };
        let put_aside = matches!(outcome, Outcome::Dead { .. });
        if !self.shop.end_effect(item.lease, outcome, now()).await? {
            tracing::warn!(row = %item.id, "another worker has taken an effect over");
        }
        if put_aside {
            self.shop.warn_of_rows_put_aside(now()).await?;
        }
        if let Some(buyer) = unreachable {
            // After the row's end: a leave given in between must find nothing waiting, so that it
            // owes the goods anew.
            self.shop.set_can_write(buyer, false, now()).await?;
        }
        Ok(())
    }
}
