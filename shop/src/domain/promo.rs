//! Promo codes: a lower price for who knows a word.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{BadId, OfferCode, Product, ProductCode, Refusal, Stars, Term, UnixSeconds};
use crate::limits;

/// The word that a buyer types. Kept in upper case, so that it does not matter how it is typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PromoCode(String);

impl PromoCode {
    /// The code as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PromoCode {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let code = text.trim().to_uppercase();
        let fits = (1..=limits::PROMO_CHARS).contains(&code.chars().count());
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if fits && code.chars().all(plain) {
            return Ok(Self(code));
        }
        Err(BadId {
            what: "promo code",
            value: text.chars().take(limits::PROMO_CHARS).collect(),
        })
    }
}

impl TryFrom<String> for PromoCode {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}

impl From<PromoCode> for String {
    fn from(code: PromoCode) -> Self {
        code.0
    }
}

impl fmt::Display for PromoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How much less is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// So many hundredths of the price, 1 to 99.
    Percent(u8),
    /// So many whole Stars.
    Stars(Stars),
}

impl Discount {
    /// The price that is left. Parts of a Star are the buyer's; an invoice needs one Star.
    pub fn of(self, price: Stars) -> Stars {
        let left = match self {
            Self::Percent(percent) => {
                let left = u128::from(price.0) * u128::from(100_u8.saturating_sub(percent)) / 100;
                u64::try_from(left).unwrap_or(price.0)
            }
            Self::Stars(off) => price.0.saturating_sub(off.0),
        };
        Stars(left.max(limits::PRICE_LEAST).min(price.0))
    }
}

/// A promo code as its seller wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promo {
    /// The word.
    pub code: PromoCode,
    /// What it is worth.
    pub discount: Discount,
    /// How many orders it is good for, where there is a bound.
    pub uses: Option<u64>,
    /// How many orders of one buyer, where there is a bound.
    pub per_buyer: Option<u32>,
    /// From when on.
    pub starts: Option<UnixSeconds>,
    /// Until when.
    pub ends: Option<UnixSeconds>,
    /// The products that it is good for; none named means all.
    pub products: Vec<ProductCode>,
}

impl Promo {
    /// The price with the code, as far as it does not depend on how often the code was used. An
    /// order that was opened keeps its price.
    ///
    /// # Errors
    /// Why the code does not help here and now.
    pub fn price(
        &self,
        product: &ProductCode,
        term: Term,
        price: Stars,
        now: UnixSeconds,
    ) -> Result<Stars, Refusal> {
        if self.starts.is_some_and(|starts| now < starts) {
            return Err(Refusal::PromoNotYet);
        }
        if self.ends.is_some_and(|ends| ends <= now) {
            return Err(Refusal::PromoOver);
        }
        if !self.products.is_empty() && !self.products.contains(product) {
            return Err(Refusal::PromoNotHere);
        }
        // Telegram renews at one price for good: a first month for less cannot be told to it.
        if term.renews() {
            return Err(Refusal::PromoNotRenewing);
        }
        let left = self.discount.of(price);
        // A price of one Star has nothing to give: the use would be spent for nothing.
        if left == price {
            return Err(Refusal::PromoNotHere);
        }
        Ok(left)
    }
}

/// What a code makes of the prices of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromoPrices {
    /// The code.
    pub code: PromoCode,
    /// The price of each offer that it helps with, in their order.
    pub prices: Vec<(OfferCode, Stars)>,
}

impl PromoPrices {
    /// The price of an offer with the code, where it helps.
    pub fn of(&self, offer: &OfferCode) -> Option<Stars> {
        let found = self.prices.iter().find(|(code, _)| code == offer);
        found.map(|(_, price)| *price)
    }
}

impl Promo {
    /// What the code makes of the prices of a product.
    ///
    /// # Errors
    /// Why it helps with none of them: what keeps it from the first.
    pub fn prices(&self, product: &Product, now: UnixSeconds) -> Result<PromoPrices, Refusal> {
        let mut why = Refusal::PromoNotHere;
        let mut prices = Vec::new();
        for offer in product.offers.iter().rev() {
            match self.price(&product.code, offer.term, offer.price, now) {
                Ok(price) => prices.insert(0, (offer.code.clone(), price)),
                Err(refusal) => why = refusal,
            }
        }
        if prices.is_empty() {
            return Err(why);
        }
        let code = self.code.clone();
        Ok(PromoPrices { code, prices })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Category, Offer};

    fn discount() -> impl Strategy<Value = Discount> {
        prop_oneof![
            (1_u8..=99).prop_map(Discount::Percent),
            (1_u64..=u64::MAX).prop_map(|off| Discount::Stars(Stars(off))),
        ]
    }

    /// Prices as shops have them, where a Star is much, and any others.
    fn price() -> impl Strategy<Value = u64> {
        prop_oneof![1..=300_u64, 1..=u64::MAX]
    }

    proptest! {
        /// Never below one Star, never above the price, and off what was promised to the Star.
        #[test]
        fn a_discount_is_what_it_says(
            discount in prop_oneof![discount(), (1..=300_u64).prop_map(|off| Discount::Stars(Stars(off)))],
            price in price(),
        ) {
            let left = discount.of(Stars(price)).0;
            prop_assert!((1..=price).contains(&left));
            let exact = match discount {
                // In hundredths of a Star.
                Discount::Percent(percent) => u128::from(price) * u128::from(100 - percent),
                Discount::Stars(off) => u128::from(price.saturating_sub(off.0)) * 100,
            };
            prop_assert_eq!(u128::from(left), (exact / 100).max(1));
        }

        /// From its first second to the one before its last.
        #[test]
        fn a_code_has_its_time(from in 0..100_i64, to in 0..100_i64, at in 0..100_i64) {
            let promo = Promo {
                code: "LAMP".parse().unwrap(),
                discount: Discount::Percent(10),
                uses: None,
                per_buyer: None,
                starts: Some(UnixSeconds(from)),
                ends: Some(UnixSeconds(to)),
                products: Vec::new(),
            };
            let book = "book".parse().unwrap();
            let helps = promo.price(&book, Term::Forever, Stars(50), UnixSeconds(at)).is_ok();
            prop_assert_eq!(helps, (from..to).contains(&at));
        }

        /// A dearer thing never becomes cheaper than a cheaper one.
        #[test]
        fn a_discount_keeps_the_order_of_prices(
            discount in discount(), a in 1_u64..=u64::MAX, b in 1_u64..=u64::MAX,
        ) {
            let (less, more) = (a.min(b), a.max(b));
            prop_assert!(discount.of(Stars(less)) <= discount.of(Stars(more)));
        }

        /// However it is typed.
        #[test]
        fn a_code_is_compared_without_case(text in "[a-zа-я0-9_-]{1,32}") {
            let code: PromoCode = text.parse().unwrap();
            prop_assert_eq!(&format!(" {} ", text.to_uppercase()).parse::<PromoCode>().unwrap(), &code);
            prop_assert_eq!(code.to_string().parse::<PromoCode>().unwrap(), code.clone());
            prop_assert_eq!(code.as_str(), text.to_uppercase());
            prop_assert_eq!(serde_json::to_value(&code).unwrap(), code.as_str());
        }
    }

    #[test]
    fn a_code_says_why_it_does_not_help() {
        let (book, other): (ProductCode, ProductCode) =
            ("book".parse().unwrap(), "other".parse().unwrap());
        let promo = Promo {
            code: "Lamp10".parse().unwrap(),
            discount: Discount::Percent(10),
            uses: None,
            per_buyer: None,
            starts: Some(UnixSeconds(10)),
            ends: Some(UnixSeconds(20)),
            products: vec![book.clone()],
        };
        let price =
            |product, term, stars, at| promo.price(product, term, Stars(stars), UnixSeconds(at));
        let month = Term::Subscription { seconds: 60 };
        assert_eq!(price(&book, Term::Forever, 55, 10), Ok(Stars(49)));
        assert_eq!(
            price(&book, Term::Forever, 55, 9),
            Err(Refusal::PromoNotYet)
        );
        assert_eq!(price(&book, Term::Forever, 55, 20), Err(Refusal::PromoOver));
        assert_eq!(
            price(&other, Term::Forever, 55, 10),
            Err(Refusal::PromoNotHere)
        );
        assert_eq!(price(&book, month, 55, 10), Err(Refusal::PromoNotRenewing));
        assert_eq!(
            price(&book, Term::Forever, 1, 10),
            Err(Refusal::PromoNotHere)
        );
        for wrong in ["", " ", "two words", "50%", &"A".repeat(33)] {
            assert!(wrong.parse::<PromoCode>().is_err(), "{wrong:?}");
        }
    }

    /// A product with offers of these terms and prices.
    fn product(offers: &[(&str, Term, u64)]) -> Product {
        let offer = |&(code, term, price): &(&str, Term, u64)| Offer {
            code: code.parse().unwrap(),
            title: String::new(),
            price: Stars(price),
            term,
        };
        let category = Category {
            code: "books".parse().unwrap(),
            title: String::new(),
        };
        Product {
            code: "book".parse().unwrap(),
            category,
            title: String::new(),
            summary: String::new(),
            description: String::new(),
            pictures: Vec::new(),
            offers: offers.iter().map(offer).collect(),
            benefits: Vec::new(),
            left: None,
            stock: None,
            per_buyer: None,
            refunds: String::new(),
        }
    }

    #[test]
    fn a_code_prices_the_offers_that_it_helps_with() {
        let promo = Promo {
            code: "Half".parse().unwrap(),
            discount: Discount::Percent(50),
            uses: None,
            per_buyer: None,
            starts: None,
            ends: None,
            products: Vec::new(),
        };
        let offer = |code: &str| code.parse::<OfferCode>().unwrap();
        let month = Term::Subscription { seconds: 60 };
        let now = UnixSeconds(1);
        let several = [
            ("good", Term::Forever, 100),
            ("month", month, 40),
            ("better", Term::Forever, 300),
        ];
        let made = promo.prices(&product(&several), now).unwrap();
        let helped = vec![(offer("good"), Stars(50)), (offer("better"), Stars(150))];
        assert_eq!((&made.code, &made.prices), (&promo.code, &helped));
        assert_eq!(made.of(&offer("better")), Some(Stars(150)));
        assert_eq!(made.of(&offer("month")), None);
        // What keeps it from the first.
        let none = product(&[("month", month, 40), ("gift", Term::Forever, 1)]);
        assert_eq!(promo.prices(&none, now), Err(Refusal::PromoNotRenewing));
    }
}
