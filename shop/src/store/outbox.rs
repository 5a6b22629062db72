//! Effects owed to Telegram and not yet done.

use super::{Conn, Result, StoreError, ids, queue::Queue, row::RowExt};
use crate::{
    domain::{
        ChargeId, Effect, EffectId, EntitlementId, Note, OutboxItem, Outcome, UnixSeconds, UserId,
    },
    limits,
};

const OUTBOX: Queue = Queue {
    lease: "UPDATE outbox SET leased_until = $3, tries = tries + 1
            WHERE id = $1 AND state = 'waiting' AND leased_until <= $2",
    end: "UPDATE outbox SET state = $2, ended_at = $3, why = $4, leased_until = 0
          WHERE id = $1 AND state = 'waiting'",
    again: "UPDATE outbox SET due_at = $2, why = $3, leased_until = 0
            WHERE id = $1 AND state = 'waiting'",
    revive: "UPDATE outbox SET state = 'waiting', due_at = $2, leased_until = 0, ended_at = NULL
             WHERE id = $1 AND state = 'dead'
               AND NOT EXISTS (SELECT 1 FROM outbox o
                               WHERE o.fact = outbox.fact AND o.state = 'waiting')",
    sweep: "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox
            WHERE state = 'done' AND ended_at < $1 ORDER BY ended_at LIMIT $2)",
};

/// Owes a benefit to its buyer in the chat.
pub(crate) async fn owe_delivery(
    conn: &mut Conn,
    buyer: UserId,
    entitlement: EntitlementId,
    now: UnixSeconds,
) -> Result<()> {
    let fact = format!("deliver:{entitlement}");
    owe(
        conn,
        &chat(buyer),
        &fact,
        &Effect::Deliver { entitlement },
        now,
    )
    .await
}

/// Owes a refund.
pub(crate) async fn owe_refund(
    conn: &mut Conn,
    buyer: UserId,
    charge: &ChargeId,
    now: UnixSeconds,
) -> Result<()> {
    let fact = format!("refund:{charge}");
    let charge = charge.clone();
    // A queue of its own: money must not wait behind a chat that cannot be written to.
    owe(conn, &fact, &fact, &Effect::Refund { charge, buyer }, now).await
}

/// Owes a word about a charge.
pub(crate) async fn owe_note(
    conn: &mut Conn,
    buyer: UserId,
    about: &ChargeId,
    note: Note,
    now: UnixSeconds,
) -> Result<()> {
    let what = match note {
        Note::MoneyComesBack { .. } => "returning",
        Note::Refunded { .. } => "refunded",
    };
    let fact = format!("tell:{what}:{about}");
    owe(
        conn,
        &chat(buyer),
        &fact,
        &Effect::Tell { buyer, note },
        now,
    )
    .await
}

fn chat(buyer: UserId) -> String {
    // A private chat has the id of its user.
    format!("chat:{buyer}")
}

/// Owes an effect. The same fact is owed once at a time.
async fn owe(
    conn: &mut Conn,
    queue: &str,
    fact: &str,
    effect: &Effect,
    now: UnixSeconds,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO outbox (id, queue, fact, body, state, due_at, created_at)
         VALUES ($1, $2, $3, $4, 'waiting', $5, $5)
         ON CONFLICT DO NOTHING",
    )
    .bind(ids::ordered(now).to_string())
    .bind(queue)
    .bind(fact)
    .bind(serde_json::to_string(effect).map_err(StoreError::corrupt)?)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Effects that a worker could take: due, the oldest of their queue, and none of it under way.
/// One that was put off lets the next pass: effects do not build on each other.
pub(crate) async fn due(conn: &mut Conn, now: UnixSeconds, most: u32) -> Result<Vec<OutboxItem>> {
    let rows = sqlx::query(
        "SELECT o.id, o.body, o.tries FROM outbox o
         WHERE o.state = 'waiting' AND o.due_at <= $1 AND o.leased_until <= $1
           AND NOT EXISTS (SELECT 1 FROM outbox e
                           WHERE e.state = 'waiting' AND e.queue = o.queue
                             AND (e.leased_until > $1 OR (e.due_at <= $1 AND e.id < o.id)))
         ORDER BY o.due_at, o.id LIMIT $2",
    )
    .bind(now.0)
    .bind(i64::from(most.min(limits::LEASE_MOST)))
    .fetch_all(conn)
    .await?;
    let item = |row: &sqlx::any::AnyRow| {
        let effect = serde_json::from_str(&row.text("body")?);
        Ok(OutboxItem {
            id: row.parsed("id")?,
            effect: effect.map_err(StoreError::corrupt)?,
            tries: u32::try_from(row.int("tries")?).unwrap_or(u32::MAX),
        })
    };
    rows.iter().map(item).collect()
}

/// Takes an effect for a worker. False when another worker has it.
pub(crate) async fn lease(conn: &mut Conn, id: EffectId, now: UnixSeconds) -> Result<bool> {
    let until = now.plus(limits::OUTBOX_LEASE_SECONDS);
    OUTBOX.lease(conn, id, now, until).await
}

/// Ends the lease of an effect.
pub(crate) async fn end(
    conn: &mut Conn,
    id: EffectId,
    outcome: &Outcome,
    now: UnixSeconds,
) -> Result<()> {
    OUTBOX.end(conn, id, outcome, now).await
}

/// Lets a dead effect be tried again.
pub(crate) async fn revive(conn: &mut Conn, id: EffectId, now: UnixSeconds) -> Result<bool> {
    OUTBOX.revive(conn, id, now).await
}

/// Deletes effects carried out long ago.
pub(crate) async fn sweep(conn: &mut Conn, now: UnixSeconds) -> Result<u64> {
    let before = now.plus(-limits::OUTBOX_KEPT_SECONDS);
    OUTBOX.sweep(conn, before, limits::SWEEP_BATCH).await
}
