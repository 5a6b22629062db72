//! What the shop of the simulation sells.

use shop::domain::*;

use crate::support::{benefit, offer, product, sample, wish, *};

/// Seconds between two payments of a subscription: six of them in a month.
pub(super) const PERIOD: i64 = 5 * 86_400;

/// What can be bought: product, offer, price.
pub(super) const OFFERS: [(&str, &str, u64); 9] = [
    ("book", "default", 50),
    ("print", "default", 50),
    ("key", "default", 50),
    ("pass", "default", 50),
    ("club", "member", 50),
    ("club", "patron", 120),
    ("club", "days", 20),
    ("guild", "member", 50),
    ("guild", "days", 20),
];

/// Whether Telegram renews what an offer gives.
pub(super) fn renews(offer: &(&str, &str, u64)) -> bool {
    matches!(offer.1, "member" | "patron")
}

/// Half of the price for two orders, and five Stars off once a person.
pub(super) fn promos() -> [Promo; 2] {
    let promo = |code: &str, discount, uses, per_buyer| Promo {
        code: code.parse().unwrap(),
        discount,
        uses,
        per_buyer,
        starts: None,
        ends: None,
        products: Vec::new(),
    };
    [
        promo("HALF", Discount::Percent(50), Some(2), None),
        promo("FIVE", Discount::Stars(Stars(5)), None, Some(1)),
    ]
}

/// What is paid with a code. All prices are even.
pub(super) fn price_with(promo: &Promo, price: Stars) -> Stars {
    Stars(match promo.discount {
        Discount::Percent(percent) => price.0 - price.0 * u64::from(percent) / 100,
        Discount::Stars(off) => price.0 - off.0,
    })
}

/// An edition of 4 numbered prints, 6 codes, a thing one a person, a club that anybody may join,
/// and a guild of 3, once a person.
pub(super) fn catalogue() -> Manifest {
    let mut sold = sample();
    sold.promos = promos().into();
    sold.products
        .retain(|product| product.code.as_str() != "club");
    for product in &mut sold.products {
        match product.code.as_str() {
            "print" => (product.stock, product.numbered) = (Some(4), true),
            "key" => {
                let codes = (0..6).map(|number| format!("CODE-{number}")).collect();
                product.benefits = vec![benefit("Code", ManifestContent::Codes(codes))];
            }
            _ => {}
        }
    }
    let text = || vec![benefit("Text", ManifestContent::Text("The secret".into()))];
    let days = || offer("days", 20, OfferTerm::Pass { days: 3 });
    let member = || offer("member", 50, OfferTerm::Subscription);
    sold.products.push(ManifestProduct {
        offers: vec![
            member(),
            offer("patron", 120, OfferTerm::Subscription),
            days(),
        ],
        ..product("club", text())
    });
    sold.products.push(ManifestProduct {
        stock: Some(3),
        per_buyer: Some(1),
        offers: vec![member(), days()],
        ..product("guild", text())
    });
    sold
}

/// Whether there may be none left of a product, or none more for this buyer.
pub(super) fn is_limited(product: &ProductCode) -> bool {
    !matches!(product.as_str(), "book" | "club")
}

/// A wish for one of the offers.
pub(super) fn wish_for(buyer: i64, (product, offer, price): (&str, &str, u64)) -> NewOrder {
    NewOrder {
        offer: offer.parse().unwrap(),
        seen_price: Stars(price),
        ..wish(buyer, product)
    }
}
