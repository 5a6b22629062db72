//! Where our books and Telegram's differ.

use serde_json::Value;

use super::{Conn, Result, StoreError, ids, row::RowExt};
use crate::domain::{Difference, DifferenceCode, EffectId, Finding, UnixSeconds};

/// Keeps a difference. False when it is known, or a person has accepted it.
pub(crate) async fn find(conn: &mut Conn, found: &Finding, now: UnixSeconds) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO difference (id, code, subject, ours, theirs, state, found_at)
         VALUES ($1, $2, $3, $4, $5, 'open', $6)
         ON CONFLICT DO NOTHING",
    )
    .bind(ids::ordered(now).to_string())
    .bind(found.code.as_str())
    .bind(&found.subject)
    .bind(found.ours.to_string())
    .bind(found.theirs.to_string())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends an open difference: gone by itself, or accepted by a person. False when it is not open.
pub(crate) async fn end(
    conn: &mut Conn,
    id: EffectId,
    accepted: bool,
    now: UnixSeconds,
) -> Result<bool> {
    let state = if accepted { "accepted" } else { "gone" };
    let done = sqlx::query(
        "UPDATE difference SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'open'",
    )
    .bind(id.to_string())
    .bind(state)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Differences that are open, oldest first.
pub(crate) async fn open(conn: &mut Conn, most: i64) -> Result<Vec<Difference>> {
    let rows =
        sqlx::query("SELECT * FROM difference WHERE state = 'open' ORDER BY found_at, id LIMIT $1")
            .bind(most)
            .fetch_all(conn)
            .await?;
    let read = |row: &sqlx::any::AnyRow| {
        let name = row.text("code")?;
        let code = DifferenceCode::ALL.into_iter().find(|c| c.as_str() == name);
        Ok(Difference {
            id: row.parsed("id")?,
            finding: Finding {
                code: code.ok_or_else(|| StoreError::corrupt("column code"))?,
                subject: row.text("subject")?,
                ours: row.parsed::<Value>("ours")?,
                theirs: row.parsed::<Value>("theirs")?,
            },
            found_at: row.time("found_at")?,
        })
    };
    rows.iter().map(read).collect()
}
