//! One purchase, from the buyer's tap to the successful payment.

use std::time::Duration;

use serde_json::{Value, json};

use crate::event::Event;
use crate::invoice::Invoice;
use crate::ledger::{Flow, Row};
use crate::message::{Content, Sender};
use crate::precheck::{Asked, Verdict};
use crate::sandbox::Shared;
use crate::state::State;
use crate::subscription::Subscription;
use crate::update::Delivery;

/// A payment that was made.
#[derive(Debug, Clone)]
pub struct Charge {
    /// The bot that got it.
    pub bot_id: i64,
    /// The buyer.
    pub user_id: i64,
    /// Whole Stars.
    pub amount: i64,
    /// The invoice's payload.
    pub payload: String,
    /// `provider_payment_charge_id`.
    pub provider_id: String,
    /// The other side in the bot's ledger.
    pub partner: Value,
    /// It was given back.
    pub refunded: bool,
}

/// How the purchase is to go. Everything but [`Outcome::Normal`] is a fault that
/// buyers have met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outcome {
    /// As it should.
    #[default]
    Normal,
    /// The buyer closes the sheet before paying.
    Cancelled,
    /// Stars move, and the client reports `failed`. Source: Telegram-Mini-Apps/issues 58.
    FailedButPaid,
    /// Stars move, and the client reports `cancelled`. Source: Telegram-Mini-Apps/issues 58.
    CancelledButPaid,
    /// The client reports `pending`, and Stars move later.
    Pending,
    /// Stars move, and `successful_payment` never arrives. Source: Telegram-Mini-Apps/tma.js 474.
    LostUpdate,
    /// Stars move, and `successful_payment` arrives later.
    Late,
    /// Stars move, and `successful_payment` arrives twice.
    DoubleUpdate,
}

/// How a client saw the purchase end. Source: Mini Apps, `invoice_closed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Paid,
    /// Not done.
    Failed,
    /// Closed by the buyer.
    Cancelled,
    /// Not known yet.
    Pending,
}

impl Status {
    /// The name in `invoice_closed`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Pending => "pending",
        }
    }
}

/// What came of a purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What the client shows.
    pub status: Status,
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

/// Takes a buyer through one purchase.
///
/// # Errors
/// When the invoice or the buyer does not exist; everything later is a [`Receipt`].
pub async fn pay(
    sandbox: &Shared,
    slug: &str,
    user_id: i64,
    outcome: Outcome,
    delay: Duration,
) -> Result<Receipt, PayError> {
    let invoice = sandbox
        .state()
        .invoices
        .get(slug)
        .cloned()
        .ok_or(PayError::InvoiceNotFound)?;
    let balance = sandbox
        .state()
        .account(user_id)
        .ok_or(PayError::UserNotFound)?
        .stars;
    let receipt = if outcome == Outcome::Cancelled {
        Receipt::of(Status::Cancelled)
    } else if balance < invoice.amount {
        too_poor()
    } else {
        let asked = sandbox.state().ask_precheckout(user_id, &invoice);
        match verdict(sandbox, asked).await {
            Some(Verdict::Approved) => finish(sandbox, &invoice, user_id, outcome, delay),
            Some(Verdict::Refused(message)) => Receipt::failed("BOT_REFUSED", message),
            // source: python-telegram-bot issue 2504
            None => Receipt::failed(
                "BOT_PRECHECKOUT_TIMEOUT",
                "The bot did not answer in time. No Stars were taken.",
            ),
        }
    };
    sandbox.state().tell(Event::Payment {
        bot_id: invoice.bot_id,
        user_id,
        slug: slug.to_owned(),
        status: receipt.status.as_str().to_owned(),
    });
    Ok(receipt)
}

fn too_poor() -> Receipt {
    // source: core.telegram.org, errors of payments.sendStarsForm
    Receipt::failed("BALANCE_TOO_LOW", "There are not enough Stars for this.")
}

/// Waits for the bot's answer, as long as it may take.
async fn verdict(sandbox: &Shared, asked: Asked) -> Option<Verdict> {
    let answered = tokio::select! {
        answer = asked.answer => answer.ok(),
        () = sandbox.clock.sleep_until(asked.deadline_ms) => None,
        () = sandbox.stop.cancelled() => None,
    };
    sandbox.state().prechecks.remove(&asked.id);
    answered
}

/// Moves the Stars, now or later, and says what the client shows.
fn finish(
    sandbox: &Shared,
    invoice: &Invoice,
    user_id: i64,
    outcome: Outcome,
    delay: Duration,
) -> Receipt {
    let delay_ms = i64::try_from(delay.as_millis()).unwrap_or(0);
    if outcome == Outcome::Pending {
        let (sandbox, invoice) = (sandbox.clone(), invoice.clone());
        tokio::spawn(async move {
            let at_ms = sandbox.clock.now_ms() + delay_ms;
            sandbox.clock.sleep_until(at_ms).await;
            sandbox.state().charge(&invoice, user_id, Delivery::Normal);
        });
        return Receipt::of(Status::Pending);
    }
    let delivery = match outcome {
        Outcome::LostUpdate => Delivery::Lost,
        Outcome::Late => Delivery::Late(delay_ms),
        Outcome::DoubleUpdate => Delivery::Doubled,
        _ => Delivery::Normal,
    };
    let Some(charge_id) = sandbox.state().charge(invoice, user_id, delivery) else {
        return too_poor();
    };
    let status = match outcome {
        Outcome::FailedButPaid => Status::Failed,
        Outcome::CancelledButPaid => Status::Cancelled,
        _ => Status::Paid,
    };
    Receipt {
        charge_id: Some(charge_id),
        ..Receipt::of(status)
    }
}

impl State {
    /// Moves Stars from buyer to bot, books them and says so in the chat.
    /// Returns the charge id, or `None` when the buyer has too few by now.
    pub fn charge(
        &mut self,
        invoice: &Invoice,
        user_id: i64,
        delivery: Delivery,
    ) -> Option<String> {
        let account = self
            .account(user_id)
            .filter(|account| account.stars >= invoice.amount)?;
        let buyer = account.user.to_api();
        let charge_id = format!("stx{}", self.ids.text(36));
        let charge = Charge {
            bot_id: invoice.bot_id,
            user_id,
            amount: invoice.amount,
            payload: invoice.payload.clone(),
            provider_id: format!("{user_id}_{}", self.charges.len()),
            partner: payment_partner(&buyer, invoice),
            refunded: false,
        };
        self.move_stars(user_id, -invoice.amount);
        let date = self.clock.now();
        let row = Row {
            id: charge_id.clone(),
            amount: invoice.amount,
            date,
            flow: Flow::In,
            partner: charge.partner.clone(),
        };
        if let Some(bot) = self.bots.get_mut(&invoice.bot_id) {
            bot.ledger.book(row);
        }
        let payment = self.successful_payment(&charge_id, &charge, invoice, user_id);
        self.charges.insert(charge_id.clone(), charge);
        let content = Content::Service("successful_payment", payment);
        let message = self.new_message(invoice.bot_id, Sender::User, content);
        self.post(invoice.bot_id, user_id, message, delivery);
        Some(charge_id)
    }

    /// The Bot API's `SuccessfulPayment`; begins a subscription when there is one.
    /// Source: tdlib/telegram-bot-api Client.cpp `JsonSuccessfulPaymentBot`.
    fn successful_payment(
        &mut self,
        charge_id: &str,
        charge: &Charge,
        invoice: &Invoice,
        user_id: i64,
    ) -> Value {
        let mut payment = json!({
            "currency": "XTR",
            "total_amount": charge.amount,
            "invoice_payload": charge.payload,
            "telegram_payment_charge_id": charge_id,
            "provider_payment_charge_id": charge.provider_id,
        });
        if let Some(period) = invoice.subscription_period {
            let until = self.clock.now() + period;
            payment["is_recurring"] = json!(true);
            payment["is_first_recurring"] = json!(true);
            payment["subscription_expiration_date"] = json!(until);
            let subscription = Subscription::begin(invoice.clone(), user_id, until);
            self.subscriptions
                .insert(charge_id.to_owned(), subscription);
        }
        payment
    }
}

/// The Bot API's `TransactionPartnerUser`. Source: Bot API; tdlib/telegram-bot-api
/// Client.cpp `JsonStarTransactionType`.
#[must_use]
pub fn payment_partner(buyer: &Value, invoice: &Invoice) -> Value {
    let mut partner = json!({
        "type": "user",
        "transaction_type": "invoice_payment",
        "user": buyer,
        "invoice_payload": invoice.payload,
    });
    if let Some(period) = invoice.subscription_period {
        partner["subscription_period"] = json!(period);
    }
    partner
}
