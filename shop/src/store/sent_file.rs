//! Telegram's own handles of files that the bot has sent.

use super::{Conn, Result};
use crate::domain::EntitlementId;

/// Keeps the handle of the file behind an entitlement. The newest one wins: an old one may have
/// stopped working.
pub(crate) async fn keep(conn: &mut Conn, of: EntitlementId, file_id: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO sent_file (file, file_id)
         SELECT b.file, $2 FROM entitlement e JOIN benefit b ON b.id = e.benefit
         WHERE e.id = $1 AND b.file IS NOT NULL
         ON CONFLICT (file) DO UPDATE SET file_id = excluded.file_id",
    )
    .bind(of.to_string())
    .bind(file_id)
    .execute(conn)
    .await?;
    Ok(())
}
