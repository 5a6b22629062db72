//! The interface kit: how things look, and nothing else.
//!
//! One component a file, named after what it is. They are drawn on the server and inside islands
//! alike, hold no state and decide nothing; what they look like stands in `style/`. Events are
//! attached from outside (`<Button on:click=…>`): each component that can be pressed has the
//! pressed element as its root.
//!
//! Hooks on `<html>` that the bridge may set: `data-host="telegram"` or `"browser"` (the own back
//! arrow and buy bar show in a browser only), `data-contrast="fixed"` (a theme that cannot be read
//! gives way to a safe pair), `data-motion="less"` (weak devices).

mod actions;
pub mod art;
mod avatar;
mod badge;
mod banner;
mod bottom_bar;
mod burst;
mod button;
mod card;
mod cell;
mod chips;
mod choice;
mod code_box;
mod cover;
mod empty_state;
mod gallery;
pub mod glyph;
mod goods_cell;
mod grid;
mod hero;
mod icon;
mod pay_line;
mod price;
mod product_head;
mod promo_field;
mod prose;
mod screen;
mod search_field;
mod section;
mod sheet;
mod shelf;
mod skeleton;
mod split;
mod star;
mod tab_bar;
mod toast;
mod wide_card;

pub use actions::Actions;
pub use art::Art;
pub use avatar::Avatar;
pub use badge::{Badge, BadgeKind};
pub use banner::Banner;
pub use bottom_bar::BottomBar;
pub use burst::Burst;
pub use button::{Button, ButtonKind, LinkButton};
pub use card::Card;
pub use cell::{Cell, LinkCell, ProductCell};
pub use chips::{Chip, Chips};
pub use choice::{Choice, Choices};
pub use code_box::CodeBox;
pub use cover::{Cover, Shot};
pub use empty_state::EmptyState;
pub use gallery::Gallery;
pub use glyph::Glyph;
pub use goods_cell::GoodsCell;
pub use grid::Grid;
pub use hero::Hero;
pub use icon::Icon;
pub use pay_line::{PayLine, PayStage};
pub use price::{Price, PriceBefore, PriceTerm};
pub use product_head::ProductHead;
pub use promo_field::PromoField;
pub use prose::Prose;
pub use screen::Screen;
pub use search_field::SearchField;
pub use section::Section;
pub use sheet::Sheet;
pub use shelf::Shelf;
pub use skeleton::{CardSkeletons, CellSkeletons, ProductSkeleton};
pub use split::Split;
pub use star::StarIcon;
pub use tab_bar::{Tab, TabBar};
pub use toast::Toast;
pub use wide_card::WideCard;
