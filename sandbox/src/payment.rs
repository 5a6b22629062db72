//! One purchase, from the buyer's tap to the successful payment.

use std::sync::MutexGuard;

use crate::agenda::Deed;
use crate::event::Event;
use crate::invoice::Invoice;
use crate::outcome::{Outcome, Status};
use crate::precheck::{Asked, Verdict};
use crate::sandbox::Shared;
use crate::state::State;

/// How a purchase is to go, and how much later what is late comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// How it is to go.
    pub outcome: Outcome,
    /// For what comes later: how much, milliseconds on the sandbox's clock.
    pub delay_ms: i64,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            outcome: Outcome::Normal,
            delay_ms: 1_500,
        }
    }
}

/// What came of a purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What the client shows.
    pub status: Status,
    /// What the Mini App hears in `invoice_closed`, in order.
    pub told: Vec<Status>,
    /// The charge, when Stars moved.
    pub charge_id: Option<String>,
    /// Why not: a code of Telegram's, or `BOT_REFUSED`.
    pub error_code: Option<&'static str>,
    /// Why not, for the buyer.
    pub error_message: Option<String>,
}

impl Receipt {
    fn of(status: Status) -> Self {
        Self {
            status,
            told: Vec::new(),
            charge_id: None,
            error_code: None,
            error_message: None,
        }
    }

    fn failed(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            error_code: Some(code),
            error_message: Some(message.into()),
            ..Self::of(Status::Failed)
        }
    }
}

/// Why a purchase could not even begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PayError {
    /// No invoice has this slug.
    #[error("There is no invoice with this slug.")]
    InvoiceNotFound,
    /// Nobody has this id.
    #[error("There is no user with this id.")]
    UserNotFound,
}

/// A purchase that waits for the bot, or for nothing any more.
#[derive(Debug)]
pub struct Begun {
    slug: String,
    invoice: Invoice,
    user_id: i64,
    form_id: Option<i64>,
    wish: Wish,
    way: Result<Asked, Receipt>,
}

/// Takes a buyer through one purchase. Without a wish, the faults decide how it goes; without a
/// form, one is filled in on the spot.
///
/// # Errors
/// When the invoice or the buyer does not exist; everything later is a [`Receipt`].
pub async fn pay(
    sandbox: &Shared,
    slug: &str,
    user_id: i64,
    form_id: Option<i64>,
    wish: Option<Wish>,
) -> Result<Receipt, PayError> {
    let begun = begin(sandbox, slug, user_id, form_id, wish)?;
    Ok(end(sandbox.clone(), begun).await)
}

/// The buyer confirms: the bot is asked, unless the purchase ends before that.
///
/// # Errors
/// When the invoice or the buyer does not exist.
pub fn begin(
    sandbox: &Shared,
    slug: &str,
    user_id: i64,
    form_id: Option<i64>,
    wish: Option<Wish>,
) -> Result<Begun, PayError> {
    let mut state = sandbox.state();
    let invoice = state
        .invoices
        .get(slug)
        .cloned()
        .ok_or(PayError::InvoiceNotFound)?;
    let balance = state.account(user_id).ok_or(PayError::UserNotFound)?.stars;
    let wish = wish
        .or_else(|| state.faults.for_payment(invoice.bot_id, user_id))
        .unwrap_or_default();
    let is_cancelled = wish.outcome == Outcome::Cancelled;
    // Who turns back sends no form in, and one that is not taken stays as it is.
    let form_id = form_id.filter(|_| !is_cancelled);
    let submitted = form_id.map_or(Ok(()), |id| state.submit_form(id, slug, user_id));
    let form_id = form_id.filter(|_| submitted.is_ok());
    let way = if is_cancelled {
        Err(Receipt::of(Status::Cancelled))
    } else if let Err(why) = submitted {
        Err(Receipt::failed(why.code(), why.to_string()))
    } else if balance < invoice.amount {
        Err(too_poor())
    } else if wish.outcome == Outcome::AnsweredTooLate {
        let asked = state.ask_precheckout(user_id, &invoice);
        state.prechecks.remove(&asked.id);
        Err(timed_out())
    } else {
        Ok(state.ask_precheckout(user_id, &invoice))
    };
    Ok(Begun {
        slug: slug.to_owned(),
        invoice,
        user_id,
        form_id,
        wish,
        way,
    })
}

/// Waits for the bot and ends the purchase.
pub async fn end(sandbox: Shared, begun: Begun) -> Receipt {
    let Begun {
        slug,
        invoice,
        user_id,
        form_id,
        wish,
        way,
    } = begun;
    let mut receipt = match way {
        Err(receipt) => receipt,
        Ok(asked) => {
            let (mut state, answer) = verdict(&sandbox, asked).await;
            match answer {
                Some(Verdict::Approved) => state.finish(&invoice, user_id, wish),
                Some(Verdict::Refused(message)) => Receipt::failed("BOT_REFUSED", message),
                None => timed_out(),
            }
        }
    };
    receipt.told = wish.outcome.told(receipt.status);
    let mut state = sandbox.state();
    let came_to_nothing = receipt.charge_id.is_none() && receipt.status != Status::Pending;
    if let Some(id) = form_id.filter(|_| came_to_nothing) {
        state.reopen_form(id);
    }
    state.tell(Event::Payment {
        bot_id: invoice.bot_id,
        user_id,
        slug,
        status: receipt.status.as_str().to_owned(),
    });
    receipt
}

fn too_poor() -> Receipt {
    // source: core.telegram.org, errors of payments.sendStarsForm
    Receipt::failed("BALANCE_TOO_LOW", "There are not enough Stars for this.")
}

fn timed_out() -> Receipt {
    // source: python-telegram-bot issue 2504
    Receipt::failed(
        "BOT_PRECHECKOUT_TIMEOUT",
        "The bot did not answer in time. No Stars were taken.",
    )
}

/// Waits for the bot's answer, as long as it may take; the world as it is then comes with it, so
/// that nobody's time goes on in between.
pub async fn verdict(
    sandbox: &Shared,
    mut asked: Asked,
) -> (MutexGuard<'_, State>, Option<Verdict>) {
    let answered = tokio::select! {
        answer = &mut asked.answer => answer.ok(),
        () = sandbox.clock.sleep_until(asked.deadline_ms) => None,
        () = sandbox.stop.cancelled() => None,
    };
    let mut state = sandbox.state();
    state.prechecks.remove(&asked.id);
    // The bot may have answered at the very last moment: nobody can from here on.
    let answered = answered.or_else(|| asked.answer.try_recv().ok());
    state.ending -= usize::from(answered.is_some());
    (state, answered)
}

impl State {
    /// Moves the Stars, now or later, and says what the client shows.
    pub fn finish(&mut self, invoice: &Invoice, user_id: i64, wish: Wish) -> Receipt {
        let outcome = wish.outcome;
        if outcome == Outcome::Pending {
            let due_ms = self.now_ms().saturating_add(wish.delay_ms);
            let invoice = invoice.clone();
            self.agenda.plan(due_ms, Deed::Charge { invoice, user_id });
            return Receipt::of(Status::Pending);
        }
        let Some(charge_id) = self.charge(invoice, user_id, outcome.delivery(wish.delay_ms)) else {
            return too_poor();
        };
        Receipt {
            charge_id: Some(charge_id),
            ..Receipt::of(outcome.status())
        }
    }
}
