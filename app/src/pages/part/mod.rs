//! Pieces that more than one page is made of.

mod benefit;
mod goods;
mod scenes;
mod standing;
mod term;
mod tile;

pub(crate) use self::standing::draw_standing;
pub(super) use self::{
    benefit::Promise,
    goods::GoodsRow,
    scenes::SceneTemplates,
    standing::{Standing, standing_line},
    term::{term_line, term_mark, term_words},
    tile::{TileCard, shot},
};
