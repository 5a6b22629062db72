//! Paid media: pictures and videos that a user buys in the chat, without a
//! pre-checkout.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::event::Event;
use crate::ledger::{Flow, Row};
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
    /// The user has paid.
    pub is_bought: bool,
}

/// Why media cannot be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BuyError {
    /// No such message.
    #[error("No message here holds paid media with this id.")]
    NotFound,
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
    pub fn to_api(&self, is_owner: bool) -> Value {
        let items: Vec<Value> = if is_owner || self.is_bought {
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
    /// The user buys the media of a message; returns the id of the row in the ledger.
    /// The update has no charge id, so only the ledger tells it. Whether such a
    /// payment can be given back by `refundStarPayment` is not documented; here it
    /// cannot. Source: Bot API, `PaidMediaPurchased`.
    ///
    /// # Errors
    /// When there is nothing to buy, or not enough to pay.
    pub fn buy_media(
        &mut self,
        bot_id: i64,
        user_id: i64,
        message_id: i64,
    ) -> Result<String, BuyError> {
        let balance = self.account(user_id).map_or(0, |account| account.stars);
        let message = self
            .message_mut(bot_id, user_id, message_id)
            .ok_or(BuyError::NotFound)?;
        let Content::PaidMedia(media, _) = &mut message.content else {
            return Err(BuyError::NotFound);
        };
        if media.is_bought {
            return Err(BuyError::Bought);
        }
        if balance < media.stars {
            return Err(BuyError::BalanceTooLow);
        }
        media.is_bought = true;
        let (media, message) = (media.clone(), message.clone());
        self.move_stars(user_id, -media.stars);
        let id = self.book_media(bot_id, user_id, &media);
        self.tell_bought(bot_id, user_id, &message);
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

    fn book_media(&mut self, bot_id: i64, user_id: i64, media: &PaidMedia) -> String {
        let id = self.new_charge_id();
        let mut partner = json!({
            "type": "user",
            "transaction_type": "paid_media_payment",
            "user": self.account(user_id).map(|account| account.user.to_api()),
            "paid_media": media.items,
        });
        if !media.payload.is_empty() {
            partner["paid_media_payload"] = json!(media.payload);
        }
        let mut amount = crate::amount::Amount::stars(media.stars);
        if let Some(commission) = self.pay_affiliate(bot_id, user_id, media.stars) {
            partner["affiliate"] = self.affiliate_info(&commission, Flow::In);
            amount = amount - commission.amount;
        }
        let row = Row {
            id: id.clone(),
            amount,
            date: self.now(),
            flow: Flow::In,
            partner: partner.into(),
        };
        if let Some(bot) = self.bots.get_mut(&bot_id) {
            bot.ledger.book(row);
        }
        id
    }

    fn tell_bought(&self, bot_id: i64, user_id: i64, message: &Message) {
        let message = self.window_object(bot_id, user_id, message);
        self.tell(Event::MessageEdited {
            bot_id,
            user_id,
            message,
        });
    }
}
