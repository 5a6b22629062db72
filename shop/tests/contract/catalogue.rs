//! The catalogue: in, out, changed in place and searched.

use std::path::Path;

use shop::{Shop, catalogue_file, domain::*};

use crate::support::{Engine, NOW, TestShop, each_database};

const DEMO: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../examples/demo-shop/shop.toml"
);

fn tiles(text: &str) -> TileQuery {
    TileQuery {
        text: text.into(),
        limit: 50,
        ..Default::default()
    }
}

async fn codes(shop: &Shop, text: &str, language: &str) -> Vec<String> {
    let found = shop.tiles(&tiles(text), language).await.unwrap();
    found
        .into_iter()
        .map(|tile| tile.code.to_string())
        .collect()
}

each_database! {
    async fn the_demo_shop_comes_in_and_out(t: TestShop) {
        let summary = catalogue_file::import(&t.shop, Path::new(DEMO)).await.unwrap();
        assert!(summary.products >= 10 && summary.new == summary.products, "{summary}");
        assert_eq!(summary.withdrawn, 5, "the sample products");
        let first = t.shop.manifest().await.unwrap();

        let out = t.folder.0.join("out");
        catalogue_file::export(&t.shop, &out).await.unwrap();
        let again = catalogue_file::check(&out.join("shop.toml")).await.unwrap();
        assert_eq!(again, first);

        let other = TestShop::empty(Engine::Sqlite).await.unwrap();
        catalogue_file::import(&other.shop, &out.join("shop.toml")).await.unwrap();
        assert_eq!(other.shop.manifest().await.unwrap(), first);
    }

    async fn importing_again_changes_in_place(t: TestShop) {
        let bought = t.buy(7, "key", "c1").await;
        t.buy(8, "print", "c2").await;
        let mut manifest = t.shop.manifest().await.unwrap();
        manifest.products.retain(|product| product.code.as_str() != "book");
        for product in &mut manifest.products {
            product.offers[0].price = Stars(60);
            product.stock = product.stock.map(|_| 5);
        }
        let key = manifest.products.iter_mut().find(|p| p.code.as_str() == "key").unwrap();
        // The first code is given: it stays so, whatever the file says.
        key.benefits[0].content = manifest::ManifestContent::Codes(vec!["AAA".into(), "NEW".into()]);
        t.shop.set_manifest(&manifest).await.unwrap();

        assert_eq!(t.shop.product(&"book".parse().unwrap(), "en").await.unwrap(), None);
        assert_eq!(codes(&t.shop, "", "en").await, ["print", "key", "pass", "club"]);
        let print = t.shop.product(&"print".parse().unwrap(), "en").await.unwrap().unwrap();
        assert_eq!((print.left, print.stock), (Some(4), Some(5)));
        let key = t.shop.product(&"key".parse().unwrap(), "en").await.unwrap().unwrap();
        assert_eq!((key.left, key.offers[0].price), (Some(1), Stars(60)));
        let mine = t.shop.order(bought.id, UserId(7)).await.unwrap().unwrap();
        assert_eq!(mine.goods[0].content, GoodsContent::Code { code: "AAA".into() });
        t.assert_sound().await;
    }

    async fn a_limit_set_later_counts_what_was_sold(t: TestShop) {
        for buyer in 1..=3 {
            t.buy(buyer, "book", &format!("c{buyer}")).await;
        }
        let mut manifest = t.shop.manifest().await.unwrap();
        manifest.products[0].stock = Some(4);
        t.shop.set_manifest(&manifest).await.unwrap();
        let book = t.shop.product(&"book".parse().unwrap(), "en").await.unwrap().unwrap();
        assert_eq!(book.left, Some(1));
        // Lifted, sold on, and set again.
        manifest.products[0].stock = None;
        t.shop.set_manifest(&manifest).await.unwrap();
        t.buy(4, "book", "c4").await;
        manifest.products[0].stock = Some(4);
        t.shop.set_manifest(&manifest).await.unwrap();
        let book = t.shop.product(&"book".parse().unwrap(), "en").await.unwrap().unwrap();
        assert_eq!(book.left, Some(0));
        let refused = t.shop.open_order(&crate::support::wish(5, "book"), NOW).await;
        assert_eq!(refused.unwrap_err().code(), "sold_out");
        t.assert_sound().await;
    }

    async fn a_changed_benefit_reaches_earlier_buyers_and_a_new_one_does_not(t: TestShop) {
        let order = t.buy(7, "book", "c1").await;
        let mut manifest = t.shop.manifest().await.unwrap();
        manifest.products[0].benefits[1].content = manifest::ManifestContent::Text("Corrected".into());
        manifest.products[0].benefits[0].title = "Second edition".into();
        t.shop.set_manifest(&manifest).await.unwrap();
        let goods = t.shop.order(order.id, UserId(7)).await.unwrap().unwrap().goods;
        assert_eq!(goods.len(), 2);
        let text = goods.iter().find(|goods| goods.title == "Text").unwrap();
        assert_eq!(text.content, GoodsContent::Text { text: "Corrected".into() });
        assert!(goods.iter().any(|goods| goods.title == "File"), "{goods:?}");
    }

    async fn searching_finds_all_words_and_titles_first(t: TestShop) {
        let mut manifest = t.shop.manifest().await.unwrap();
        manifest.products[0].text.description = Some("100% café_noir, by the PRINT".into());
        manifest.products[3].featured = true;
        t.shop.set_manifest(&manifest).await.unwrap();
        assert_eq!(codes(&t.shop, "", "en").await, ["pass", "book", "print", "key", "club"]);
        assert_eq!(codes(&t.shop, "print", "en").await, ["print", "book"]);
        assert_eq!(codes(&t.shop, "CAFE  book", "en").await, ["book"]);
        assert_eq!(codes(&t.shop, "100% fé_n", "en").await, ["book"]);
        assert_eq!(codes(&t.shop, "1%0", "en").await, [""; 0]);
        assert_eq!(codes(&t.shop, "товар KEY", "ru").await, ["key"]);
        assert_eq!(codes(&t.shop, "товар", "en").await, [""; 0]);
        assert_eq!(codes(&t.shop, "good story", "ru").await.len(), 4, "the shop's own language too");
        let some = TileQuery { limit: 2, offset: 1, ..tiles("") };
        let some = t.shop.tiles(&some, "en").await.unwrap();
        assert_eq!(some.iter().map(|tile| tile.code.as_str()).collect::<Vec<_>>(), ["book", "print"]);
        let none = TileQuery { category: Some("other".parse().unwrap()), ..tiles("") };
        assert_eq!(t.shop.tiles(&none, "en").await.unwrap(), []);
    }

    /// "From 20 Stars" is only true with "for 7 days".
    async fn a_tile_has_the_term_of_its_price(t: TestShop) {
        let found = t.shop.tiles(&tiles(""), "en").await.unwrap();
        let of = |code| found.iter().find(|tile| tile.code.as_str() == code).unwrap();
        let club = of("club");
        let week = Term::Pass { seconds: 7 * 86_400 };
        assert_eq!((club.price, club.price_from, club.term), (Stars(20), true, week));
        assert_eq!(of("book").term, Term::Forever);

        let mut manifest = t.shop.manifest().await.unwrap();
        manifest.products[4].offers.truncate(1);
        t.shop.set_manifest(&manifest).await.unwrap();
        let found = t.shop.tiles(&tiles("club"), "en").await.unwrap();
        let month = Term::Subscription { seconds: 30 * 86_400 };
        assert_eq!((found[0].price, found[0].term), (Stars(50), month));
    }

    async fn a_paused_shop_stays_paused(t: TestShop) {
        t.shop.set_paused(true).await.unwrap();
        let manifest = t.shop.manifest().await.unwrap();
        t.shop.set_manifest(&manifest).await.unwrap();
        assert!(t.shop.profile("en").await.unwrap().paused);
        let refused = t.shop.open_order(&crate::support::wish(5, "book"), NOW).await;
        assert_eq!(refused.unwrap_err().code(), "shop_paused");
    }
}
