//! Months in a channel that its members pay, and manage as they do subscriptions to a bot.

use serde::{Deserialize, Serialize};

use super::join::JoinError;
use super::{Community, How, Place};
use crate::agenda::Deed;
use crate::event::Event;
use crate::limits::SUBSCRIPTION_PERIOD;
use crate::state::State;
use crate::subscription::{Action, Standing, SubscriptionError};

/// A membership that is paid each month; it is there as long as the user is in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Month {
    /// Id of its first payment; names the membership.
    pub id: String,
    /// Stars of each month.
    pub price: i64,
    /// Paid until, seconds since 1970.
    pub until: i64,
    /// Active, or canceled by the user.
    pub standing: Standing,
    /// Its payments, oldest first.
    pub charges: Vec<String>,
    /// The next renewal fails, whatever the user has.
    pub fails_next: bool,
}

impl State {
    /// Takes the Stars of one month in a channel and returns when it ends, seconds since 1970. They
    /// go to the channel, not to the bot. Source: Bot API, `createChatSubscriptionInviteLink`.
    ///
    /// # Errors
    /// When the user has too few Stars.
    pub(super) fn pay_month(
        &mut self,
        id: i64,
        user_id: i64,
        url: &str,
        stars: i64,
    ) -> Result<i64, JoinError> {
        let held = self.account(user_id).map_or(0, |account| account.stars);
        if held < stars {
            return Err(JoinError::BalanceTooLow);
        }
        self.move_stars(user_id, -stars);
        let charge = self.new_charge_id();
        let until = self.now() + SUBSCRIPTION_PERIOD;
        if let Some(community) = self.communities.get_mut(&id) {
            community.stars += stars;
            let month = community.months.entry(user_id).or_insert_with(|| Month {
                id: charge.clone(),
                price: stars,
                until,
                standing: Standing::Active,
                charges: Vec::new(),
                fails_next: false,
            });
            month.until = until;
            month.charges.push(charge);
        }
        let deed = Deed::EndMembership {
            community: id,
            user_id,
            link: url.to_owned(),
            until,
        };
        self.agenda.plan(until.saturating_mul(1000), deed);
        Ok(until)
    }

    /// A month in a channel is over: it is paid again, or the user is out. Who canceled, or came by
    /// a link that is no more, does not pay.
    pub fn end_membership(&mut self, id: i64, user_id: i64, url: &str, until: i64) {
        let Some(community) = self.communities.get(&id) else {
            return;
        };
        if community.places.get(&user_id) != Some(&Place::Member(Some(until))) {
            return;
        }
        let month = community.months.get(&user_id);
        let renews =
            month.is_none_or(|month| month.standing == Standing::Active && !month.fails_next);
        let price = community.links.get(url).and_then(|link| link.price);
        let paid = price
            .filter(|_| renews)
            .and_then(|stars| self.pay_month(id, user_id, url, stars).ok());
        let place = paid.map_or(Place::Left, |until| Place::Member(Some(until)));
        self.set_place(id, user_id, place, &How::default());
    }

    /// The user cancels a month's renewal or takes that back, or it is set to fail. No bot is told.
    ///
    /// # Errors
    /// When there is no such membership to this bot's channels, or its standing does not allow it.
    pub fn act_on_month(
        &mut self,
        bot_id: i64,
        charge_id: &str,
        action: Action,
    ) -> Result<(), SubscriptionError> {
        let theirs = self.communities.values_mut();
        let mut months = theirs
            .filter(|community| community.bot_id == bot_id)
            .flat_map(|community| &mut community.months);
        let (user_id, month) = months
            .find(|(_, month)| month.id == charge_id)
            .ok_or(SubscriptionError::NotFound)?;
        match (action, month.standing) {
            (Action::FailNext, _) => month.fails_next = true,
            (Action::RenewNext, _) => month.fails_next = false,
            (Action::Cancel, Standing::Active) => month.standing = Standing::Canceled,
            (Action::Reactivate, Standing::Canceled) => month.standing = Standing::Active,
            _ => return Err(SubscriptionError::WrongStanding),
        }
        let event = Event::Subscription {
            bot_id,
            user_id: *user_id,
            charge_id: charge_id.to_owned(),
            standing: month.standing,
        };
        self.tell(event);
        Ok(())
    }
}

impl Community {
    /// Forgets the month of somebody who is out.
    pub(super) fn end_month(&mut self, user_id: i64, is_in: bool) {
        if !is_in {
            self.months.remove(&user_id);
        }
    }
}
