//! The catalogue as its seller wrote it: everything, in every language.
//!
//! It is what a catalogue file says once its files are stored, and what the store takes in and
//! gives out whole. Pages never see it: they see [`super::Product`] and [`super::Tile`].

use std::collections::BTreeMap;

use super::{BenefitKind, CategoryCode, FileKey, OfferCode, OfferTerm, ProductCode, Promo, Stars};

/// A language by its two-letter tag, lower case.
pub type Language = String;

/// The two-letter language of a tag as Telegram and browsers write it (`pt-br`, `RU`).
pub fn primary_language(tag: &str) -> Language {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    primary.to_ascii_lowercase()
}

/// A whole catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The shop itself.
    pub profile: ManifestProfile,
    /// Its shelves, in order.
    pub categories: Vec<ManifestCategory>,
    /// Its products, in order.
    pub products: Vec<ManifestProduct>,
    /// Its promo codes, in order.
    pub promos: Vec<Promo>,
}

/// The shop's own page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ManifestProfile {
    /// The language of all base texts.
    pub language: Language,
    /// The base texts; none is missing, some may be empty.
    pub text: ProfileText,
    /// Other languages: what differs.
    pub texts: BTreeMap<Language, ProfileText>,
    /// The wide cover picture.
    pub cover: Option<FileKey>,
    /// The raster picture of the bot's greeting.
    pub welcome: Option<FileKey>,
}

/// The shop's texts in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileText {
    /// The shop's name.
    pub name: Option<String>,
    /// One line below the name.
    pub tagline: Option<String>,
    /// About the shop, Markdown.
    pub about: Option<String>,
    /// Help with payments, Markdown.
    pub support: Option<String>,
    /// Terms of sale, Markdown.
    pub terms: Option<String>,
    /// Privacy policy, Markdown.
    pub privacy: Option<String>,
}

/// A shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestCategory {
    /// Its code.
    pub code: CategoryCode,
    /// Its title.
    pub title: String,
    /// Its title in other languages.
    pub titles: BTreeMap<Language, String>,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestProduct {
    /// Its code.
    pub code: ProductCode,
    /// Its shelf.
    pub category: CategoryCode,
    /// The base texts; none is missing, some may be empty.
    pub text: ProductText,
    /// Other languages: what differs.
    pub texts: BTreeMap<Language, ProductText>,
    /// Its pictures, first one in front.
    pub pictures: Vec<ManifestPicture>,
    /// Whether it stands in front.
    pub featured: bool,
    /// The size of the edition, where there is one.
    pub stock: Option<u64>,
    /// Whether the copies of the edition are numbered.
    pub numbered: bool,
    /// How many one person may buy, where there is a cap.
    pub per_buyer: Option<u32>,
    /// Its offers, in order; never empty.
    pub offers: Vec<ManifestOffer>,
    /// What the buyer gets, in order; never empty.
    pub benefits: Vec<ManifestBenefit>,
}

/// A product's texts in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductText {
    /// Its title.
    pub title: Option<String>,
    /// One line about it.
    pub summary: Option<String>,
    /// All about it, Markdown.
    pub description: Option<String>,
    /// The answer to refunds.
    pub refunds: Option<String>,
}

/// A picture of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestPicture {
    /// The stored file.
    pub file: FileKey,
    /// What it shows.
    pub alt: String,
    /// What it shows, in other languages.
    pub alts: BTreeMap<Language, String>,
}

/// A price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestOffer {
    /// Its code.
    pub code: OfferCode,
    /// Its title; empty for a product's only offer.
    pub title: String,
    /// The price.
    pub price: Stars,
    /// For how long it gives the goods.
    pub term: OfferTerm,
    /// Its title in other languages.
    pub titles: BTreeMap<Language, String>,
}

/// A benefit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestBenefit {
    /// Its title.
    pub title: String,
    /// What it holds.
    pub content: ManifestContent,
    /// Title and text or address in other languages.
    pub texts: BTreeMap<Language, BenefitText>,
}

/// A benefit's texts in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BenefitText {
    /// Its title.
    pub title: Option<String>,
    /// Its text or address.
    pub body: Option<String>,
}

/// What a benefit holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManifestContent {
    /// A file.
    File {
        /// The stored file.
        file: FileKey,
        /// The name under which it is saved.
        name: String,
        /// Size in bytes.
        size_bytes: u64,
        /// Media type.
        media_type: String,
        /// Whether the chat message forbids forwarding and saving.
        protect: bool,
    },
    /// Codes, each given out once, in this order.
    Codes(Vec<String>),
    /// A text, Markdown.
    Text(String),
    /// An address.
    Link(String),
}

impl ManifestContent {
    /// What kind of benefit it is.
    pub const fn kind(&self) -> BenefitKind {
        match self {
            Self::File { .. } => BenefitKind::File,
            Self::Codes(_) => BenefitKind::Code,
            Self::Text(_) => BenefitKind::Text,
            Self::Link(_) => BenefitKind::Link,
        }
    }
}

impl BenefitKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::File, Self::Code, Self::Text, Self::Link];

    /// The stable name, as the database and catalogue files know it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Code => "code",
            Self::Text => "text",
            Self::Link => "link",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_its_first_part() {
        for (tag, language) in [("pt-br", "pt"), ("RU", "ru"), ("zh_Hans", "zh"), ("", "")] {
            assert_eq!(primary_language(tag), language);
        }
    }
}
