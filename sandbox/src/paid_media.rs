//! Paid media: pictures and videos that users buy in a chat, without a pre-checkout.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::charge::Charge;
use crate::community::Kind;
use crate::event::Event;
use crate::ledger::Flow;
use crate::message::{Content, Message};
use crate::state::State;
use crate::update::Queue;

/// Media with a price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaidMedia {
    /// The price.
    pub stars: i64,
    /// The Bot API's `PaidMedia` objects, as their owner sees them.
    pub items: Vec<Value>,
    /// The bot's own reference; empty for none.
    pub payload: String,
    /// Who has paid.
    pub buyers: BTreeSet<i64>,
}

/// Media that a charge paid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldMedia {
    /// The chat of their message: a user's or a group.
    pub chat_id: i64,
    /// Their message.
    pub message_id: i64,
    /// The bot's own reference; empty for none.
    pub payload: String,
}

/// Why media cannot be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BuyError {
    /// No such message.
    #[error("No message here holds paid media with this id.")]
    NotFound,
    /// Not in the group or channel.
    #[error("The user is not in.")]
    NotIn,
    /// Paid for already.
    #[error("The user has bought these media.")]
    Bought,
    /// Not enough Stars.
    #[error("There are not enough Stars for this.")]
    BalanceTooLow,
}

impl PaidMedia {
    /// The Bot API's `PaidMediaInfo`; one who has not paid sees previews. Source:
    /// tdlib/telegram-bot-api Client.cpp `JsonPaidMediaInfo`, `JsonPaidMedia`.
    #[must_use]
    pub fn to_api(&self, is_open: bool) -> Value {
        let items: Vec<Value> = if is_open {
            self.items.clone()
        } else {
            self.items.iter().map(preview).collect()
        };
        json!({ "star_count": self.stars, "paid_media": items })
    }
}

/// What is seen of media before they are paid: their measures.
fn preview(item: &Value) -> Value {
    let mut preview = json!({ "type": "preview" });
    let measured = if item["type"] == "photo" {
        &item["photo"][0]
    } else {
        &item["video"]
    };
    for field in ["width", "height", "duration"] {
        if let Some(value) = measured.get(field) {
            preview[field] = value.clone();
        }
    }
    preview
}

impl State {
    /// A user buys the media of a message in their chat with the bot, in a group or in a channel;
    /// returns the id of the payment. The update has no charge id, so only the ledger tells it. What is
    /// paid in a channel is the channel's, and no bot is told. Source: Bot API, `sendPaidMedia`,
    /// `PaidMediaPurchased`.
    ///
    /// # Errors
    /// When there is nothing to buy, or not enough to pay.
    pub fn buy_media(
        &mut self,
        bot_id: i64,
        chat_id: i64,
        user_id: i64,
        message_id: i64,
    ) -> Result<String, BuyError> {
        let balance = self.account(user_id).map_or(0, |account| account.stars);
        let community = self.communities.get(&chat_id);
        if community.is_some_and(|community| !community.has(user_id)) {
            return Err(BuyError::NotIn);
        }
        let is_channel = community.is_some_and(|community| community.kind == Kind::Channel);
        let message = self
            .message_mut(bot_id, chat_id, message_id)
            .ok_or(BuyError::NotFound)?;
        let Content::PaidMedia(media, _) = &mut message.content else {
            return Err(BuyError::NotFound);
        };
        if media.buyers.contains(&user_id) {
            return Err(BuyError::Bought);
        }
        if balance < media.stars {
            return Err(BuyError::BalanceTooLow);
        }
        media.buyers.insert(user_id);
        let (media, message) = (media.clone(), message.clone());
        self.move_stars(user_id, -media.stars);
        self.tell_bought(bot_id, chat_id, &message);
        let id = self.new_charge_id();
        if is_channel {
            if let Some(channel) = self.communities.get_mut(&chat_id) {
                channel.stars += media.stars;
            }
            return Ok(id);
        }
        let sold = SoldMedia {
            chat_id,
            message_id,
            payload: media.payload.clone(),
        };
        self.book_media(&id, bot_id, user_id, &media, sold);
        if !media.payload.is_empty() {
            let update = json!({
                "from": self.account(user_id).map(|account| account.user.to_api()),
                "paid_media_payload": media.payload,
            });
            let queue = Queue::PaidMedia(user_id);
            self.push_update(bot_id, "purchased_paid_media", update, queue);
        }
        Ok(id)
    }

    fn book_media(
        &mut self,
        id: &str,
        bot_id: i64,
        user_id: i64,
        media: &PaidMedia,
        sold: SoldMedia,
    ) {
        let mut partner = json!({
            "type": "user",
            "transaction_type": "paid_media_payment",
            "user": self.account(user_id).map(|account| account.user.to_api()),
            "paid_media": media.items,
        });
        if !media.payload.is_empty() {
            partner["paid_media_payload"] = json!(media.payload);
        }
        let charge = Charge {
            bot_id,
            user_id,
            amount: media.stars,
            // The payload of paid media is none of an invoice's.
            payload: String::new(),
            provider_id: format!("{user_id}_{}", self.charges.len()),
            partner: partner.into(),
            commission: self.pay_affiliate(bot_id, user_id, media.stars),
            date: self.now(),
            number: self.charges.len(),
            refunded: false,
            subscription: None,
            media: Some(Box::new(sold)),
            told_in: None,
        };
        self.book_sale(id, &charge, Flow::In);
        self.charges.insert(id.to_owned(), charge);
    }

    /// Shows media to somebody as before they paid.
    pub fn close_media(&mut self, bot_id: i64, user_id: i64, sold: &SoldMedia) {
        let Some(message) = self.message_mut(bot_id, sold.chat_id, sold.message_id) else {
            return;
        };
        if let Content::PaidMedia(media, _) = &mut message.content {
            media.buyers.remove(&user_id);
            let message = message.clone();
            self.tell_bought(bot_id, sold.chat_id, &message);
        }
    }

    /// Shows the windows who has paid by now.
    fn tell_bought(&self, bot_id: i64, chat_id: i64, message: &Message) {
        let message = self.window_object(bot_id, chat_id, message);
        self.tell(Event::MessageEdited {
            bot_id,
            user_id: chat_id,
            message,
        });
    }
}
