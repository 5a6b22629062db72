//! Star subscriptions: who pays whom again, until when it is paid, and what ends it.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::agenda::Deed;
use crate::event::Event;
use crate::invoice::Invoice;
use crate::limits::RENEWAL_RETRY_SECONDS;
use crate::state::State;
use crate::update::Queue;
use crate::work::Job;

/// A subscription, known by the charge id of its first payment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Subscription {
    /// What is paid each period.
    pub invoice: Invoice,
    /// The buyer.
    pub user_id: i64,
    /// Paid until, seconds since 1970.
    pub paid_until: i64,
    /// Whether it goes on.
    pub standing: Standing,
    /// Its payments, oldest first.
    pub charges: Vec<String>,
    /// The next renewal fails, whatever the buyer has.
    #[serde(default)]
    pub fails_next: bool,
}

/// Whether a subscription goes on at the end of its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It renews.
    Active,
    /// The buyer stopped it; they can turn it on again until the period ends.
    Canceled,
    /// The bot stopped it; the buyer cannot turn it on again.
    StoppedByBot,
    /// The buyer had too few Stars to renew; they can still pay.
    Failed,
    /// It is over.
    Lapsed,
}

/// What a buyer does about a subscription, and what the sandbox does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Stops it at the end of the period.
    #[default]
    Cancel,
    /// Takes the cancellation back.
    Reactivate,
    /// Pays for a subscription that failed to renew.
    Pay,
    /// The sandbox's own: the next renewal fails, as for want of Stars.
    FailNext,
    /// Takes that back.
    RenewNext,
}

/// Why a buyer cannot do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubscriptionError {
    /// No such subscription.
    #[error("There is no subscription that began with this charge.")]
    NotFound,
    /// The period is over, or not.
    #[error("The subscription's standing does not allow this.")]
    WrongStanding,
    /// The bot forbids it.
    #[error("The bot stopped this subscription; only the bot can allow it again.")]
    StoppedByBot,
    /// Not enough Stars.
    #[error("The buyer has too few Stars.")]
    BalanceTooLow,
}

impl State {
    /// Begins a subscription with its first payment; returns until when it is paid,
    /// seconds since 1970.
    pub fn begin_subscription(
        &mut self,
        id: &str,
        invoice: &Invoice,
        user_id: i64,
        period: i64,
    ) -> i64 {
        let paid_until = self.now() + period;
        let subscription = Subscription {
            invoice: invoice.clone(),
            user_id,
            paid_until,
            standing: Standing::Active,
            charges: vec![id.to_owned()],
            fails_next: false,
        };
        self.subscriptions.insert(id.to_owned(), subscription);
        self.plan_end(id, paid_until);
        paid_until
    }

    /// Notes one more payment; returns until when it is paid now. A renewal on time
    /// continues the old period, a late one begins a new one unless it is to keep the rhythm.
    pub fn extend_subscription(&mut self, id: &str, charge_id: &str, period: i64) -> Option<i64> {
        let now = self.now();
        let keeps_rhythm = self.choices.late_renewals_keep_rhythm;
        let subscription = self.subscriptions.get_mut(id)?;
        let old_end = subscription.paid_until;
        let from = match subscription.standing {
            Standing::Failed if keeps_rhythm => old_end + (now - old_end) / period * period,
            Standing::Failed => now,
            _ => old_end,
        };
        subscription.paid_until = from + period;
        subscription.standing = Standing::Active;
        subscription.charges.push(charge_id.to_owned());
        let paid_until = subscription.paid_until;
        self.plan_end(id, paid_until);
        Some(paid_until)
    }

    fn plan_end(&mut self, id: &str, paid_until: i64) {
        let deed = Deed::EndPeriod {
            subscription: id.to_owned(),
            paid_until,
        };
        self.agenda.plan(paid_until.saturating_mul(1000), deed);
    }

    /// A period is over: the subscription renews, fails or lapses.
    pub fn end_period(&mut self, id: &str, paid_until: i64) {
        let subscription = self.subscriptions.get(id);
        let Some(subscription) = subscription.filter(|found| found.paid_until == paid_until) else {
            return;
        };
        match subscription.standing {
            Standing::Active if subscription.fails_next => self.fail_renewal(id),
            Standing::Active if self.choices.renewals_ask => {
                self.start(Job::Renewal { id: id.to_owned() });
            }
            Standing::Active => self.renew(id),
            Standing::Canceled | Standing::StoppedByBot => {
                self.set_standing(id, Standing::Lapsed);
            }
            Standing::Failed | Standing::Lapsed => {}
        }
    }

    /// The bot has answered, or not, whether it takes the next payment. The buyer or the bot
    /// may have ended the subscription while it thought: then nothing is paid.
    pub fn end_asking(&mut self, id: &str, is_approved: bool) {
        match self.subscriptions.get(id).map(|found| found.standing) {
            Some(Standing::Active) if is_approved => self.renew(id),
            Some(Standing::Active) => self.fail_renewal(id),
            Some(Standing::Canceled | Standing::StoppedByBot) => {
                self.set_standing(id, Standing::Lapsed);
            }
            Some(Standing::Failed | Standing::Lapsed) | None => {}
        }
    }

    /// Takes the price of the next period, or fails. Whether Telegram tries again is not
    /// documented: see [`crate::choices`].
    pub fn renew(&mut self, id: &str) {
        match self.charge_renewal(id) {
            Some(_) => self.tell_subscription(id),
            None => self.fail_renewal(id),
        }
    }

    /// A renewal did not go through; the bot is told. Source: Bot API 10.2,
    /// `BotSubscriptionUpdated`, state `failed`.
    pub fn fail_renewal(&mut self, id: &str) {
        self.set_fails_next(id, false);
        self.set_standing(id, Standing::Failed);
        self.push_subscription(id, "failed");
        let found = self.subscriptions.get(id);
        if let Some(paid_until) = found.map(|found| found.paid_until)
            && self.choices.failed_renewals_retry
        {
            let deed = Deed::RetryRenewal {
                subscription: id.to_owned(),
                paid_until,
            };
            let due_ms = self.now_ms() + RENEWAL_RETRY_SECONDS * 1000;
            self.agenda.plan(due_ms, deed);
        }
    }

    /// The second try of a renewal that failed, unless it was paid meanwhile; there is no third.
    pub fn retry_renewal(&mut self, id: &str, paid_until: i64) {
        let found = self.subscriptions.get(id);
        let is_open = |found: &Subscription| {
            found.standing == Standing::Failed && found.paid_until == paid_until
        };
        let is_paid = !found.is_some_and(is_open) || self.pay_late(id);
        if !is_paid && self.choices.failed_retries_say_so {
            self.push_subscription(id, "failed");
        }
    }

    /// Takes the price of a period that was not paid in time; says whether there were Stars.
    fn pay_late(&mut self, id: &str) -> bool {
        if self.charge_renewal(id).is_none() {
            return false;
        }
        self.tell_subscription(id);
        if self.choices.late_renewals_say_active {
            self.push_subscription(id, "active");
        }
        true
    }

    /// The buyer cancels, takes it back, or pays what failed.
    ///
    /// # Errors
    /// When the subscription is unknown, or its standing does not allow it.
    pub fn act_on_subscription(
        &mut self,
        bot_id: i64,
        id: &str,
        action: Action,
    ) -> Result<(), SubscriptionError> {
        let Some(found) = self.subscriptions.get(id) else {
            return self.act_on_month(bot_id, id, action);
        };
        if found.invoice.bot_id != bot_id {
            return Err(SubscriptionError::NotFound);
        }
        let standing = found.standing;
        match (action, standing) {
            (Action::FailNext, Standing::Active | Standing::Canceled) => {
                self.set_fails_next(id, true)
            }
            (Action::RenewNext, Standing::Active | Standing::Canceled) => {
                self.set_fails_next(id, false);
            }
            (Action::Cancel, Standing::Active) => {
                self.set_standing(id, Standing::Canceled);
                self.push_subscription(id, "canceled");
            }
            (Action::Reactivate, Standing::Canceled) => {
                self.set_standing(id, Standing::Active);
                self.push_subscription(id, "active");
            }
            (Action::Pay, Standing::Failed) => {
                if !self.pay_late(id) {
                    return Err(SubscriptionError::BalanceTooLow);
                }
            }
            (_, Standing::StoppedByBot) => return Err(SubscriptionError::StoppedByBot),
            _ => return Err(SubscriptionError::WrongStanding),
        }
        Ok(())
    }

    /// The bot stops a subscription, or lets the buyer turn it on again. The period
    /// that is paid runs on. Source: Bot API, `editUserStarSubscription`;
    /// core.telegram.org, payments.botCancelStarsSubscription. No update follows: those
    /// tell of what the buyer did.
    pub fn stop_subscription(&mut self, id: &str, stop: bool) {
        let standing = self.subscriptions.get(id).map(|found| found.standing);
        match (stop, standing) {
            (true, Some(Standing::Active | Standing::Canceled)) => {
                self.set_standing(id, Standing::StoppedByBot);
            }
            (false, Some(Standing::StoppedByBot)) => self.set_standing(id, Standing::Canceled),
            _ => {}
        }
    }

    /// Changes whether a subscription goes on, and tells the window.
    pub fn set_standing(&mut self, id: &str, standing: Standing) {
        if let Some(subscription) = self.subscriptions.get_mut(id) {
            subscription.standing = standing;
            self.tell_subscription(id);
        }
    }

    fn set_fails_next(&mut self, id: &str, fails: bool) {
        if let Some(subscription) = self.subscriptions.get_mut(id) {
            subscription.fails_next = fails;
            self.tell_subscription(id);
        }
    }

    fn tell_subscription(&self, id: &str) {
        if let Some(found) = self.subscriptions.get(id) {
            self.tell(Event::Subscription {
                bot_id: found.invoice.bot_id,
                user_id: found.user_id,
                charge_id: id.to_owned(),
                standing: found.standing,
            });
        }
    }

    /// Source: Bot API 10.2, `BotSubscriptionUpdated`: a user, a payload and a state;
    /// no charge id and no date.
    fn push_subscription(&mut self, id: &str, state: &str) {
        let Some(found) = self.subscriptions.get(id) else {
            return;
        };
        let (bot_id, user_id) = (found.invoice.bot_id, found.user_id);
        let update = json!({
            "user": self.account(user_id).map(|account| account.user.to_api()),
            "invoice_payload": found.invoice.payload,
            "state": state,
        });
        let queue = if self.choices.subscriptions_wait_for_messages {
            Queue::Message(user_id)
        } else {
            Queue::Subscription(user_id)
        };
        self.push_update(bot_id, "subscription", update, queue);
    }
}
