//! Sentences that need grammar, and texts found by a code.

use crate::{Counted, Words, groups::Refused};

impl Words {
    /// An amount as it is read aloud: "250 Stars", «250 звёзд».
    pub fn stars(self, n: u64) -> String {
        self.counted(&self.parts().stars, n)
    }

    /// An amount as the object of a verb or after "for": «1 звезду».
    pub fn stars_object(self, n: u64) -> String {
        self.counted(&self.parts().stars_object, n)
    }

    /// The main button: "Buy for 250 Stars". Plain text, since the native button shows no pictures.
    pub fn buy(self, price: u64) -> String {
        self.counted(&self.buying().buy, price)
    }

    /// A text in the form that a number asks for, with the number in it.
    pub fn counted(self, text: &Counted, n: u64) -> String {
        text.of(self.lang(), n, &self.number(n))
    }

    /// A refusal as a whole answer, by its stable code: what happened, that no Stars were taken,
    /// what to do. `price_now` is the price that holds, for `price_changed`. An unknown code gets
    /// the answer of `busy`.
    pub fn refusal(self, code: &str, price_now: u64) -> String {
        self.refused(code)
            .says
            .fill(&[("price", &self.stars(price_now))])
    }

    /// The reason of a refusal alone, for a payment that already goes back.
    pub fn refusal_reason(self, code: &str, price_now: u64) -> String {
        self.refused(code)
            .why
            .fill(&[("price", &self.stars(price_now))])
    }

    fn refused(self, code: &str) -> &'static Refused {
        let all = self.refusals();
        match code {
            "shop_paused" => &all.shop_paused,
            "not_for_sale" => &all.not_for_sale,
            "sold_out" => &all.sold_out,
            "price_changed" => &all.price_changed,
            "buyer_limit" => &all.buyer_limit,
            "already_subscribed" => &all.already_subscribed,
            "subscription_ended" => &all.subscription_ended,
            "subscription_stopped" => &all.subscription_stopped,
            "promo_unknown" => &all.promo_unknown,
            "promo_not_yet" => &all.promo_not_yet,
            "promo_over" => &all.promo_over,
            "promo_used_up" => &all.promo_used_up,
            "promo_used" => &all.promo_used,
            "promo_not_here" => &all.promo_not_here,
            "promo_not_renewing" => &all.promo_not_renewing,
            "order_expired" => &all.order_expired,
            "already_paid" => &all.already_paid,
            "unknown_order" => &all.unknown_order,
            "another_buyer" => &all.another_buyer,
            "wrong_amount" => &all.wrong_amount,
            _ => &all.busy,
        }
    }

    /// What an error between page and server means for the buyer, by its stable code. All codes of
    /// launch data begin with `init_data_`. An unknown code gets the text of `server`.
    pub fn error(self, code: &str) -> &'static str {
        let all = self.errors();
        match code {
            "session_missing" => all.session_missing,
            "session_expired" => all.session_expired,
            "init_data_expired" | "init_data_too_old" => all.init_data_expired,
            _ if code.starts_with("init_data_") => all.init_data_invalid,
            "order_not_found" => all.order_not_found,
            "goods_not_found" => all.goods_not_found,
            "product_not_found" => all.product_not_found,
            "too_many" => all.too_many,
            "network" => all.network,
            "telegram" => all.telegram,
            _ => all.server,
        }
    }

    /// How an order stands, by the stable name of its state.
    pub fn order_state(self, state: &str) -> &'static str {
        let all = self.order();
        match state {
            "prechecked" => all.prechecked,
            "paid" => all.paid,
            "delivered" => all.delivered,
            "expired" => all.expired,
            "refunded" => all.refunded,
            _ => all.opened,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Lang, words};

    #[test]
    fn amounts_take_their_case() {
        let ru = words(Lang::Ru);
        assert_eq!(ru.stars(1), "1\u{a0}звезда");
        assert_eq!(ru.stars_object(1), "1\u{a0}звезду");
        assert_eq!(ru.buy(1), "Купить за 1\u{a0}звезду");
        assert_eq!(ru.buy(10_000), "Купить за 10\u{a0}000\u{a0}звёзд");
        assert_eq!(words(Lang::En).buy(1), "Buy for 1\u{a0}Star");
        assert_eq!(words(Lang::En).stars(250), "250\u{a0}Stars");
    }

    #[test]
    fn a_changed_price_is_named() {
        for lang in Lang::ALL {
            let words = words(lang);
            let text = words.refusal("price_changed", 321);
            assert!(text.contains("321"), "{text}");
            assert_eq!(words.refusal("news", 0), words.refusal("busy", 0));
        }
    }
}
