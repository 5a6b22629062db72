//! A page of Telegram's ledger is stored as it came, and the mark moves, in one transaction.
//!
//! What the rows mean for our books is worked out afterwards: a crash in between loses nothing, for
//! the rows wait in the database and need not be fetched again.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    domain::{StarRow, UnixSeconds, UserId},
    limits,
    store::{Database, Safety, StoreError, star_row},
};

/// How far the ledger of this bot has been read; the first look makes the mark. Another bot than
/// before has another ledger, and what was sold by it until now is no business of this shop.
pub(crate) async fn rows_read(
    db: &Database,
    bot: UserId,
    now: UnixSeconds,
) -> Result<u64, StoreError> {
    let known = star_row::mark(&mut *db.read().await?).await?;
    if let Some(mark) = known.filter(|mark| mark.bot == Some(bot)) {
        return Ok(mark.rows_read);
    }
    let mut tx = db.begin(Safety::Durable).await?;
    star_row::begin_mark(&mut tx, now).await?;
    let rows_read = star_row::belong_to(&mut tx, bot, now).await?;
    tx.commit().await?;
    Ok(rows_read)
}

/// Stores the rows of a page that begins at this place. Gives how many of them say something new.
pub(crate) async fn keep_rows(
    db: &Database,
    position: u64,
    rows: &[StarRow],
    now: UnixSeconds,
) -> Result<u64, StoreError> {
    if rows.is_empty() {
        // Nothing was read, however far behind the end it was looked for.
        return Ok(0);
    }
    let end = position.saturating_add(rows.len() as u64);
    let mut reader = db.read().await?;
    let stored = star_row::stored(&mut reader, position, rows.len()).await?;
    let mark = star_row::mark(&mut reader).await?;
    drop(reader);
    let stored: HashMap<String, String> = stored.into_iter().collect();
    let mut fresh = Vec::new();
    for (row, place) in rows.iter().zip(position..) {
        if stored.get(&row.key()) != Some(&star_row::body(row)?) {
            fresh.push((row, place));
        }
    }
    let read = mark.map_or(0, |mark| mark.rows_read);
    if fresh.is_empty() && end <= read {
        return Ok(0);
    }
    let mut tx = db.begin(Safety::Durable).await?;
    star_row::begin_mark(&mut tx, now).await?;
    for (row, place) in &fresh {
        star_row::keep(&mut tx, row, *place, now).await?;
    }
    star_row::move_mark(&mut tx, end.max(read)).await?;
    tx.commit().await?;
    Ok(fresh.len() as u64)
}

/// Reads rows that no version understood so far as this one does, to be worked once more. Gives their
/// number.
pub(crate) async fn read_puzzles(
    db: &Database,
    read: impl Fn(Value) -> StarRow,
    now: UnixSeconds,
) -> Result<u64, StoreError> {
    let mut offered = 0;
    loop {
        let mut reader = db.read().await?;
        let puzzles = star_row::puzzling(&mut reader, limits::STAR_ROWS_BATCH).await?;
        drop(reader);
        if puzzles.is_empty() {
            return Ok(offered);
        }
        let mut tx = db.begin(Safety::Durable).await?;
        for (row, place) in puzzles {
            // What it is called may change with how it is read.
            star_row::forget_puzzling(&mut tx, &row).await?;
            star_row::keep(&mut tx, &read(row.raw), place, now).await?;
            offered += 1;
        }
        tx.commit().await?;
    }
}

/// Begins to read from the oldest row again: Telegram's ledger is not the one that was read, so it
/// is another bot's. Rows that are known stay known.
pub(crate) async fn read_anew(db: &Database, now: UnixSeconds) -> Result<(), StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    star_row::begin_anew(&mut tx, now).await?;
    tx.commit().await
}
