//! Buyers open orders, some with a promo code.

use shop::{OpenOrderError, domain::*};

use super::{
    catalogue::{OFFERS, price_with, promos, renews, wish_for},
    month::Month,
};

/// Buyers of the shop.
const BUYERS: u64 = 6;

/// One wish in so many is with a promo code.
const ONE_WITH_PROMO: u64 = 3;

impl Month {
    pub(super) async fn open(&mut self) {
        let offer = OFFERS[self.dice.roll(OFFERS.len() as u64) as usize];
        let mut wish = wish_for(1 + self.dice.roll(BUYERS) as i64, offer);
        let promo = if self.dice.roll(ONE_WITH_PROMO) == 0 {
            self.one_of(&promos())
        } else {
            None
        };
        if let Some(promo) = &promo {
            wish.promo = Some(promo.code.clone());
            wish.seen_price = price_with(promo, wish.seen_price);
        }
        let is_subscribed = self.model.is_subscribed(&wish);
        let none_left = promo.as_ref().and_then(|promo| {
            let opened = &self.model.orders;
            let replaced = |id: &OrderId| opened[id].is_replaced_by(&wish);
            self.model
                .uses
                .refusal(promo, wish.buyer, self.now, replaced)
        });
        match self.shop.open_order(&wish, self.now).await {
            Ok(order) => {
                assert!(!is_subscribed, "{order:?} is subscribed to");
                self.opened(order, &wish, promo.as_ref(), none_left);
            }
            Err(OpenOrderError::Refused(refusal)) if is_about_promo(&refusal) => {
                let by_offer = renews(&offer).then_some(Refusal::PromoNotRenewing);
                assert_eq!(Some(&refusal), by_offer.or(none_left).as_ref(), "{wish:?}");
                self.tally.note("promo code refused");
            }
            Err(refused) => {
                let may = offer.0 != "book" && (offer.0 != "club" || is_subscribed);
                assert!(may, "{offer:?}: {refused}");
                self.tally.note("order refused");
            }
        }
    }

    fn opened(
        &mut self,
        order: Order,
        wish: &NewOrder,
        promo: Option<&Promo>,
        none_left: Option<Refusal>,
    ) {
        if self.orders.iter().any(|known| known.id == order.id) {
            self.tally.note("order opened again");
        } else {
            self.tally.note("order opened");
            if let Some(promo) = promo {
                assert_eq!(none_left, None, "{order:?} has a use too many");
                self.tally.note("order opened with a promo code");
                let is_freed = self.model.uses.were_all_held(promo);
                self.tally.note_if("promo use free again", is_freed);
            }
        }
        self.model.opened(&order, wish, self.now);
        self.orders.push(order);
    }
}

fn is_about_promo(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::PromoUsedUp | Refusal::PromoUsed | Refusal::PromoNotRenewing
    )
}
