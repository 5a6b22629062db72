//! Telegram's Star ledger as it was read.

use serde_json::Value;
use sqlx::any::AnyRow;

use super::{
    Conn, Result, StoreError,
    row::{RowExt, signed},
};
use crate::{
    domain::{
        Amount, Balance, ChargeId, Direction, StarRow, StarRowKind, UnixSeconds, UserId,
        search_text::like_pattern,
    },
    limits,
};

/// How far Telegram's ledger has been read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    /// Rows read: the offset of the next page.
    pub(crate) rows_read: u64,
    /// When this shop began to sell.
    pub(crate) since: UnixSeconds,
    /// Whose ledger it is; nothing where no version has asked.
    pub(crate) bot: Option<UserId>,
}

/// The mark, if there was a look before.
pub(crate) async fn mark(conn: &mut Conn) -> Result<Option<Mark>> {
    let row = sqlx::query("SELECT rows_read, since, bot FROM star_mark WHERE id = 1")
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Mark {
        rows_read: row.count("rows_read")?,
        since: row.time("since")?,
        bot: row.opt_int("bot")?.map(UserId),
    }))
}

/// Makes the mark at the first look: the shop began to sell with its first order, or now.
pub(crate) async fn begin_mark(conn: &mut Conn, now: UnixSeconds) -> Result<()> {
    sqlx::query(
        "INSERT INTO star_mark (id, rows_read, since)
         VALUES (1, 0, COALESCE((SELECT MIN(opened_at) FROM orders), $1))
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes whose ledger is read from now on. Where it was another bot's before, it begins anew. Gives how
/// far it was read.
pub(crate) async fn belong_to(conn: &mut Conn, bot: UserId, now: UnixSeconds) -> Result<u64> {
    if mark(&mut *conn)
        .await?
        .is_some_and(|mark| mark.bot.is_some_and(|was| was != bot))
    {
        begin_anew(&mut *conn, now).await?;
    }
    let row = sqlx::query("UPDATE star_mark SET bot = $1 WHERE id = 1 RETURNING rows_read")
        .bind(bot.0)
        .fetch_one(conn)
        .await?;
    row.count("rows_read")
}

/// Begins to read from the oldest row again, as at a first look now: it is another bot's ledger.
pub(crate) async fn begin_anew(conn: &mut Conn, now: UnixSeconds) -> Result<()> {
    sqlx::query("UPDATE star_mark SET rows_read = 0, since = $1 WHERE id = 1")
        .bind(now.0)
        .execute(&mut *conn)
        .await?;
    // What was under way in the other is not asked for any more.
    sqlx::query("UPDATE star_row SET state = 'worked' WHERE state = 'pending'")
        .execute(conn)
        .await?;
    Ok(())
}

/// Moves the mark.
pub(crate) async fn move_mark(conn: &mut Conn, rows_read: u64) -> Result<()> {
    sqlx::query("UPDATE star_mark SET rows_read = $1 WHERE id = 1")
        .bind(signed(rows_read)?)
        .execute(conn)
        .await?;
    Ok(())
}

/// The rows stored at places from `from` on, so many: key and body of each.
pub(crate) async fn stored(
    conn: &mut Conn,
    from: u64,
    most: usize,
) -> Result<Vec<(String, String)>> {
    // bounded by: `most` places, a row or two each.
    let rows = sqlx::query(
        "SELECT direction, id, body FROM star_row WHERE position >= $1 AND position < $2",
    )
    .bind(signed(from)?)
    .bind(signed(from.saturating_add(most as u64))?)
    .fetch_all(conn)
    .await?;
    let stored = |row: &AnyRow| {
        let key = format!("{}:{}", row.text("direction")?, row.text("id")?);
        Ok((key, row.text("body")?))
    };
    rows.iter().map(stored).collect()
}

/// The row as the database keeps it, to compare with.
pub(crate) fn body(row: &StarRow) -> Result<String> {
    serde_json::to_string(row).map_err(StoreError::corrupt)
}

/// What our books say that the bot has, all of one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected {
    /// Rows of Telegram's ledger read by then.
    pub(crate) rows_read: u64,
    /// Whether some of them are not worked yet.
    pub(crate) unworked: bool,
    /// What our books hold with Telegram.
    pub(crate) books: Balance,
    /// Whole Stars of payments in our books that Telegram's ledger was not seen to hold.
    pub(crate) payments: i64,
    /// The same for refunds.
    pub(crate) refunds: i64,
}

/// What our books say that the bot has. One statement, so that nothing is booked in between.
pub(crate) async fn expected(conn: &mut Conn) -> Result<Expected> {
    let row = sqlx::query(
        "SELECT COALESCE((SELECT rows_read FROM star_mark WHERE id = 1), 0) AS rows_read,
                (SELECT COUNT(*) FROM star_row WHERE state = 'new') AS unworked,
                CAST(COALESCE(SUM(CASE debit WHEN 'telegram' THEN stars ELSE -stars END), 0)
                     AS BIGINT) AS stars,
                CAST(COALESCE(SUM(CASE debit WHEN 'telegram' THEN nanostars ELSE -nanostars END), 0)
                     AS BIGINT) AS nanostars,
                CAST(COALESCE((SELECT SUM(amount) FROM charge WHERE seen_at IS NULL
                     AND currency = 'XTR' AND amount > 0), 0) AS BIGINT) AS payments,
                CAST(COALESCE((SELECT SUM(amount) FROM charge WHERE state = 'refunded'
                     AND back_seen_at IS NULL AND currency = 'XTR' AND amount > 0), 0) AS BIGINT)
                     AS refunds
         FROM ledger WHERE debit = 'telegram' OR credit = 'telegram'",
    )
    .fetch_one(conn)
    .await?;
    Ok(Expected {
        rows_read: row.count("rows_read")?,
        unworked: row.int("unworked")? > 0,
        books: Balance::new(row.int("stars")?, row.int("nanostars")?),
        payments: row.int("payments")?,
        refunds: row.int("refunds")?,
    })
}

/// Stores a row. One that is known and still says the same stays as it is; one that says something
/// new is to be worked again.
pub(crate) async fn keep(
    conn: &mut Conn,
    row: &StarRow,
    position: u64,
    now: UnixSeconds,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO star_row (id, direction, position, body, raw, state, read_at)
         VALUES ($1, $2, $3, $4, $5, 'new', $6)
         ON CONFLICT (id, direction) DO UPDATE SET position = excluded.position,
             state = CASE WHEN star_row.body = excluded.body THEN star_row.state ELSE 'new' END,
             body = excluded.body, raw = excluded.raw",
    )
    .bind(&row.id)
    .bind(row.direction.as_str())
    .bind(signed(position)?)
    .bind(body(row)?)
    .bind(row.raw.to_string())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Rows that nothing was done about yet, in Telegram's order, without the first so many.
pub(crate) async fn unworked(conn: &mut Conn, skip: i64, most: i64) -> Result<Vec<StarRow>> {
    let rows = sqlx::query(
        "SELECT id, direction, body, raw FROM star_row WHERE state = 'new'
         ORDER BY position, direction LIMIT $1 OFFSET $2",
    )
    .bind(most)
    .bind(skip)
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// Places of rows that may still change, from one on.
pub(crate) async fn unfinished(conn: &mut Conn, from: u64, most: i64) -> Result<Vec<u64>> {
    let rows = sqlx::query(
        "SELECT position FROM star_row WHERE state = 'pending' AND position >= $1
         ORDER BY position LIMIT $2",
    )
    .bind(signed(from)?)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.count("position")).collect()
}

/// One row.
pub(crate) async fn get(
    conn: &mut Conn,
    id: &str,
    direction: Direction,
) -> Result<Option<StarRow>> {
    let row = sqlx::query(
        "SELECT id, direction, body, raw FROM star_row WHERE id = $1 AND direction = $2",
    )
    .bind(id)
    .bind(direction.as_str())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Charges that are in Telegram's ledger and not in our books, since they came before this shop
/// began to sell, and by which a buyer may have begun a subscription with an invoice. Oldest first.
pub(crate) async fn may_have_begun(
    conn: &mut Conn,
    buyer: UserId,
    payload: &str,
) -> Result<Vec<ChargeId>> {
    let named = serde_json::to_string(payload).map_err(StoreError::corrupt)?;
    let sale = like_pattern(&format!("\"buyer\":{buyer},\"payload\":{named},"));
    let rows = sqlx::query(
        "SELECT id, direction, body, raw FROM star_row WHERE direction = 'in' AND body LIKE $1 ESCAPE '\\'
         AND NOT EXISTS (SELECT 1 FROM charge WHERE charge.id = star_row.id)
         ORDER BY position LIMIT $2",
    )
    // As `StarRowKind::Sale` is written; what else it finds is dropped below.
    .bind(sale + &like_pattern("\"recurring\":true"))
    .bind(limits::SUBSCRIPTIONS_ASKED)
    .fetch_all(conn)
    .await?;
    let mut begun = Vec::new();
    for row in rows.iter().map(read) {
        let row = row?;
        if let StarRowKind::Sale {
            buyer: by,
            payload: of,
            recurring: true,
            ..
        } = &row.kind
            && (*by, of.as_str()) == (buyer, payload)
        {
            begun.extend(row.charge());
        }
    }
    Ok(begun)
}

/// Ends the work on a row. False when another process has ended it, or has read something new of it
/// meanwhile: then nothing of this transaction may stay, and the row is worked as it is now.
pub(crate) async fn end(conn: &mut Conn, row: &StarRow) -> Result<bool> {
    let state = if row.is_unfinished() {
        "pending"
    } else {
        "worked"
    };
    leave(conn, row, state).await
}

/// Sets a row aside that is not understood. False as for [`end`].
pub(crate) async fn set_aside(conn: &mut Conn, row: &StarRow) -> Result<bool> {
    leave(conn, row, "puzzling").await
}

async fn leave(conn: &mut Conn, row: &StarRow, state: &str) -> Result<bool> {
    let left = sqlx::query(
        "UPDATE star_row SET state = $3 WHERE id = $1 AND direction = $2 AND state = 'new'
         RETURNING id, direction, body, raw",
    )
    .bind(&row.id)
    .bind(row.direction.as_str())
    .bind(state)
    .fetch_optional(conn)
    .await?;
    let left = left.as_ref().map(read).transpose()?;
    Ok(left.as_ref() == Some(row))
}

/// Rows that were set aside, and their places, oldest first.
pub(crate) async fn puzzling(conn: &mut Conn, most: i64) -> Result<Vec<(StarRow, u64)>> {
    let rows = sqlx::query(
        "SELECT id, direction, body, raw, position FROM star_row WHERE state = 'puzzling'
         ORDER BY position, direction LIMIT $1",
    )
    .bind(most)
    .fetch_all(conn)
    .await?;
    let placed = |row: &AnyRow| Ok((read(row)?, row.count("position")?));
    rows.iter().map(placed).collect()
}

/// Takes a row that was set aside out, to keep it as it is read now.
pub(crate) async fn forget_puzzling(conn: &mut Conn, row: &StarRow) -> Result<()> {
    sqlx::query("DELETE FROM star_row WHERE id = $1 AND direction = $2 AND state = 'puzzling'")
        .bind(&row.id)
        .bind(row.direction.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// A row as it is stored. One that another version stored in words which this one does not know is
/// a puzzle like any other, and keeps no row behind it from its turn.
fn read(row: &AnyRow) -> Result<StarRow> {
    let raw: Value = row.parsed("raw")?;
    if let Ok(kept) = serde_json::from_str::<StarRow>(&row.text("body")?) {
        return Ok(StarRow { raw, ..kept });
    }
    Ok(StarRow {
        id: row.text("id")?,
        direction: serde_json::from_value(row.text("direction")?.into())
            .map_err(StoreError::corrupt)?,
        amount: Amount::default(),
        at: UnixSeconds(0),
        kind: StarRowKind::Unreadable,
        raw,
    })
}
