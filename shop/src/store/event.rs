//! Rare things in the life of an order, kept for its story alone.

use sqlx::AssertSqlSafe;

use super::{
    Conn, Result, StoreError, ids,
    row::{RowExt, placeholders},
};
use crate::{
    domain::{Event, Happening, Occasion, OrderId, UnixSeconds},
    limits,
};

/// Keeps what happened to orders.
pub(crate) async fn note(
    conn: &mut Conn,
    happened: &[(OrderId, Occasion)],
    now: UnixSeconds,
) -> Result<()> {
    if happened.is_empty() {
        return Ok(());
    }
    let rows = placeholders(happened.len(), 5);
    let statement = format!("INSERT INTO event (id, order_id, at, what, detail) VALUES {rows}");
    let mut insert = sqlx::query(AssertSqlSafe(statement));
    for (order, occasion) in happened {
        insert = insert
            .bind(ids::ordered(now).to_string())
            .bind(order.to_string())
            .bind(now.0)
            .bind(occasion.as_str())
            .bind(serde_json::to_string(occasion).map_err(StoreError::corrupt)?);
    }
    insert.execute(conn).await?;
    Ok(())
}

/// Forgets all but the last of what happened to an order again and again.
pub(crate) async fn forget_all_but_the_last(
    conn: &mut Conn,
    order: OrderId,
    what: &Occasion,
) -> Result<()> {
    sqlx::query(
        "DELETE FROM event WHERE order_id = $1 AND what = $2 AND id NOT IN
         (SELECT id FROM event WHERE order_id = $1 AND what = $2 ORDER BY id DESC LIMIT $3)",
    )
    .bind(order.to_string())
    .bind(what.as_str())
    .bind(limits::REFUSALS_KEPT)
    .execute(conn)
    .await?;
    Ok(())
}

/// What happened to an order, in order of time.
pub(crate) async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Vec<Event>> {
    let rows = sqlx::query("SELECT at, detail FROM event WHERE order_id = $1 ORDER BY id LIMIT $2")
        .bind(order.to_string())
        .bind(limits::STORY_MOST)
        .fetch_all(conn)
        .await?;
    let read = |row: &sqlx::any::AnyRow| {
        let words = row.text("detail")?;
        let what = match serde_json::from_str(&words) {
            Ok(occasion) => Happening::Rare(occasion),
            Err(_) => Happening::Unread { words },
        };
        Ok(Event {
            at: row.time("at")?,
            what,
        })
    };
    rows.iter().map(read).collect()
}
