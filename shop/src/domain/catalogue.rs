//! What is for sale, in the language asked for (the base text where there is no translation).

use serde::{Deserialize, Serialize};

use super::{CategoryCode, FileKey, OfferCode, ProductCode, Stars, Term};

/// The shop itself: its name and its papers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopProfile {
    /// The shop's name.
    pub name: String,
    /// One line below the name.
    pub tagline: String,
    /// About the shop, Markdown.
    pub about: String,
    /// The wide cover picture.
    pub cover: Option<FileKey>,
    /// The raster picture of the bot's greeting.
    pub welcome: Option<FileKey>,
    /// How to get help with a payment, Markdown.
    pub support: String,
    /// Terms of sale, Markdown.
    pub terms: String,
    /// Privacy policy, Markdown.
    pub privacy: String,
    /// Whether the seller has paused all sales.
    pub paused: bool,
}

/// A shelf of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its code.
    pub code: CategoryCode,
    /// Its title.
    pub title: String,
}

/// A picture of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The stored file.
    pub file: FileKey,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

/// A product as it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// The product's code.
    pub code: ProductCode,
    /// Its category.
    pub category: CategoryCode,
    /// Its title, 64 characters at most.
    pub title: String,
    /// One line about it.
    pub summary: String,
    /// Its first picture.
    pub picture: Option<Picture>,
    /// The lowest price among its offers.
    pub price: Stars,
    /// For how long the offer with that price gives the goods.
    pub term: Term,
    /// Whether other offers cost more.
    pub price_from: bool,
    /// Whether it can be bought now.
    pub sold_out: bool,
    /// Whether the seller puts it in front.
    pub featured: bool,
}

/// Which products to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TileQuery {
    /// Words that must all occur in title, summary or description; empty for all.
    pub text: String,
    /// Only this category.
    pub category: Option<CategoryCode>,
    /// How many at most (bounded by `limits`).
    pub limit: u32,
    /// How many to skip.
    pub offset: u32,
}

/// A product with all that its page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its code.
    pub code: ProductCode,
    /// Its category.
    pub category: Category,
    /// Its title.
    pub title: String,
    /// One line about it.
    pub summary: String,
    /// All about it, Markdown.
    pub description: String,
    /// Its pictures, first one in front.
    pub pictures: Vec<Picture>,
    /// Its offers, in the seller's order; never empty.
    pub offers: Vec<Offer>,
    /// What the buyer gets.
    pub benefits: Vec<BenefitPreview>,
    /// How many are left to sell, where there is a limit (stock or codes; holds taken off).
    pub left: Option<u64>,
    /// The size of the edition, where there is one.
    pub stock: Option<u64>,
    /// How many one person may buy, where there is a cap.
    pub per_buyer: Option<u32>,
    /// The seller's answer to refunds.
    pub refunds: String,
}

/// A price for a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its code within the product.
    pub code: OfferCode,
    /// Its title; empty for a product's only offer.
    pub title: String,
    /// The price: of a period where it is renewed, else once.
    pub price: Stars,
    /// For how long it gives the goods.
    pub term: Term,
}

/// What a benefit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BenefitKind {
    /// A file kept by the shop.
    File,
    /// A code from a pool, each given out once.
    Code,
    /// A text unlocked.
    Text,
    /// A link unlocked.
    Link,
}

/// A benefit as the product page promises it: nothing secret in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenefitPreview {
    /// What it is.
    pub kind: BenefitKind,
    /// Its title.
    pub title: String,
    /// For files: size in bytes.
    pub size_bytes: Option<u64>,
    /// For files: media type.
    pub media_type: Option<String>,
}
