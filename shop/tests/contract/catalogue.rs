//! Catalogue files: in and out, whole or nothing.

use std::path::{Path, PathBuf};

use shop::{
    Shop,
    catalogue_file::{self, Complaint},
    domain::*,
};

use crate::support::{Engine, Folder, NOW, TestShop, each_database, write_files};

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
        assert_eq!(summary.withdrawn, 4, "the sample products");
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
        assert_eq!(codes(&t.shop, "", "en").await, ["print", "key", "pass"]);
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
        assert_eq!(codes(&t.shop, "", "en").await, ["pass", "book", "print", "key"]);
        assert_eq!(codes(&t.shop, "print", "en").await, ["print", "book"]);
        assert_eq!(codes(&t.shop, "CAFE  book", "en").await, ["book"]);
        assert_eq!(codes(&t.shop, "100% fé_n", "en").await, ["book"]);
        assert_eq!(codes(&t.shop, "1%0", "en").await, [""; 0]);
        assert_eq!(codes(&t.shop, "товар KEY", "ru").await, ["key"]);
        assert_eq!(codes(&t.shop, "товар", "en").await, [""; 0]);
        assert_eq!(codes(&t.shop, "good story", "ru").await.len(), 3, "the shop's own language too");
        let some = TileQuery { limit: 2, offset: 1, ..tiles("") };
        let some = t.shop.tiles(&some, "en").await.unwrap();
        assert_eq!(some.iter().map(|tile| tile.code.as_str()).collect::<Vec<_>>(), ["book", "print"]);
        let none = TileQuery { category: Some("other".parse().unwrap()), ..tiles("") };
        assert_eq!(t.shop.tiles(&none, "en").await.unwrap(), []);
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

/// A small catalogue that is right, to spoil.
const GOOD: &str = r#"
[shop]
name = "Shop"
terms = "terms.md"

[[category]]
code = "all"
title = "All"

[[product]]
code = "book"
category = "all"
title = "Book"
price = 50
pictures = [{ file = "book.svg", alt = "A book" }]

[[product.benefit]]
kind = "file"
title = "The book"
file = "book.pdf"

[[product.benefit]]
kind = "code"
title = "A code"
codes = "codes.txt"
"#;

fn folder_with(text: &str) -> (Folder, PathBuf) {
    let folder = Folder::new();
    write_files(
        &folder.0,
        &[
            ("shop.toml", text.as_bytes()),
            ("terms.md", b"Terms"),
            ("book.svg", b"<svg/>"),
            ("book.pdf", b"%PDF"),
            ("codes.txt", b"ONE\n\n TWO \n"),
            ("twice.txt", b"ONE\nTWO\nONE\n"),
            ("bad.txt", b"\xff\xfe"),
        ],
    );
    let path = folder.0.join("shop.toml");
    (folder, path)
}

async fn complaints(text: &str) -> Vec<Complaint> {
    let (_folder, path) = folder_with(text);
    catalogue_file::check(&path).await.unwrap_err()
}

/// Where and why, without the sentences.
async fn places(text: &str) -> Vec<(usize, usize, &'static str)> {
    complaints(text)
        .await
        .iter()
        .map(|c| (c.line, c.column, c.code))
        .collect()
}

#[tokio::test]
async fn a_good_file_has_no_complaints() {
    let (_folder, path) = folder_with(GOOD);
    let manifest = catalogue_file::check(&path).await.unwrap();
    let book = &manifest.products[0];
    assert_eq!(book.offers[0].code.as_str(), "default");
    assert_eq!(manifest.profile.text.terms.as_deref(), Some("Terms"));
    let manifest::ManifestContent::File {
        name,
        size_bytes,
        media_type,
        ..
    } = &book.benefits[0].content
    else {
        panic!("{book:?}");
    };
    assert_eq!(
        (name.as_str(), *size_bytes, media_type.as_str()),
        ("book.pdf", 4, "application/pdf")
    );
    let codes = manifest::ManifestContent::Codes(vec!["ONE".into(), "TWO".into()]);
    assert_eq!(book.benefits[1].content, codes);
}

#[tokio::test]
async fn each_mistake_has_its_place() {
    let cases = [
        ("price = 50", "price = 0", vec![(14, 9, "out_of_range")]),
        ("price = 50", "price = 99999", vec![(14, 9, "out_of_range")]),
        ("price = 50", "price = \"50\"", vec![(14, 9, "wrong_type")]),
        (
            "price = 50",
            "pice = 50",
            vec![(10, 1, "missing"), (14, 1, "unknown_key")],
        ),
        (
            "price = 50",
            "price = 50\nstock = -1",
            vec![(15, 9, "out_of_range")],
        ),
        (
            "price = 50",
            "price = 50\nde = { title = \"Buch\", tite = \"x\" }",
            vec![(15, 24, "unknown_key")],
        ),
        (
            "price = 50",
            "price = 50\nen = { title = \"B\" }",
            vec![(15, 1, "language_twice")],
        ),
        (
            "category = \"all\"",
            "category = \"none\"",
            vec![(12, 12, "unknown_category")],
        ),
        (
            "code = \"book\"",
            "code = \"a book\"",
            vec![(11, 8, "bad_code")],
        ),
        ("book.svg", "book.pdf", vec![(15, 22, "picture_kind")]),
        ("book.svg", "none.svg", vec![(15, 22, "file_missing")]),
        ("book.svg", "../book.svg", vec![(15, 22, "bad_path")]),
        ("book.svg", "/etc/book.svg", vec![(15, 22, "bad_path")]),
        ("\"codes.txt\"", "\"bad.txt\"", vec![(25, 9, "not_utf8")]),
        ("\"codes.txt\"", "\"twice.txt\"", vec![(3, 1, "duplicate")]),
        (
            "kind = \"file\"",
            "kind = \"flie\"",
            vec![(18, 8, "unknown_kind")],
        ),
        ("name = \"Shop\"", "name = \"\"", vec![(3, 8, "empty")]),
        (
            "name = \"Shop\"",
            "name = \"\"\"a\nb\"\"\"",
            vec![(3, 8, "not_one_line")],
        ),
        (
            "name = \"Shop\"",
            "name = \"Shop\"\nwelcome = \"book.svg\"",
            vec![(4, 11, "picture_kind")],
        ),
        (
            "title = \"A code\"",
            "title = \"The book\"\nkind2 = 1",
            vec![(25, 1, "unknown_key")],
        ),
        (
            "[shop]",
            "[shpo]",
            vec![(1, 1, "missing"), (2, 2, "unknown_key")],
        ),
        ("price = 50", "price = ", vec![(14, 9, "toml_syntax")]),
        (
            "price = 50",
            "price = 50\noffer = [{ code = \"a\", title = \"A\", price = 1 }]",
            vec![(14, 9, "price_and_offers")],
        ),
    ];
    for (good, bad, expected) in cases {
        assert!(GOOD.contains(good));
        let text = GOOD.replacen(good, bad, 1);
        assert_eq!(places(&text).await, expected, "{bad}");
    }
}

#[tokio::test]
async fn all_mistakes_are_told_at_once() {
    let text = GOOD
        .replace("price = 50", "price = 0")
        .replace("\"All\"", "7")
        .replace("Book\"", "\"");
    let found = places(&text).await;
    assert_eq!(
        found,
        [
            (8, 9, "wrong_type"),
            (13, 9, "empty"),
            (14, 9, "out_of_range")
        ]
    );
    let complaint = &complaints(&text).await[0];
    assert!(
        complaint
            .to_string()
            .ends_with("shop.toml:8:9: title must be a text, not integer [wrong_type]")
    );
    assert_eq!(complaints("not toml = = ").await[0].code, "toml_syntax");
    let missing = catalogue_file::check(Path::new("/nowhere/shop.toml"))
        .await
        .unwrap_err();
    assert_eq!((missing[0].line, missing[0].code), (0, "file_missing"));
}

#[tokio::test]
async fn a_bad_file_changes_nothing() {
    let t = TestShop::open(Engine::Sqlite).await.unwrap();
    let before = t.dump().await;
    let (_folder, path) = folder_with(&GOOD.replace("price = 50", "price = 0"));
    assert!(catalogue_file::import(&t.shop, &path).await.is_err());
    assert_eq!(t.dump().await, before);
}

#[tokio::test]
async fn goods_are_never_reached_as_pictures() {
    let t = TestShop::empty(Engine::Sqlite).await.unwrap();
    let (_folder, path) = folder_with(&GOOD.replace(
        "kind = \"code\"\ntitle = \"A code\"\ncodes = \"codes.txt\"",
        "kind = \"link\"\ntitle = \"L\"\nurl = \"https://example.com\"",
    ));
    catalogue_file::import(&t.shop, &path).await.unwrap();
    let product = t
        .shop
        .product(&"book".parse().unwrap(), "en")
        .await
        .unwrap()
        .unwrap();
    let picture = t
        .shop
        .picture(&product.pictures[0].file)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (&picture.bytes[..], picture.media_type.as_str()),
        (&b"<svg/>"[..], "image/svg+xml")
    );

    let order = t.buy(7, "book", "c1").await;
    let goods = t
        .shop
        .order(order.id, UserId(7))
        .await
        .unwrap()
        .unwrap()
        .goods;
    let GoodsContent::File { file, .. } = &goods[0].content else {
        panic!()
    };
    assert!(t.shop.picture(file).await.unwrap().is_none());
    let (stored, name) = t
        .shop
        .goods_file(goods[0].entitlement)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (&stored.bytes[..], name.as_str()),
        (&b"%PDF"[..], "book.pdf")
    );
    let (stream, _) = t
        .shop
        .goods_stream(goods[0].entitlement)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(stream.size_bytes, 4);
    let chunks: Vec<_> = futures::TryStreamExt::try_collect(stream.chunks)
        .await
        .unwrap();
    assert_eq!(chunks.concat(), b"%PDF");
    // Once the money is back, so is the file.
    t.shop
        .book_refund(&crate::support::refund(&order, "c1"), NOW)
        .await
        .unwrap();
    assert!(
        t.shop
            .goods_file(goods[0].entitlement)
            .await
            .unwrap()
            .is_none()
    );
}
