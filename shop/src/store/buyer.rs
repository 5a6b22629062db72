//! Buyers.

use super::{Conn, Result, row::RowExt};
use crate::domain::{Buyer, UserId, manifest::primary_language};

/// Remembers a buyer. A language that the buyer chose stays; so does the leave to write, which
/// Telegram names only when it is given.
pub(crate) async fn remember(conn: &mut Conn, buyer: &Buyer) -> Result<()> {
    sqlx::query(
        "INSERT INTO buyer (id, first_name, language, language_chosen, can_write, seen_at)
         VALUES ($1, $2, $3, 0, $4, $5)
         ON CONFLICT (id) DO UPDATE SET
             first_name = excluded.first_name,
             language = CASE WHEN buyer.language_chosen = 1 THEN buyer.language
                             ELSE excluded.language END,
             can_write = CASE WHEN excluded.can_write = 1 THEN 1 ELSE buyer.can_write END,
             seen_at = excluded.seen_at",
    )
    .bind(buyer.id.0)
    .bind(&buyer.first_name)
    .bind(primary_language(&buyer.language))
    .bind(i64::from(buyer.can_write))
    .bind(buyer.seen_at.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// A buyer, if known.
pub(crate) async fn get(conn: &mut Conn, id: UserId) -> Result<Option<Buyer>> {
    let row = sqlx::query("SELECT * FROM buyer WHERE id = $1")
        .bind(id.0)
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Buyer {
        id: row.user("id")?,
        first_name: row.text("first_name")?,
        language: row.text("language")?,
        can_write: row.flag("can_write")?,
        seen_at: row.time("seen_at")?,
    }))
}

/// Keeps the language that a buyer chose.
pub(crate) async fn choose_language(conn: &mut Conn, id: UserId, language: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO buyer (id, first_name, language, language_chosen, can_write, seen_at)
         VALUES ($1, '', $2, 1, 0, 0)
         ON CONFLICT (id) DO UPDATE SET language = excluded.language, language_chosen = 1",
    )
    .bind(id.0)
    .bind(primary_language(language))
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps whether the bot may write to a buyer that is known.
pub(crate) async fn set_can_write(conn: &mut Conn, id: UserId, can: bool) -> Result<()> {
    sqlx::query("UPDATE buyer SET can_write = $2 WHERE id = $1")
        .bind(id.0)
        .bind(i64::from(can))
        .execute(conn)
        .await?;
    Ok(())
}
