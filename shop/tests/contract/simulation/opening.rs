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
        let orders = &self.model.orders;
        let mut own = orders.values();
        let is_being_paid = own.any(|own| own.is_being_paid(&wish, self.now));
        let none_left = promo.as_ref().filter(|_| !is_being_paid).and_then(|promo| {
            let replaced = |id: &OrderId| orders[id].may_be_replaced_by(&wish);
            self.model
                .uses
                .refusal(promo, wish.buyer, self.now, replaced)
        });
        let open = self.own_open(&wish).await;
        match self.shop.open_order(&wish, self.now).await {
            Ok(order) => {
                assert!(!is_subscribed, "{order:?} is subscribed to");
                let is_again = self.orders.iter().any(|known| known.id == order.id);
                assert!(
                    is_again || !is_being_paid,
                    "{order:?} while another is paid"
                );
                self.opened(order, &wish, promo.as_ref(), none_left, open)
                    .await;
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

    async fn opened(
        &mut self,
        order: Order,
        wish: &NewOrder,
        promo: Option<&Promo>,
        none_left: Option<Refusal>,
        open: Vec<Order>,
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
        let ended = self.ended_for(&order, wish, open).await;
        self.model.opened(&order, &ended, self.now);
        self.orders.push(order);
    }

    /// The buyer's open orders that may end for a wish.
    async fn own_open(&self, wish: &NewOrder) -> Vec<Order> {
        let own = self.model.orders.values();
        let mut open = Vec::new();
        for own in own.filter(|own| own.may_be_replaced_by(wish)) {
            if self.is_open(&own.order).await {
                open.push(own.order.clone());
            }
        }
        open
    }

    /// Which of them ended: one of the same offer for certain, others where they held what was left.
    async fn ended_for(
        &mut self,
        order: &Order,
        wish: &NewOrder,
        open: Vec<Order>,
    ) -> Vec<OrderId> {
        let mut ended = Vec::new();
        for own in open {
            let is_same = own.offer == wish.offer && own.product == wish.product;
            if self.is_open(&own).await {
                assert!(own.id == order.id || !is_same, "{own:?} beside {order:?}");
                continue;
            }
            let made_room = !is_same && own.expires_at > self.now;
            self.tally
                .note_if("order made room for another offer", made_room);
            ended.push(own.id);
        }
        ended
    }

    async fn is_open(&self, order: &Order) -> bool {
        let state = self.shop.order_state(order.id).await.unwrap();
        state.is_some_and(OrderState::is_open)
    }
}

fn is_about_promo(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::PromoUsedUp | Refusal::PromoUsed | Refusal::PromoNotRenewing
    )
}
