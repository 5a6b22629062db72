//! What is for sale.

use super::{Result, Shop};
use crate::{
    domain::{
        Category, FileKey, Manifest, Product, ProductCode, PromoPrices, Refusal, ShopProfile, Tile,
        TileQuery, UnixSeconds,
    },
    files::{FileStream, Shelf, StoredFile},
    steps::bring_in,
    store::{Safety, category, listing, manifest, product, profile, promo},
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

    /// Whether there are promo codes that may help with a product.
    pub async fn takes_promo(&self, product: &Product) -> Result<bool> {
        if product.offers.iter().all(|offer| offer.term.renews()) {
            return Ok(false);
        }
        promo::is_offered(&mut *self.db().read().await?, &product.code).await
    }

    /// What a promo code, as it was typed, makes of the prices of a product, as far as it does not
    /// depend on who buys: that is looked at when an order is opened, and the use is held then.
    pub async fn promo_prices(
        &self,
        product: &Product,
        typed: &str,
        now: UnixSeconds,
    ) -> Result<std::result::Result<PromoPrices, Refusal>> {
        let Ok(code) = typed.parse() else {
            return Ok(Err(Refusal::PromoUnknown));
        };
        let mut reader = self.db().read().await?;
        let Some(promo) = promo::get(&mut reader, &code).await? else {
            return Ok(Err(Refusal::PromoUnknown));
        };
        let prices = promo.prices(product, now);
        if prices.is_ok() && promo::is_used_up(&mut reader, &code).await? {
            return Ok(Err(Refusal::PromoUsedUp));
        }
        Ok(prices)
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
        bring_in::bring_in(self.db(), manifest).await
    }
}
