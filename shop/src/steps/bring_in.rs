//! A catalogue comes in, whole or not at all.

use crate::{
    domain::Manifest,
    limits,
    store::{Database, Safety, StoreError, manifest},
};

/// Makes the catalogue what the manifest says. It waits for the sales under way, in a shop where
/// much is sold more than once.
pub(crate) async fn bring_in(db: &Database, manifest: &Manifest) -> Result<(), StoreError> {
    for _ in 0..limits::STEP_TRIES {
        let mut tx = db.begin(Safety::Durable).await?;
        match manifest::write(&mut tx, manifest).await {
            Ok(()) => return tx.commit().await,
            Err(StoreError::Contended) => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Contended)
}
