//! Mistakes in a catalogue file: each has its place, and none changes the shop.

use std::path::{Path, PathBuf};

use shop::{
    catalogue_file::{self, Complaint},
    domain::*,
};

use crate::support::{Engine, Folder, NOW, TestShop, write_files};

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

/// What is right, what is written instead, and the line, column and code of each complaint.
type Case = (
    &'static str,
    &'static str,
    &'static [(usize, usize, &'static str)],
);

const CASES: &[Case] = &[
    ("price = 50", "price = 0", &[(14, 9, "out_of_range")]),
    ("price = 50", "price = 99999", &[(14, 9, "out_of_range")]),
    ("price = 50", "price = \"50\"", &[(14, 9, "wrong_type")]),
    (
        "price = 50",
        "pice = 50",
        &[(10, 1, "missing"), (14, 1, "unknown_key")],
    ),
    (
        "price = 50",
        "price = 50\nstock = -1",
        &[(15, 9, "out_of_range")],
    ),
    (
        "price = 50",
        "price = 50\nde = { title = \"Buch\", tite = \"x\" }",
        &[(15, 24, "unknown_key")],
    ),
    (
        "price = 50",
        "price = 50\nen = { title = \"B\" }",
        &[(15, 1, "language_twice")],
    ),
    (
        "category = \"all\"",
        "category = \"none\"",
        &[(12, 12, "unknown_category")],
    ),
    (
        "code = \"book\"",
        "code = \"a book\"",
        &[(11, 8, "bad_code")],
    ),
    ("book.svg", "book.pdf", &[(15, 22, "picture_kind")]),
    ("book.svg", "none.svg", &[(15, 22, "file_missing")]),
    ("book.svg", "../book.svg", &[(15, 22, "bad_path")]),
    ("book.svg", "/etc/book.svg", &[(15, 22, "bad_path")]),
    ("\"codes.txt\"", "\"bad.txt\"", &[(25, 9, "not_utf8")]),
    ("\"codes.txt\"", "\"twice.txt\"", &[(3, 1, "duplicate")]),
    (
        "kind = \"file\"",
        "kind = \"flie\"",
        &[(18, 8, "unknown_kind")],
    ),
    ("name = \"Shop\"", "name = \"\"", &[(3, 8, "empty")]),
    (
        "name = \"Shop\"",
        "name = \"\"\"a\nb\"\"\"",
        &[(3, 8, "not_one_line")],
    ),
    (
        "name = \"Shop\"",
        "name = \"Shop\"\nwelcome = \"book.svg\"",
        &[(4, 11, "picture_kind")],
    ),
    (
        "title = \"A code\"",
        "title = \"The book\"\nkind2 = 1",
        &[(25, 1, "unknown_key")],
    ),
    (
        "[shop]",
        "[shpo]",
        &[(1, 1, "missing"), (2, 2, "unknown_key")],
    ),
    ("price = 50", "price = ", &[(14, 9, "toml_syntax")]),
    (
        "price = 50",
        "price = 50\noffer = [{ code = \"a\", title = \"A\", price = 1 }]",
        &[(14, 9, "price_and_offers")],
    ),
];

#[tokio::test]
async fn each_mistake_has_its_place() {
    for (good, bad, expected) in CASES {
        assert!(GOOD.contains(good));
        let text = GOOD.replacen(good, bad, 1);
        assert_eq!(places(&text).await, *expected, "{bad}");
    }
}

#[tokio::test]
async fn a_promo_code_is_read_whole() {
    let promo = r#"
[[promo]]
code = "Lamp-10"
stars_off = 10
uses = 3
per_buyer = 1
starts = 2026-12-01
ends = 2026-12-01T18:00:00+03:00
products = ["book"]
"#;
    let (_folder, path) = folder_with(&format!("{GOOD}{promo}"));
    let manifest = catalogue_file::check(&path).await.unwrap();
    let lamp = Promo {
        code: "lamp-10".parse().unwrap(),
        discount: Discount::Stars(Stars(10)),
        uses: Some(3),
        per_buyer: Some(1),
        starts: Some(UnixSeconds(1_796_083_200)),
        ends: Some(UnixSeconds(1_796_083_200 + 15 * 3600)),
        products: vec!["book".parse().unwrap()],
    };
    assert_eq!(manifest.promos, [lamp]);
    for (line, why) in [
        ("", "missing"),
        ("percent_off = 100", "out_of_range"),
        ("stars_off = 1\npercent_off = 1", "two_discounts"),
        ("stars_off = 1\nproducts = []", "empty"),
        ("stars_off = 1\nproducts = [\"nook\"]", "unknown_product"),
        ("stars_off = 1\nends = \"soon\"", "wrong_type"),
        (
            "stars_off = 1\nstarts = 2026-12-02\nends = 2026-12-01",
            "ends_before_start",
        ),
        (
            "stars_off = 1\n[[promo]]\ncode = \"lamp\"\nstars_off = 2",
            "duplicate",
        ),
        ("stars_off = 1\nonce = true", "unknown_key"),
    ] {
        let text = format!("{GOOD}\n[[promo]]\ncode = \"LAMP\"\n{line}\n");
        let found: Vec<_> = places(&text).await.iter().map(|place| place.2).collect();
        assert_eq!(found, [why], "{line}");
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
