//! Promo codes: no use is sold twice, and a price is what was agreed.

use shop::{OpenOrderError, Shop, domain::*, limits};
use tokio::task::JoinSet;

use crate::{
    subscriptions::{join, standing},
    support::{Manifest, NOW, TestShop, after, each_database, payment, query, refund, wish},
};

fn promo(code: &str, discount: Discount) -> Promo {
    Promo {
        code: code.parse().unwrap(),
        discount,
        uses: None,
        per_buyer: None,
        starts: None,
        ends: None,
        products: Vec::new(),
    }
}

/// Ten Stars off everything, so often.
fn lamp(uses: u64) -> Promo {
    Promo {
        uses: Some(uses),
        ..promo("lamp", Discount::Stars(Stars(10)))
    }
}

/// The catalogue with these codes.
async fn with(t: &TestShop, promos: Vec<Promo>) {
    let manifest = Manifest {
        promos,
        ..t.shop.manifest().await.unwrap()
    };
    t.shop.set_manifest(&manifest).await.unwrap();
    assert_eq!(t.shop.manifest().await.unwrap(), manifest);
}

/// A wish with a code that takes the price from 50 to 40.
fn cheaper(buyer: i64, product: &str, code: &str) -> NewOrder {
    NewOrder {
        seen_price: Stars(40),
        promo: Some(code.parse().unwrap()),
        ..wish(buyer, product)
    }
}

async fn refused(shop: &Shop, wish: &NewOrder, at: UnixSeconds) -> Refusal {
    match shop.open_order(wish, at).await {
        Err(OpenOrderError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// What holds at any moment, also in the words of the operators' audit.
async fn sound(t: &TestShop) {
    t.assert_sound().await;
    assert_eq!(t.shop.broken_rules().await.unwrap(), []);
    let over = "SELECT COUNT(*) FROM promo WHERE taken > uses";
    assert_eq!(t.count(over).await, 0);
}

each_database! {
    /// Held with the order, spent with the payment; the amount is the order's own.
    async fn a_code_is_held_and_spent(t: TestShop) {
        with(&t, vec![lamp(1)]).await;
        let order = t.shop.open_order(&cheaper(1, "book", "Lamp"), NOW).await.unwrap();
        assert_eq!((order.price, order.list_price), (Stars(40), Some(Stars(50))));
        // The same tap again is the same order.
        let again = t.shop.open_order(&cheaper(1, "book", "LAMP"), NOW).await.unwrap();
        assert_eq!(again.id, order.id);
        let none = refused(&t.shop, &cheaper(2, "book", "lamp"), NOW).await;
        assert_eq!(none, Refusal::PromoUsedUp);

        let full = Precheck { amount: 50, ..query(&order) };
        let answer = t.shop.precheck(&full, NOW).await.unwrap();
        assert_eq!(answer, Err(Refusal::WrongAmount));
        assert_eq!(t.shop.precheck(&query(&order), NOW).await.unwrap(), Ok(()));
        let settled = t.shop.settle(&payment(&order, "c1"), NOW).await.unwrap();
        assert_eq!(settled, Settled::Granted(order.id));
        sound(&t).await;

        // Spent for good: money that goes back does not bring it back.
        t.shop.book_refund(&refund(&order, "c1"), NOW).await.unwrap();
        let none = refused(&t.shop, &cheaper(2, "book", "lamp"), NOW).await;
        assert_eq!(none, Refusal::PromoUsedUp);
        sound(&t).await;
    }

    /// Who does not pay frees the use for others, and who drops the code frees it at once.
    async fn a_use_that_was_not_paid_is_free_again(t: TestShop) {
        with(&t, vec![lamp(1)]).await;
        t.shop.open_order(&cheaper(1, "book", "lamp"), NOW).await.unwrap();
        t.shop.open_order(&wish(1, "book"), NOW).await.unwrap();
        t.shop.open_order(&cheaper(2, "print", "lamp"), NOW).await.unwrap();
        // Its time is over, though nothing has swept it.
        let later = after(limits::ORDER_LIFE_SECONDS);
        t.shop.open_order(&cheaper(3, "book", "lamp"), later).await.unwrap();
        sound(&t).await;
    }

    /// The order expired and the use went to another: the money goes back, as for a copy that is
    /// gone. Where the use is still there, the late payment has it.
    async fn a_late_payment_gets_a_use_that_is_left(t: TestShop) {
        with(&t, vec![lamp(1)]).await;
        let late = t.shop.open_order(&cheaper(1, "book", "lamp"), NOW).await.unwrap();
        let later = after(limits::ORDER_LIFE_SECONDS);
        let other = t.shop.open_order(&cheaper(2, "book", "lamp"), later).await.unwrap();
        let reason = RefundReason::Refused { refusal: Refusal::PromoUsedUp };
        let settled = t.shop.settle(&payment(&late, "c1"), later).await.unwrap();
        assert_eq!(settled, Settled::Refunding(reason));
        sound(&t).await;

        let latest = later.plus(limits::ORDER_LIFE_SECONDS);
        while t.shop.expire_orders(latest).await.unwrap() > 0 {}
        let settled = t.shop.settle(&payment(&other, "c2"), latest).await.unwrap();
        assert_eq!(settled, Settled::Granted(other.id));
        sound(&t).await;
    }

    /// Telegram was told to go ahead: what the buyer taps in that moment takes nothing from the payment
    /// that is on its way. Later it does, and the payment is a late one.
    async fn a_payment_under_way_is_not_thrown_away(t: TestShop) {
        with(&t, vec![lamp(1)]).await;
        let first = t.shop.open_order(&cheaper(1, "pass", "lamp"), NOW).await.unwrap();
        assert_eq!(t.shop.precheck(&query(&first), NOW).await.unwrap(), Ok(()));
        let soon = after(limits::PAYING_SECONDS - 1);
        let again = t.shop.open_order(&wish(1, "pass"), soon).await.unwrap();
        assert_eq!(again.id, first.id);
        let settled = t.shop.settle(&payment(&first, "c1"), soon).await.unwrap();
        assert_eq!(settled, Settled::Granted(first.id));

        let second = t.shop.open_order(&wish(2, "pass"), NOW).await.unwrap();
        assert_eq!(t.shop.precheck(&query(&second), NOW).await.unwrap(), Ok(()));
        with(&t, vec![lamp(2)]).await;
        let later = after(limits::PAYING_SECONDS);
        let other = t.shop.open_order(&cheaper(2, "pass", "lamp"), later).await.unwrap();
        assert_ne!(other.id, second.id);
        sound(&t).await;
    }

    /// A code takes something off a plan, and makes nothing more of what is left of the one before.
    async fn a_code_multiplies_no_credit(t: TestShop) {
        let half = Promo { uses: None, ..promo("half", Discount::Percent(50)) };
        with(&t, vec![half]).await;
        let week = |buyer, price, code: Option<&str>| NewOrder {
            offer: "week".parse().unwrap(),
            seen_price: Stars(price),
            promo: code.map(|code| code.parse().unwrap()),
            ..wish(buyer, "club")
        };
        let mut credits = Vec::new();
        for (buyer, price, code) in [(1, 20, None), (2, 10, Some("half"))] {
            join(&t, buyer, "month", &format!("m{buyer}"), NOW).await;
            let order = t.shop.open_order(&week(buyer, price, code), NOW).await.unwrap();
            t.shop.settle(&payment(&order, &format!("w{buyer}")), NOW).await.unwrap();
            credits.push(standing(&t, &order).await.credit);
        }
        assert_eq!(credits[0], credits[1]);
        assert!(credits[0] > 0);
        sound(&t).await;
    }

    async fn a_code_says_why_not(t: TestShop) {
        let ten = Discount::Stars(Stars(10));
        let print = vec!["print".parse().unwrap()];
        with(&t, vec![
            Promo { starts: Some(after(9)), ..promo("soon", ten) },
            Promo { ends: Some(NOW), ..promo("past", ten) },
            Promo { products: print, ..promo("print", ten) },
            Promo { per_buyer: Some(1), ..promo("once", ten) },
            promo("all", ten),
        ]).await;
        for (code, why) in [
            ("nothing", Refusal::PromoUnknown),
            ("soon", Refusal::PromoNotYet),
            ("past", Refusal::PromoOver),
            ("print", Refusal::PromoNotHere),
        ] {
            assert_eq!(refused(&t.shop, &cheaper(1, "book", code), NOW).await, why);
        }
        let month = NewOrder { offer: "month".parse().unwrap(), ..cheaper(1, "club", "all") };
        assert_eq!(refused(&t.shop, &month, NOW).await, Refusal::PromoNotRenewing);
        let dear = NewOrder { seen_price: Stars(39), ..cheaper(1, "book", "all") };
        assert_eq!(refused(&t.shop, &dear, NOW).await, Refusal::PriceChanged { now: Stars(40) });

        // An order whose sheet was closed makes room for another; one that is being paid does not.
        t.shop.open_order(&cheaper(1, "book", "once"), NOW).await.unwrap();
        let order = t.shop.open_order(&cheaper(1, "print", "once"), NOW).await.unwrap();
        assert_eq!(t.shop.precheck(&query(&order), NOW).await.unwrap(), Ok(()));
        assert_eq!(refused(&t.shop, &cheaper(1, "book", "once"), NOW).await, Refusal::PromoUsed);
        t.shop.open_order(&cheaper(2, "print", "once"), NOW).await.unwrap();
        sound(&t).await;
    }

    /// What was agreed holds, whatever becomes of the code meanwhile.
    async fn an_open_order_keeps_its_price(t: TestShop) {
        with(&t, vec![lamp(2)]).await;
        let order = t.shop.open_order(&cheaper(1, "book", "lamp"), NOW).await.unwrap();
        with(&t, vec![]).await;
        assert_eq!(t.shop.precheck(&query(&order), NOW).await.unwrap(), Ok(()));
        let settled = t.shop.settle(&payment(&order, "c1"), NOW).await.unwrap();
        assert_eq!(settled, Settled::Granted(order.id));
        // Back in the catalogue, what was used stays counted.
        with(&t, vec![lamp(1)]).await;
        let none = refused(&t.shop, &cheaper(2, "book", "lamp"), NOW).await;
        assert_eq!(none, Refusal::PromoUsedUp);
        sound(&t).await;
    }

    /// One use and a crowd; then a crowd of taps by one buyer.
    async fn a_crowd_shares_what_there_is(t: TestShop) {
        let one_each = Promo { per_buyer: Some(1), ..promo("own", Discount::Percent(20)) };
        with(&t, vec![lamp(1), one_each]).await;
        let mut crowd = JoinSet::new();
        for buyer in 1..=40 {
            let shop = t.shop.clone();
            crowd.spawn(async move {
                let product = if buyer % 2 == 0 { "book" } else { "print" };
                shop.open_order(&cheaper(buyer, product, "lamp"), NOW).await
            });
            let (shop, product) = (t.shop.clone(), if buyer % 2 == 0 { "book" } else { "pass" });
            crowd.spawn(async move { shop.open_order(&cheaper(99, product, "own"), NOW).await });
        }
        let mut orders = Vec::new();
        while let Some(opened) = crowd.join_next().await {
            match opened.unwrap() {
                Ok(order) => orders.push(order),
                Err(OpenOrderError::Refused(Refusal::PromoUsedUp | Refusal::PromoUsed)) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        let lamps = orders.iter().filter(|order| order.promo.as_ref().unwrap().as_str() == "LAMP");
        assert_eq!(lamps.count(), 1);
        // Of a buyer's taps the last counts: what an earlier one held makes room.
        assert_eq!(t.count("SELECT COUNT(*) FROM promo_use WHERE promo = 'OWN'").await, 1);
        sound(&t).await;
    }
}
