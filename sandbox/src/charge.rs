//! Stars on their way from a buyer to a bot: the charge, its row in the ledger, the
//! message that tells of it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::affiliate::Commission;
use crate::amount::Amount;
use crate::compact::Compact;
use crate::invoice::Invoice;
use crate::ledger::{Flow, Row};
use crate::message::{Content, Sender};
use crate::paid_media::SoldMedia;
use crate::state::State;
use crate::update::Delivery;

/// A payment that was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Charge {
    /// The bot that got it.
    pub bot_id: i64,
    /// The buyer.
    pub user_id: i64,
    /// Whole Stars that the buyer paid.
    pub amount: i64,
    /// The invoice's payload.
    pub payload: String,
    /// `provider_payment_charge_id`.
    pub provider_id: String,
    /// The other side in the bot's ledger, without the affiliate.
    pub partner: Compact,
    /// What an affiliate got of it.
    pub commission: Option<Commission>,
    /// When, seconds since 1970.
    pub date: i64,
    /// Counts up from 0 over all charges.
    pub number: usize,
    /// It was given back.
    pub refunded: bool,
    /// The subscription that it paid for, by the charge id of its first payment.
    pub subscription: Option<String>,
    /// The media that it paid for; nothing for an invoice.
    pub media: Option<Box<SoldMedia>>,
    /// The group or channel in which it is told of, if not in the buyer's own chat.
    pub told_in: Option<i64>,
}

/// Which of its payments a subscription makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recurrence<'a> {
    /// None: this is a one-time payment.
    Once,
    /// The first.
    First,
    /// A later one, of this subscription.
    Renewal(&'a str),
}

impl State {
    /// Makes the first or only payment of an invoice. Returns the charge id, or
    /// `None` when the buyer has too few Stars by now.
    pub fn charge(
        &mut self,
        invoice: &Invoice,
        user_id: i64,
        delivery: Delivery,
    ) -> Option<String> {
        let recurrence = match invoice.subscription_period {
            Some(_) => Recurrence::First,
            None => Recurrence::Once,
        };
        self.pay_bill(invoice, user_id, recurrence, delivery)
    }

    /// Pays one more period of a subscription. Returns the charge id, or `None` when
    /// the buyer has too few Stars.
    pub fn charge_renewal(&mut self, subscription_id: &str) -> Option<String> {
        let subscription = self.subscriptions.get(subscription_id)?;
        let (invoice, user_id) = (subscription.invoice.clone(), subscription.user_id);
        let recurrence = Recurrence::Renewal(subscription_id);
        self.pay_bill(&invoice, user_id, recurrence, Delivery::Normal)
    }

    /// Moves Stars from buyer to bot, books them and says so in the chat.
    fn pay_bill(
        &mut self,
        invoice: &Invoice,
        user_id: i64,
        recurrence: Recurrence<'_>,
        delivery: Delivery,
    ) -> Option<String> {
        let account = self
            .account(user_id)
            .filter(|account| account.stars >= invoice.amount)?;
        let buyer = account.user.to_api();
        let id = self.new_charge_id();
        self.move_stars(user_id, -invoice.amount);
        let commission = self.pay_affiliate(invoice.bot_id, user_id, invoice.amount);
        let charge = Charge {
            bot_id: invoice.bot_id,
            user_id,
            amount: invoice.amount,
            payload: invoice.payload.clone(),
            provider_id: format!("{user_id}_{}", self.charges.len()),
            partner: payment_partner(&buyer, invoice).into(),
            commission,
            date: self.now(),
            number: self.charges.len(),
            refunded: false,
            subscription: match recurrence {
                Recurrence::Once => None,
                Recurrence::First => Some(id.clone()),
                Recurrence::Renewal(first) => Some(first.to_owned()),
            },
            media: None,
            told_in: invoice
                .chat_id
                .filter(|_| self.choices.payments_told_in_place),
        };
        self.book_sale(&id, &charge, Flow::In);
        let until = self.extend(&id, invoice, user_id, recurrence);
        let payment = successful_payment(&id, &charge, recurrence, until);
        if self.choices.payments_let_write {
            self.chat_mut(invoice.bot_id, user_id).write_allowed = true;
        }
        let content = Content::Service("successful_payment".into(), payment.into());
        self.tell_of(&charge, Sender::User, content, delivery);
        self.charges.insert(id.clone(), charge);
        Some(id)
    }

    /// Says something about a payment in its chat; in the buyer's own where one of the two is not
    /// in that, and would not hear of it. There it is from `says`; a group or channel hears it from
    /// the buyer.
    pub fn tell_of(&mut self, charge: &Charge, says: Sender, content: Content, delivery: Delivery) {
        let (bot_id, user_id) = (charge.bot_id, charge.user_id);
        let place = charge.told_in.filter(|id| {
            let community = self.communities.get(id);
            community.is_some_and(|community| community.bot.is_in() && community.has(user_id))
        });
        let from = place.map_or(says, |_| Sender::Member(user_id));
        let chat_id = place.unwrap_or(user_id);
        let message = self.new_message(bot_id, chat_id, from, content);
        self.post(bot_id, chat_id, message, delivery);
    }

    /// A new charge id. Its form is only like Telegram's: that one is not documented.
    pub fn new_charge_id(&mut self) -> String {
        format!("stx{}", self.ids.text(36))
    }

    /// Begins or extends the subscription behind a payment; returns its end.
    fn extend(
        &mut self,
        id: &str,
        invoice: &Invoice,
        user_id: i64,
        recurrence: Recurrence<'_>,
    ) -> Option<i64> {
        let period = invoice.subscription_period?;
        match recurrence {
            Recurrence::Once => None,
            Recurrence::First => Some(self.begin_subscription(id, invoice, user_id, period)),
            Recurrence::Renewal(first) => self.extend_subscription(first, id, period),
        }
    }

    /// Books a sale (`Flow::In`) or its refund (`Flow::Out`) in the bot's ledger: what
    /// the bot gets, which is the price without the affiliate's commission.
    pub fn book_sale(&mut self, id: &str, charge: &Charge, flow: Flow) {
        let mut partner = charge.partner.clone();
        let mut amount = Amount::stars(charge.amount);
        if let Some(commission) = &charge.commission {
            let mut with_affiliate = partner.value();
            with_affiliate["affiliate"] = self.affiliate_info(commission, flow);
            partner = with_affiliate.into();
            amount = amount - commission.amount;
        }
        let row = Row {
            id: id.to_owned(),
            amount,
            date: self.now(),
            flow,
            partner,
        };
        if let Some(bot) = self.bots.get_mut(&charge.bot_id) {
            bot.ledger.book(row);
        }
    }
}

/// The Bot API's `SuccessfulPayment`. Source: tdlib/telegram-bot-api Client.cpp
/// `JsonSuccessfulPaymentBot`; `is_first_recurring` is left out when false.
fn successful_payment(
    id: &str,
    charge: &Charge,
    recurrence: Recurrence<'_>,
    until: Option<i64>,
) -> Value {
    let mut payment = json!({
        "currency": "XTR",
        "total_amount": charge.amount,
        "invoice_payload": charge.payload,
        "telegram_payment_charge_id": id,
        "provider_payment_charge_id": charge.provider_id,
    });
    if let Some(until) = until {
        payment["subscription_expiration_date"] = json!(until);
        payment["is_recurring"] = json!(true);
        if recurrence == Recurrence::First {
            payment["is_first_recurring"] = json!(true);
        }
    }
    payment
}

/// The Bot API's `TransactionPartnerUser`. Source: Bot API; tdlib/telegram-bot-api
/// Client.cpp `JsonStarTransactionType`.
fn payment_partner(buyer: &Value, invoice: &Invoice) -> Value {
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
