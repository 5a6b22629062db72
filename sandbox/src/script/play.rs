//! Doing one step of a script.

use super::{Step, Who};
use crate::affiliate::Referral;
use crate::api_error::ApiError;
use crate::event::Event;
use crate::invoice::Invoice;
use crate::limits::COMMISSION_PER_MILLE;
use crate::outcome::Outcome;
use crate::payment::Wish;
use crate::refund::RefundBy;
use crate::state::State;
use crate::subscription::SubscriptionError;
use crate::update::{Queue, Update};
use crate::user::User;
use crate::withdrawal::WithdrawalError;
use crate::work::Job;

/// Why a step could not be done.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// No such user.
    #[error("there is no such user")]
    NoUser,
    /// Nothing to give back.
    #[error("the user has no charge that could be given back")]
    NoCharge,
    /// Nothing to pay.
    #[error("the bot has made no such invoice")]
    NoInvoice,
    /// Refused as the Bot API refuses it.
    #[error(transparent)]
    Refused(#[from] ApiError),
    /// Not possible for this subscription.
    #[error(transparent)]
    Subscription(#[from] SubscriptionError),
    /// Not possible for this amount.
    #[error(transparent)]
    Withdrawal(#[from] WithdrawalError),
}

impl State {
    /// Does a step and tells the window. A step that cannot be done is logged and skipped;
    /// random ones are not worth a word.
    pub fn take_step(&mut self, bot_id: i64, step: &Step, is_random: bool) {
        let error = match self.try_step(bot_id, step) {
            Ok(()) => None,
            Err(why) if is_random => {
                tracing::debug!(%why, ?step, "a random step was skipped");
                None
            }
            Err(why) => {
                tracing::warn!(%why, ?step, "a step of the script was skipped");
                Some(why.to_string())
            }
        };
        if !is_random {
            self.tell(Event::Script {
                bot_id,
                step: step.name(),
                error,
            });
        }
    }

    /// What people do; the rest is for [`State::try_trade`].
    fn try_step(&mut self, bot_id: i64, step: &Step) -> Result<(), StepError> {
        match step {
            Step::User { name, stars } => {
                let user = User::named(name);
                self.add_user(user, (*stars).max(0));
            }
            Step::TopUp { user, stars } => {
                let user_id = self.who(user)?;
                self.move_stars(user_id, (*stars).max(0));
            }
            Step::Message { user, text } => {
                let user_id = self.who(user)?;
                self.write_to_bot(bot_id, user_id, text, None);
            }
            Step::Block { user, blocked } => {
                let user_id = self.who(user)?;
                self.set_blocked(bot_id, user_id, *blocked);
            }
            Step::Faults { faults } => self.faults = faults.clone(),
            Step::Update { kind, payload } => self.make_update(bot_id, kind, payload.clone()),
            Step::Random { .. } => {} // taken apart when the script was planned
            _ => return self.try_trade(bot_id, step),
        }
        Ok(())
    }

    /// What moves Stars, or decides whether they will move.
    fn try_trade(&mut self, bot_id: i64, step: &Step) -> Result<(), StepError> {
        match step {
            Step::Sell { user, .. } => {
                let user_id = self.who(user)?;
                self.sell(bot_id, user_id, step);
            }
            Step::Pay {
                user,
                payload,
                outcome,
            } => {
                let user_id = self.who(user)?;
                let slug = self.newest_invoice(bot_id, payload.as_deref())?;
                self.start(Job::Purchase {
                    slug,
                    user_id,
                    outcome: *outcome,
                });
            }
            Step::Refund { user } => self.give_back(bot_id, user, RefundBy::Bot)?,
            Step::Chargeback { user } => self.give_back(bot_id, user, RefundBy::Store)?,
            Step::Subscription { user, action } => {
                let id = self.newest_subscription(bot_id, user)?;
                self.act_on_subscription(bot_id, &id, *action)?;
            }
            Step::Stop { user, stop } => {
                let id = self.newest_subscription(bot_id, user)?;
                self.stop_subscription(&id, *stop);
            }
            Step::Affiliate {
                user,
                affiliate,
                commission_per_mille,
            } => {
                let (min, max) = COMMISSION_PER_MILLE;
                let referral = Referral {
                    affiliate_id: self.who(affiliate)?,
                    commission_per_mille: (*commission_per_mille).clamp(min, max),
                    until: None,
                };
                let user_id = self.who(user)?;
                self.referrals.insert((bot_id, user_id), referral);
            }
            Step::Withdraw { stars, ending } => {
                let id = self.withdraw(bot_id, *stars)?;
                if let Some(ending) = ending {
                    self.end_withdrawal(bot_id, &id, *ending)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn give_back(&mut self, bot_id: i64, user: &Who, by: RefundBy) -> Result<(), StepError> {
        let user_id = self.who(user)?;
        let id = self.newest_charge(bot_id, user_id)?;
        Ok(self.refund(bot_id, user_id, &id, by)?)
    }

    /// Sells without asking: the script speaks for the bot.
    fn sell(&mut self, bot_id: i64, user_id: i64, step: &Step) {
        let Step::Sell {
            stars,
            payload,
            period,
            outcome,
            ..
        } = step
        else {
            return;
        };
        if matches!(outcome, Outcome::Cancelled | Outcome::AnsweredTooLate) {
            return;
        }
        let invoice = Invoice {
            bot_id,
            title: "From a script".into(),
            description: "Sold by a step of a script".into(),
            payload: payload.clone(),
            amount: (*stars).max(1),
            subscription_period: period.filter(|seconds| *seconds > 0),
            photo_url: None,
            chat_id: None,
            start_parameter: String::new(),
            number: 0,
        };
        let wish = Wish {
            outcome: *outcome,
            ..Wish::default()
        };
        self.finish(&invoice, user_id, wish);
    }

    /// Gives the bot an update that nobody caused, wanted or not: a kind of the future
    /// has no name that a bot could ask for.
    pub fn make_update(&mut self, bot_id: i64, kind: &str, payload: serde_json::Value) {
        let queue = Queue::Made(self.ids.number());
        let update = Update::new(kind, payload, queue, self.now_ms());
        if let Some(bot) = self.bots.get_mut(&bot_id) {
            bot.updates.push(update);
            bot.wake.notify_waiters();
        }
    }

    fn who(&self, who: &Who) -> Result<i64, StepError> {
        let found = match who {
            Who::Id(id) => self.users.get(id).map(|account| account.user.id),
            Who::Name(name) => {
                let mut users = self.users.values().map(|account| &account.user);
                users
                    .find(|user| user.first_name == *name)
                    .map(|user| user.id)
            }
        };
        found.ok_or(StepError::NoUser)
    }

    fn newest_invoice(&self, bot_id: i64, payload: Option<&str>) -> Result<String, StepError> {
        self.invoices
            .iter()
            .filter(|(_, invoice)| invoice.bot_id == bot_id)
            .filter(|(_, invoice)| payload.is_none_or(|wanted| invoice.payload == wanted))
            .max_by_key(|(_, invoice)| invoice.number)
            .map(|(slug, _)| slug.clone())
            .ok_or(StepError::NoInvoice)
    }

    fn newest_charge(&self, bot_id: i64, user_id: i64) -> Result<String, StepError> {
        self.charges
            .iter()
            .filter(|(_, charge)| charge.bot_id == bot_id && charge.user_id == user_id)
            .filter(|(_, charge)| !charge.refunded)
            .max_by_key(|(_, charge)| charge.number)
            .map(|(id, _)| id.clone())
            .ok_or(StepError::NoCharge)
    }

    fn newest_subscription(&self, bot_id: i64, user: &Who) -> Result<String, StepError> {
        let user_id = self.who(user)?;
        self.subscriptions
            .iter()
            .filter(|(_, found)| found.user_id == user_id && found.invoice.bot_id == bot_id)
            .max_by_key(|(id, _)| self.charges.get(*id).map(|charge| charge.number))
            .map(|(id, _)| id.clone())
            .ok_or(StepError::Subscription(SubscriptionError::NotFound))
    }
}
