//! Pieces that more than one page is made of.

mod benefit;
mod goods;
mod scenes;
mod tile;

pub(super) use self::{
    benefit::Promise,
    goods::GoodsRow,
    scenes::SceneTemplates,
    tile::{TileCard, shot},
};
