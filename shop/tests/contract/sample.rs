//! A small catalogue, and what buyers do with it.

use std::path::Path;

use shop::domain::*;

use super::NOW;
pub(crate) use shop::domain::manifest::*;

/// A buyer's wish for the default offer of a sample product.
pub(crate) fn wish(buyer: i64, product: &str) -> NewOrder {
    NewOrder {
        buyer: UserId(buyer),
        product: product.parse().unwrap(),
        offer: "default".parse().unwrap(),
        seen_price: Stars(50),
        promo: None,
        language: "en".into(),
    }
}

pub(crate) fn query(order: &Order) -> Precheck {
    Precheck {
        buyer: order.buyer,
        payload: order.id.to_string(),
        currency: "XTR".into(),
        amount: i64::try_from(order.price.0).unwrap(),
    }
}

pub(crate) fn payment(order: &Order, charge: &str) -> Payment {
    Payment {
        charge: charge.parse().unwrap(),
        buyer: order.buyer,
        payload: order.id.to_string(),
        currency: "XTR".into(),
        amount: i64::try_from(order.price.0).unwrap(),
        paid_at: NOW,
        recurring: None,
        heard_by: HeardBy::Update,
    }
}

pub(crate) fn refund(order: &Order, charge: &str) -> Refund {
    Refund {
        charge: charge.parse().unwrap(),
        buyer: order.buyer,
        amount: order.price,
    }
}

/// Later than now by so many seconds.
pub(crate) fn after(seconds: i64) -> UnixSeconds {
    NOW.plus(seconds)
}

/// `book` gives a file and a text; `print` is an edition of 3; `key` has 3 codes and a link;
/// `pass` is one a person; `club` is an edition of 3, one a person, renewed (`month`) or for a week
/// (`week`, 20 Stars).
pub(crate) fn sample() -> Manifest {
    let file = ManifestContent::File {
        file: "00ff.pdf".parse().unwrap(),
        name: "book.pdf".into(),
        size_bytes: 10,
        media_type: "application/pdf".into(),
        protect: true,
    };
    let text = || ManifestContent::Text("The **secret**".into());
    let codes = ["AAA", "BBB", "CCC"].map(String::from).to_vec();
    let link = ManifestContent::Link("https://example.com/".into());
    Manifest {
        profile: ManifestProfile {
            language: "en".into(),
            text: ProfileText {
                name: Some("Test shop".into()),
                tagline: Some(String::new()),
                about: Some("About".into()),
                support: Some("Ask".into()),
                terms: Some("Terms".into()),
                privacy: Some("Privacy".into()),
            },
            texts: [(
                "ru".into(),
                ProfileText {
                    name: Some("Лавка".into()),
                    ..Default::default()
                },
            )]
            .into(),
            cover: None,
            welcome: None,
        },
        categories: vec![ManifestCategory {
            code: "all".parse().unwrap(),
            title: "All".into(),
            titles: [("ru".into(), "Всё".into())].into(),
        }],
        products: vec![
            product("book", vec![benefit("File", file), benefit("Text", text())]),
            ManifestProduct {
                stock: Some(3),
                ..product("print", vec![benefit("Text", text())])
            },
            product(
                "key",
                vec![
                    benefit("Code", ManifestContent::Codes(codes)),
                    benefit("Link", link),
                ],
            ),
            ManifestProduct {
                per_buyer: Some(1),
                ..product("pass", vec![benefit("Text", text())])
            },
            ManifestProduct {
                stock: Some(3),
                per_buyer: Some(1),
                offers: vec![
                    offer("month", 50, OfferTerm::Subscription),
                    offer("week", 20, OfferTerm::Pass { days: 7 }),
                ],
                ..product("club", vec![benefit("Text", text())])
            },
        ],
        promos: Vec::new(),
    }
}

pub(crate) fn offer(code: &str, price: u64, term: OfferTerm) -> ManifestOffer {
    ManifestOffer {
        code: code.parse().unwrap(),
        title: code.into(),
        price: Stars(price),
        term,
        titles: [].into(),
    }
}

pub(crate) fn benefit(title: &str, content: ManifestContent) -> ManifestBenefit {
    ManifestBenefit {
        title: title.into(),
        content,
        texts: [].into(),
    }
}

pub(crate) fn product(code: &str, benefits: Vec<ManifestBenefit>) -> ManifestProduct {
    ManifestProduct {
        code: code.parse().unwrap(),
        category: "all".parse().unwrap(),
        text: ProductText {
            title: Some(format!("The {code}")),
            summary: Some("Good".into()),
            description: Some("A long story".into()),
            refunds: Some("Yes".into()),
        },
        texts: [(
            "ru".into(),
            ProductText {
                title: Some(format!("Товар {code}")),
                ..Default::default()
            },
        )]
        .into(),
        pictures: vec![ManifestPicture {
            file: format!("{code}.svg").parse().unwrap(),
            alt: "A picture".into(),
            alts: [].into(),
        }],
        featured: false,
        stock: None,
        numbered: false,
        per_buyer: None,
        offers: vec![ManifestOffer {
            title: String::new(),
            ..offer("default", 50, OfferTerm::Forever)
        }],
        benefits,
    }
}

/// Writes files into a folder.
pub(crate) fn write_files(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}
