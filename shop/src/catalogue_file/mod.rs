//! A catalogue as a file, in and out, whole or nothing.
//!
//! A seller writes `shop.toml`, with pictures, goods and texts beside it:
//!
//! ```toml
//! [shop]
//! name = "Paper Lantern"
//! terms = "texts/terms.md"
//! ru = { name = "Бумажный фонарь" }
//!
//! [[category]]
//! code = "reading"
//! title = "To read"
//!
//! [[product]]
//! code = "blue-hour"
//! category = "reading"
//! title = "The Blue Hour"
//! price = 60
//!
//! [[product.benefit]]
//! kind = "text"
//! title = "The article"
//! file = "goods/blue-hour.md"
//!
//! [[promo]]
//! code = "LANTERN"
//! percent_off = 20
//! uses = 100
//! ends = 2027-01-01
//! products = ["blue-hour"]
//! ```
//!
//! [`import`] reads all of it before anything changes. Each mistake is a [`Complaint`] with its
//! line and column, and all are told at once; if there is one, the shop stays as it was. Importing
//! again changes things in place: what the file does not name any more is withdrawn and kept for
//! those who bought it, codes given out stay given, and what was sold stays counted.
//!
//! [`export`] writes a folder that imports to the same catalogue.

mod complaint;
mod export;
mod import;
mod parse;
mod section;
mod source;

pub use complaint::Complaint;
pub use export::export;
pub use import::{ImportSummary, check, import};
