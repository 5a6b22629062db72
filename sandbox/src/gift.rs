//! Gifts that a bot buys for users and channels out of its Stars: Telegram's own, and Premium.

use serde_json::{Value, json};

use crate::amount::Amount;
use crate::api_error::{ApiError, ApiResult};
use crate::community::Kind;
use crate::ledger::{Flow, Row};
use crate::state::State;

/// A gift of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gift {
    /// Identifier.
    pub id: i64,
    /// What its sticker shows.
    pub emoji: &'static str,
    /// Price.
    pub stars: i64,
    /// Price of making it unique; 0 when it cannot be.
    pub upgrade_stars: i64,
    /// How many exist; 0 when there is no end.
    pub total: i64,
}

/// What the sandbox has to give. Telegram's own catalogue changes all the time; this
/// one has each kind once: plain, upgradable, limited.
pub const CATALOGUE: [Gift; 4] = [
    Gift {
        id: 5_170_145_012_310_081_615,
        emoji: "💝",
        stars: 15,
        upgrade_stars: 0,
        total: 0,
    },
    Gift {
        id: 5_170_250_947_678_437_525,
        emoji: "🎁",
        stars: 25,
        upgrade_stars: 0,
        total: 0,
    },
    Gift {
        id: 5_170_314_324_215_857_265,
        emoji: "💐",
        stars: 50,
        upgrade_stars: 25,
        total: 0,
    },
    Gift {
        id: 5_170_564_780_938_756_245,
        emoji: "🚀",
        stars: 100,
        upgrade_stars: 0,
        total: 3,
    },
];

impl State {
    /// The Bot API's `Gift`. Source: tdlib/telegram-bot-api Client.cpp `JsonGift`.
    #[must_use]
    pub fn gift_object(&self, gift: &Gift) -> Value {
        let mut object = json!({
            "id": gift.id.to_string(),
            "sticker": {
                "width": 512,
                "height": 512,
                "emoji": gift.emoji,
                "is_animated": true,
                "is_video": false,
                "type": "regular",
                "file_id": format!("CAACAgIAAxUAAWgift{}", gift.id),
                "file_unique_id": format!("AgADgift{}", gift.id),
                "file_size": 20_000,
            },
            "star_count": gift.stars,
        });
        if gift.upgrade_stars > 0 {
            object["upgrade_star_count"] = json!(gift.upgrade_stars);
        }
        if gift.total > 0 {
            object["remaining_count"] = json!(self.gifts_left(gift));
            object["total_count"] = json!(gift.total);
        }
        object
    }

    /// How many of a limited gift are left.
    #[must_use]
    pub fn gifts_left(&self, gift: &Gift) -> i64 {
        gift.total - self.gifts_sold.get(&gift.id).copied().unwrap_or(0)
    }

    /// Takes Stars from a bot for a gift that a channel gets, and books it. Returns the channel's
    /// id. Source: Bot API, `TransactionPartnerChat`.
    ///
    /// # Errors
    /// 400 when the channel is unknown or the bot has too few Stars.
    pub fn spend_on_channel(
        &mut self,
        bot_id: i64,
        chat_id: &str,
        stars: i64,
        gift: &Value,
    ) -> ApiResult<i64> {
        let id = self.community_id(bot_id, chat_id);
        let channel = id
            .and_then(|id| self.communities.get(&id))
            .ok_or_else(|| ApiError::bad("chat not found"))?;
        let id = channel.id;
        if channel.kind != Kind::Channel {
            // source: tdlib/td StarGiftManager.cpp `send_gift`, which knows users and channels
            return Err(ApiError::bad("Have no access to the gift receiver"));
        }
        let partner = json!({ "type": "chat", "chat": channel.to_chat(), "gift": gift });
        self.spend(bot_id, stars, partner)?;
        Ok(id)
    }

    /// Takes Stars from a bot for something that a user gets, and books it.
    ///
    /// # Errors
    /// 400 when the user is unknown or the bot has too few Stars.
    pub fn spend_on_user(
        &mut self,
        bot_id: i64,
        user_id: i64,
        stars: i64,
        mut partner: Value,
    ) -> ApiResult<()> {
        let user = self
            .account(user_id)
            .map(|account| account.user.to_api())
            // source: tdlib/td StarGiftManager.cpp `send_gift`
            .ok_or_else(|| ApiError::bad("Have no access to the gift receiver"))?;
        partner["type"] = json!("user");
        partner["user"] = user;
        self.spend(bot_id, stars, partner)
    }

    fn spend(&mut self, bot_id: i64, stars: i64, partner: Value) -> ApiResult<()> {
        let row = Row {
            id: self.new_charge_id(),
            amount: Amount::stars(stars),
            date: self.now(),
            flow: Flow::Out,
            partner: partner.into(),
        };
        let ledger = &mut self.bot_mut(bot_id)?.ledger;
        if ledger.balance() < row.amount {
            // source: core.telegram.org, errors of payments.sendStarsForm
            return Err(ApiError::bad("BALANCE_TOO_LOW"));
        }
        ledger.book(row);
        Ok(())
    }
}
