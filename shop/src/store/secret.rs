//! Keys that the shop made for itself.

use super::{Conn, Result, StoreError, row::RowExt};

/// The secret of this name; `fresh` becomes it when there is none yet. Of two processes that make
/// one at the same time, both get the first.
pub(crate) async fn get_or_keep(conn: &mut Conn, name: &str, fresh: [u8; 32]) -> Result<[u8; 32]> {
    sqlx::query("INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
        .bind(name)
        .bind(hex::encode(fresh))
        .execute(&mut *conn)
        .await?;
    get(conn, name)
        .await?
        .ok_or_else(|| StoreError::corrupt("a secret that vanished"))
}

/// The secret of this name, if there is one.
pub(crate) async fn get(conn: &mut Conn, name: &str) -> Result<Option<[u8; 32]>> {
    let row = sqlx::query("SELECT value FROM secret WHERE name = $1")
        .bind(name)
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut bytes = [0; 32];
    hex::decode_to_slice(row.text("value")?, &mut bytes)
        .map_err(|_| StoreError::corrupt("a secret that is not hex"))?;
    Ok(Some(bytes))
}
