//! The groups of texts. Each is a struct, so that a language with a missing text does not compile.

macro_rules! group {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)*
        }

        #[cfg(test)]
        impl crate::checks::Each for $name {
            fn each(&self, path: &str, see: &mut dyn FnMut(&str, &str)) {
                $(self.$field.each(&format!("{path}.{}", stringify!($field)), see);)*
            }
        }
    };
}

mod bot;
mod buying;
mod errors;
mod home;
mod library;
mod nav;
mod order;
mod parts;
mod product;
mod refusals;
mod renewal;
mod scenes;
mod settings;

pub use bot::{Bot, Commands};
pub use buying::Buying;
pub use errors::Errors;
pub use home::Home;
pub use library::Library;
pub use nav::Nav;
pub use order::Order;
pub use parts::Parts;
pub use product::Product;
pub use refusals::{Refusals, Refused};
pub use renewal::Renewal;
pub use scenes::{Scene, Scenes};
pub use settings::Settings;

/// A text that stands as it is.
pub type Text = &'static str;
