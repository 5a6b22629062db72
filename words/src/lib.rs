//! Every sentence that people read, one place per language.
//!
//! [`words`] gives a handle on one language. Its methods give groups of plain texts
//! (`words(lang).home().search_hint`), [`Template`]s with named gaps and [`Counted`] texts with
//! plural forms; sentences that need grammar (a price as an object, a refusal by its code) are
//! methods of [`Words`] itself, so that a caller cannot get the case wrong.
//!
//! No key can be missing: each language fills the same structs. The handle is a value and not one
//! big table, so that the WebAssembly holds only the groups that its islands ask for; the bot's
//! texts stay on the server.

mod counted;
mod date;
mod en;
pub mod groups;
mod lang;
pub mod limits;
mod number;
mod ru;
mod speak;
mod template;
mod term;

#[cfg(test)]
mod checks;

pub use counted::Counted;
pub use date::iso_date;
pub use lang::Lang;
pub use template::Template;

use groups::*;

/// The words of one language. Cheap to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(Lang);

/// The words of a language.
pub const fn words(lang: Lang) -> Words {
    Words(lang)
}

macro_rules! words_of {
    ($($(#[$doc:meta])* $method:ident: $group:ident = $name:ident;)*) => {
        impl Words {
            $($(#[$doc])*
            pub fn $method(self) -> &'static $group {
                match self.0 {
                    Lang::En => &en::$name,
                    Lang::Ru => &ru::$name,
                }
            })*

            #[cfg(test)]
            pub(crate) fn each(self, see: &mut dyn FnMut(&str, &str)) {
                use checks::Each;
                $(self.$method().each(stringify!($method), see);)*
            }
        }
    };
}

words_of! {
    /// Getting around.
    nav: Nav = NAV;
    /// The front of the shop.
    home: Home = HOME;
    /// A product's page.
    product: Product = PRODUCT;
    /// From the tap on "buy" to the goods.
    buying: Buying = BUYING;
    /// What the buyer has.
    library: Library = LIBRARY;
    /// One order.
    order: Order = ORDER;
    /// Subscriptions and passes.
    renewal: Renewal = RENEWAL;
    /// Settings and papers.
    settings: Settings = SETTINGS;
    /// Screens that stand in for content: empty, offline, expired and their kin.
    scenes: Scenes = SCENES;
    /// Why the shop says no.
    refusals: Refusals = REFUSALS;
    /// What went wrong between page and server.
    errors: Errors = ERRORS;
    /// Units, months and other parts of speech.
    parts: Parts = PARTS;
    /// What the bot says.
    bot: Bot = BOT;
}

impl Words {
    /// The language of these words.
    pub const fn lang(self) -> Lang {
        self.0
    }
}
