//! Where our books and Telegram's differ.

use serde_json::Value;
use sqlx::any::AnyRow;

use super::{Conn, Result, ids, row::RowExt};
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

/// Ends an open difference that a person has looked into. False when it is not open.
pub(crate) async fn accept(conn: &mut Conn, id: EffectId, now: UnixSeconds) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE difference SET state = 'accepted', ended_at = $2 WHERE id = $1 AND state = 'open'",
    )
    .bind(id.to_string())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends what was open because Telegram lacked it, and is there now, or because a row of its ledger could
/// not be understood or worked, and is now. Gives how many.
pub(crate) async fn end_seen(conn: &mut Conn, now: UnixSeconds) -> Result<u64> {
    let done = sqlx::query(
        "UPDATE difference SET state = 'gone', ended_at = $1 WHERE state = 'open'
         AND ((code = 'charge_not_in_telegram' AND NOT EXISTS
               (SELECT 1 FROM charge c WHERE c.id = subject AND c.seen_at IS NULL))
           OR (code = 'refund_not_in_telegram' AND NOT EXISTS
               (SELECT 1 FROM charge c WHERE c.id = subject AND c.back_seen_at IS NULL))
           OR (code = 'row_not_understood' AND NOT EXISTS
               (SELECT 1 FROM star_row r WHERE r.direction || ':' || r.id = subject
                AND r.state IN ('puzzling', 'new')))
           OR (code = 'row_not_worked' AND NOT EXISTS
               (SELECT 1 FROM star_row r WHERE r.direction || ':' || r.id = subject
                AND r.state = 'new')))",
    );
    Ok(done.bind(now.0).execute(conn).await?.rows_affected())
}

/// Ends what was found about the balance, but for the gap that there is now: one of the same size that
/// comes later is another one, also where this one was accepted. Gives how many.
pub(crate) async fn end_balances(
    conn: &mut Conn,
    gap: Option<&Finding>,
    now: UnixSeconds,
) -> Result<u64> {
    let done = sqlx::query(
        "UPDATE difference SET state = 'gone', ended_at = $1
         WHERE state IN ('open', 'accepted') AND code = 'balance_differs' AND subject <> $2",
    );
    let gap = gap.map_or("", |gap| gap.subject.as_str());
    let done = done.bind(now.0).bind(gap).execute(conn).await?;
    Ok(done.rows_affected())
}

/// Kinds of which some are open, as far as this version knows them.
pub(crate) async fn open_kinds(conn: &mut Conn) -> Result<Vec<DifferenceCode>> {
    // bounded by: the kinds.
    let rows = sqlx::query("SELECT DISTINCT code FROM difference WHERE state = 'open'")
        .fetch_all(conn)
        .await?;
    let mut kinds = rows.iter().map(kind).collect::<Result<Vec<_>>>()?;
    kinds.retain(|kind| *kind != DifferenceCode::Unknown);
    Ok(kinds)
}

/// In which way the books differ.
pub(crate) fn kind(row: &AnyRow) -> Result<DifferenceCode> {
    let name = row.text("code")?;
    let known = DifferenceCode::ALL.into_iter().find(|c| c.as_str() == name);
    Ok(known.unwrap_or(DifferenceCode::Unknown))
}

/// How many differences are open.
pub(crate) async fn count_open(conn: &mut Conn) -> Result<u64> {
    let row = sqlx::query("SELECT COUNT(*) AS open FROM difference WHERE state = 'open'")
        .fetch_one(conn)
        .await?;
    row.count("open")
}

/// Differences that are open, oldest first.
pub(crate) async fn open(conn: &mut Conn, most: i64) -> Result<Vec<Difference>> {
    let rows =
        sqlx::query("SELECT * FROM difference WHERE state = 'open' ORDER BY found_at, id LIMIT $1")
            .bind(most)
            .fetch_all(conn)
            .await?;
    let read = |row: &AnyRow| {
        Ok(Difference {
            id: row.parsed("id")?,
            finding: Finding {
                code: kind(row)?,
                subject: row.text("subject")?,
                ours: row.parsed::<Value>("ours")?,
                theirs: row.parsed::<Value>("theirs")?,
            },
            found_at: row.time("found_at")?,
        })
    };
    rows.iter().map(read).collect()
}
