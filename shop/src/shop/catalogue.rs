//! What is for sale.

use super::{Result, Shop};
use crate::{
    domain::{Category, FileKey, Manifest, Product, ProductCode, ShopProfile, Tile, TileQuery},
    files::{FileStream, Shelf, StoredFile},
    store::{Safety, category, listing, manifest, product, profile},
};

/// Every call fails only where the database or the folder of files does.
impl Shop {
    /// Name, cover and papers of the shop; empty before a catalogue was imported.
    pub async fn profile(&self, language: &str) -> Result<ShopProfile> {
        profile::get(&mut *self.db().read().await?, language).await
    }

    /// All categories that hold a product, in the seller's order.
    pub async fn categories(&self, language: &str) -> Result<Vec<Category>> {
        category::all(&mut *self.db().read().await?, language).await
    }

    /// Products for a list: featured first, then in the seller's order; by rank when searching.
    pub async fn tiles(&self, query: &TileQuery, language: &str) -> Result<Vec<Tile>> {
        let seconds = self.settings().subscription_seconds;
        listing::tiles(&mut *self.db().read().await?, query, language, seconds).await
    }

    /// One product with all that its page shows.
    pub async fn product(&self, code: &ProductCode, language: &str) -> Result<Option<Product>> {
        let seconds = self.settings().subscription_seconds;
        product::get(&mut *self.db().read().await?, code, language, seconds).await
    }

    /// A picture of the catalogue. Goods files are never reachable this way.
    pub async fn picture(&self, key: &FileKey) -> Result<Option<StoredFile>> {
        self.files().whole(Shelf::Pictures, key).await
    }

    /// A picture in chunks.
    pub async fn picture_stream(&self, key: &FileKey) -> Result<Option<FileStream>> {
        self.files().stream(Shelf::Pictures, key).await
    }

    /// Pauses or resumes all sales. Payments that Telegram has made are settled all the same.
    pub async fn set_paused(&self, paused: bool) -> Result<()> {
        let mut tx = self.db().begin(Safety::Durable).await?;
        profile::set_paused(&mut tx, paused).await?;
        tx.commit().await
    }

    /// The whole catalogue, in every language, with the codes of its pools.
    pub async fn manifest(&self) -> Result<Manifest> {
        manifest::read(&mut *self.db().read().await?).await
    }

    /// Makes the catalogue what the manifest says, whole or not at all. What it does not name is
    /// withdrawn; codes given out stay given, and what was sold stays counted.
    ///
    /// The manifest is taken at its word: [`crate::catalogue_file`] checks it first.
    pub async fn set_manifest(&self, manifest: &Manifest) -> Result<()> {
        let mut tx = self.db().begin(Safety::Durable).await?;
        manifest::write(&mut tx, manifest).await?;
        tx.commit().await
    }
}
