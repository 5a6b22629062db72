//! The whole catalogue, in and out.
//!
//! Writing never deletes what an order may point at: what the manifest does not name any more is
//! withdrawn (`live = 0`). Texts and pictures are replaced, since nothing points at them.

mod benefit;
mod code;
mod pool;
mod product;
mod profile;
mod promo;
mod read;

use super::{Conn, Result};
use crate::domain::Manifest;

pub(crate) use read::read;

/// Makes the catalogue what the manifest says.
pub(crate) async fn write(conn: &mut Conn, manifest: &Manifest) -> Result<()> {
    // One row that only catalogues write: of two at once the second sees all that the first wrote.
    profile::write(conn, &manifest.profile).await?;
    // It waits for the sales under way, and those that come wait for it.
    product::withdraw_all(conn).await?;
    profile::write_categories(conn, &manifest.categories).await?;
    promo::write_all(conn, &manifest.promos).await?;
    for (position, product) in manifest.products.iter().enumerate() {
        product::write(conn, product, position).await?;
        benefit::write_all(conn, product).await?;
        pool::write_edition(conn, product).await?;
    }
    promo::write_products(conn, &manifest.promos).await
}

/// A place in a list, for a column.
fn place(position: usize) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}
