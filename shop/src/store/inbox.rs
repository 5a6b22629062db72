//! Updates received and not yet worked.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Conn, Result, ids, queue::Queue, row::RowExt};
use crate::{
    domain::{
        EffectId, InboxItem, Lease, Outcome, Received, UnixSeconds, Urgency, queue::update_queue,
    },
    limits,
};

const INBOX: Queue = Queue {
    name: "inbox",
    due: "SELECT i.id, i.raw, i.tries FROM inbox i
          WHERE i.state = 'waiting' AND i.urgency = $3
            AND i.due_at <= $1 AND i.leased_until <= $1
            AND NOT EXISTS (SELECT 1 FROM inbox e
                            WHERE e.state = 'waiting' AND e.queue = i.queue
                              AND (e.leased_until > $1 OR e.id < i.id))
          ORDER BY i.due_at, i.id LIMIT CAST($2 AS BIGINT)",
    lease: "UPDATE inbox SET leased_until = $3
            WHERE id = $1 AND state = 'waiting' AND leased_until <= $2 AND due_at <= $2
              AND NOT EXISTS (SELECT 1 FROM inbox e
                              WHERE e.state = 'waiting' AND e.queue = inbox.queue
                                AND (e.leased_until > $2 OR e.id < inbox.id))",
    end: "UPDATE inbox SET state = $3, ended_at = $4, why = $5, leased_until = 0,
          tries = tries + 1
          WHERE id = $1 AND state = 'waiting' AND leased_until = $2",
    again: "UPDATE inbox SET due_at = $3, why = $4, leased_until = 0, tries = tries + 1
            WHERE id = $1 AND state = 'waiting' AND leased_until = $2",
    later: "UPDATE inbox SET due_at = $3, leased_until = 0
            WHERE id = $1 AND state = 'waiting' AND leased_until = $2",
    revive: "UPDATE inbox SET state = 'waiting', due_at = $2, leased_until = 0, ended_at = NULL,
               tries = 0
             WHERE id = $1 AND state = 'dead'",
    sweep: "DELETE FROM inbox WHERE id IN (SELECT id FROM inbox
            WHERE state = 'done' AND ended_at < $1 ORDER BY ended_at LIMIT $2)",
};

/// Stores an update as it came. What is no JSON, or has no number, is stored too, as a dead row for a
/// person to read.
pub(crate) async fn insert(
    conn: &mut Conn,
    number: Option<i64>,
    raw: &str,
    now: UnixSeconds,
) -> Result<Received> {
    // Those without one are told apart by what they say.
    let update_id = number.unwrap_or_default();
    let hash: [u8; 32] = Sha256::digest(raw.as_bytes()).into();
    let parsed: Option<Value> = serde_json::from_str(raw).ok();
    let update = parsed.as_ref().unwrap_or(&Value::Null);
    let (queue, urgency) = (update_queue(update_id, update), Urgency::of_update(update));
    let (state, why) = match (&parsed, number) {
        (Some(_), Some(_)) => ("waiting", None),
        (Some(_), None) => ("dead", Some("no_update_id")),
        (None, _) => ("dead", Some("not_json")),
    };
    let done = sqlx::query(
        "INSERT INTO inbox
         (id, update_id, body_hash, queue, raw, state, due_at, why, received_at, urgency)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (update_id, body_hash) DO NOTHING",
    )
    .bind(ids::update(now, update_id, &hash).to_string())
    .bind(update_id)
    .bind(hex::encode(hash))
    .bind(queue)
    .bind(raw)
    .bind(state)
    .bind(now.0)
    .bind(why)
    .bind(now.0)
    .bind(urgency as i64)
    .execute(conn)
    .await?;
    Ok(match done.rows_affected() {
        0 => Received::Before,
        _ => Received::New,
    })
}

/// An update that a worker could take.
pub(crate) struct Due {
    id: EffectId,
    raw: Value,
    tries: u32,
}

/// Updates that a worker could take: due, the first of their queue, and none of it under way; the
/// most urgent first.
pub(crate) async fn due(conn: &mut Conn, now: UnixSeconds, most: u32) -> Result<Vec<Due>> {
    let rows = INBOX.due(conn, now, most.min(limits::LEASE_MOST)).await?;
    let due = |row: &sqlx::any::AnyRow| {
        Ok(Due {
            id: row.parsed("id")?,
            raw: row.parsed("raw")?,
            tries: u32::try_from(row.int("tries")?).unwrap_or(u32::MAX),
        })
    };
    rows.iter().map(due).collect()
}

/// Makes all others who would lease updates wait for this transaction.
pub(crate) async fn take_turn(conn: &mut Conn) -> Result<()> {
    INBOX.take_turn(conn).await
}

/// Takes an update for a worker, in its turn. Nothing when it is not to be had any more.
pub(crate) async fn lease(
    conn: &mut Conn,
    due: Due,
    now: UnixSeconds,
) -> Result<Option<InboxItem>> {
    let Due { id, raw, tries } = due;
    let seconds = limits::INBOX_LEASE_SECONDS;
    let lease = INBOX.lease(conn, id, now, seconds).await?;
    Ok(lease.map(|lease| InboxItem {
        id,
        lease,
        raw,
        tries,
    }))
}

/// Ends a lease of an update. False when it was lost.
pub(crate) async fn end(
    conn: &mut Conn,
    lease: &Lease,
    outcome: &Outcome,
    now: UnixSeconds,
) -> Result<bool> {
    INBOX.end(conn, lease, outcome, now).await
}

/// Lets what comes after an update in its queue be worked first.
pub(crate) async fn let_pass(conn: &mut Conn, id: EffectId) -> Result<()> {
    sqlx::query("UPDATE inbox SET queue = $2 WHERE id = $1 AND state = 'waiting'")
        .bind(id.to_string())
        .bind(format!("passed:{id}"))
        .execute(conn)
        .await?;
    Ok(())
}

/// Lets parked updates be worked again, as if they came now. Gives their number.
pub(crate) async fn offer_parked(conn: &mut Conn, now: UnixSeconds) -> Result<u64> {
    let offer = sqlx::query(
        "UPDATE inbox SET state = 'waiting', due_at = $1, tries = 0, ended_at = NULL
         WHERE state = 'parked'",
    );
    Ok(offer.bind(now.0).execute(conn).await?.rows_affected())
}

/// Lets a dead update be worked again.
pub(crate) async fn revive(conn: &mut Conn, id: EffectId, now: UnixSeconds) -> Result<bool> {
    INBOX.revive(conn, id, now).await
}

/// Deletes updates worked long ago.
pub(crate) async fn sweep(conn: &mut Conn, now: UnixSeconds) -> Result<u64> {
    let before = now.plus(-limits::INBOX_KEPT_SECONDS);
    INBOX.sweep(conn, before, limits::SWEEP_BATCH).await
}
