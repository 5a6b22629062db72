//! Effects owed to Telegram and not yet done.

use sqlx::AssertSqlSafe;

use super::{
    Conn, Result, StoreError, ids,
    queue::Queue,
    row::{RowExt, placeholders},
};
use crate::{
    domain::{
        ChargeId, Effect, EffectId, EntitlementId, Lease, Note, OrderId, OutboxItem, Outcome,
        UnixSeconds, Urgency, UserId, Warning,
    },
    limits,
};

const OUTBOX: Queue = Queue {
    name: "outbox",
    due: "SELECT o.id, o.body, o.tries FROM outbox o
          WHERE o.state = 'waiting' AND o.urgency = $3
            AND o.due_at <= $1 AND o.leased_until <= $1
            AND NOT EXISTS (SELECT 1 FROM outbox e
                            WHERE e.state = 'waiting' AND e.queue = o.queue
                              AND (e.leased_until > $1 OR
                                   (e.due_at <= $1 AND (e.urgency, e.id) < (o.urgency, o.id))))
          ORDER BY o.due_at, o.id LIMIT CAST($2 AS BIGINT)",
    lease: "UPDATE outbox SET leased_until = $3
            WHERE id = $1 AND state = 'waiting' AND leased_until <= $2 AND due_at <= $2
              AND NOT EXISTS (SELECT 1 FROM outbox e
                              WHERE e.state = 'waiting' AND e.queue = outbox.queue
                                AND (e.leased_until > $2 OR
                                     (e.due_at <= $2
                                      AND (e.urgency, e.id) < (outbox.urgency, outbox.id))))",
    end: "UPDATE outbox SET state = $3, ended_at = $4, why = $5, leased_until = 0,
          tries = tries + 1
          WHERE id = $1 AND state = 'waiting' AND leased_until = $2",
    // What Telegram did not take has had its turn: a thousand refunds that the balance does not
    // cover yet keep no goods waiting.
    again: "UPDATE outbox SET due_at = $3, why = $4, leased_until = 0, tries = tries + 1,
              urgency = CASE urgency WHEN 0 THEN 1 ELSE urgency END
            WHERE id = $1 AND state = 'waiting' AND leased_until = $2",
    later: "UPDATE outbox SET due_at = $3, leased_until = 0
            WHERE id = $1 AND state = 'waiting' AND leased_until = $2",
    revive: "UPDATE outbox SET state = 'waiting', due_at = $2, leased_until = 0, ended_at = NULL,
               tries = 0
             WHERE id = $1 AND state = 'dead'
               AND NOT EXISTS (SELECT 1 FROM outbox o
                               WHERE o.fact = outbox.fact AND o.state = 'waiting')",
    sweep: "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox
            WHERE state = 'done' AND ended_at < $1 ORDER BY ended_at LIMIT $2)",
};

/// Owes benefits to their buyer in the chat.
pub(crate) async fn owe_deliveries(
    conn: &mut Conn,
    buyer: UserId,
    entitlements: impl IntoIterator<Item = EntitlementId>,
    now: UnixSeconds,
) -> Result<()> {
    let owed = |entitlement| Owed {
        queue: chat(buyer),
        fact: format!("deliver:{entitlement}"),
        effect: Effect::Deliver { entitlement },
    };
    let owed: Vec<Owed> = entitlements.into_iter().map(owed).collect();
    for some in owed.chunks(limits::BENEFITS_MOST) {
        owe(conn, some, now).await?;
    }
    Ok(())
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
    let owed = Owed {
        // A queue of its own: money must not wait behind a chat that cannot be written to.
        queue: fact.clone(),
        fact,
        effect: Effect::Refund { charge, buyer },
    };
    owe(conn, &[owed], now).await
}

/// Owes Telegram the word whether it may charge again for the subscription that a charge belongs to:
/// as our books say by then of the order that began it, or no more where none is named.
pub(crate) async fn owe_switch(
    conn: &mut Conn,
    buyer: UserId,
    charge: &ChargeId,
    order: Option<OrderId>,
    now: UnixSeconds,
) -> Result<()> {
    let charge = charge.clone();
    // Each saying is a fact of its own, and a buyer's are told one after the other: one under way
    // may have looked before the last change.
    let row = ids::ordered(now);
    let owed = Owed {
        queue: format!("renewal:{buyer}"),
        fact: format!("renewal:{charge}:{row}"),
        effect: Effect::SwitchRenewal {
            charge,
            buyer,
            order,
        },
    };
    owe(conn, &[owed], now).await
}

/// Owes a word about a charge or a subscription; about the same once at a time.
pub(crate) async fn owe_note(
    conn: &mut Conn,
    buyer: UserId,
    about: &str,
    note: Note,
    now: UnixSeconds,
) -> Result<()> {
    let what = match note {
        Note::MoneyComesBack { .. } => "returning",
        Note::Refunded { .. } => "refunded",
        Note::RenewsSoon { .. } => "renews",
        Note::EndsSoon { .. } => "ends",
        Note::RenewalFailed { .. } => "failed",
        Note::Lapsed { .. } => "lapsed",
        Note::CameBack { .. } => "back",
    };
    let owed = Owed {
        queue: chat(buyer),
        fact: format!("tell:{what}:{about}"),
        effect: Effect::Tell { buyer, note },
    };
    owe(conn, &[owed], now).await
}

/// When the owners were last told of something of this kind, as the beginning of what it is about.
pub(crate) async fn warned_at(conn: &mut Conn, about: &str) -> Result<Option<UnixSeconds>> {
    // The first condition is that of an index, word for word: it holds warnings alone.
    let row = sqlx::query(
        "SELECT MAX(created_at) AS told FROM outbox
         WHERE substr(fact, 1, 5) = 'warn:' AND fact LIKE $1",
    )
    .bind(format!("warn:{about}%"))
    .fetch_one(conn)
    .await?;
    row.opt_time("told")
}

/// Owes a warning to each owner, unless this fact was told before: it is told once, however often
/// it is met again.
pub(crate) async fn owe_warning(
    conn: &mut Conn,
    owners: &[UserId],
    about: &str,
    warning: &Warning,
    now: UnixSeconds,
) -> Result<()> {
    for owner in owners {
        let fact = format!("warn:{about}:{owner}");
        let told = sqlx::query("SELECT 1 AS told FROM outbox WHERE fact = $1 LIMIT 1")
            .bind(&fact)
            .fetch_optional(&mut *conn)
            .await?;
        if told.is_some() {
            continue;
        }
        let (owner, warning) = (*owner, warning.clone());
        let owed = Owed {
            queue: chat(owner),
            fact,
            effect: Effect::Warn { owner, warning },
        };
        owe(conn, &[owed], now).await?;
    }
    Ok(())
}

/// Lets what was parked for somebody go out: the bot may write now. Of the same fact the last, once.
pub(crate) async fn owe_parked(conn: &mut Conn, to: UserId, now: UnixSeconds) -> Result<()> {
    for statement in [
        "UPDATE outbox SET state = 'waiting', due_at = $2, tries = 0, why = NULL, ended_at = NULL
         WHERE queue = $1 AND state = 'parked'
           AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.fact = outbox.fact
                           AND (o.state = 'waiting' OR (o.state = 'parked' AND o.id > outbox.id)))",
        // The others say the same.
        "UPDATE outbox SET state = 'done', ended_at = $2 WHERE queue = $1 AND state = 'parked'",
    ] {
        let parked = sqlx::query(statement).bind(chat(to)).bind(now.0);
        parked.execute(&mut *conn).await?;
    }
    Ok(())
}

fn chat(buyer: UserId) -> String {
    // A private chat has the id of its user.
    format!("chat:{buyer}")
}

/// An effect to be stored.
struct Owed {
    queue: String,
    fact: String,
    effect: Effect,
}

/// Owes effects. The same fact is owed once at a time.
async fn owe(conn: &mut Conn, owed: &[Owed], now: UnixSeconds) -> Result<()> {
    if owed.is_empty() {
        return Ok(());
    }
    let rows = placeholders(owed.len(), 8);
    let statement = format!(
        "INSERT INTO outbox (id, queue, fact, body, state, due_at, created_at, urgency)
         VALUES {rows} ON CONFLICT DO NOTHING"
    );
    let mut insert = sqlx::query(AssertSqlSafe(statement));
    for owed in owed {
        let body = serde_json::to_string(&owed.effect).map_err(StoreError::corrupt)?;
        insert = insert
            .bind(ids::ordered(now).to_string())
            .bind(owed.queue.clone())
            .bind(owed.fact.clone())
            .bind(body)
            .bind("waiting")
            .bind(now.0)
            .bind(now.0)
            .bind(Urgency::of_effect(&owed.effect) as i64);
    }
    insert.execute(conn).await?;
    Ok(())
}

/// An effect that a worker could take.
pub(crate) struct Due {
    id: EffectId,
    /// Nothing where it was written by a version that says it in another way.
    effect: Option<Effect>,
    tries: u32,
}

/// Effects that a worker could take: due, the first of their queue, and none of it under way.
/// One that was put off lets the next pass: effects do not build on each other. The most urgent come
/// first.
pub(crate) async fn due(conn: &mut Conn, now: UnixSeconds, most: u32) -> Result<Vec<Due>> {
    let rows = OUTBOX.due(conn, now, most.min(limits::LEASE_MOST)).await?;
    let due = |row: &sqlx::any::AnyRow| {
        let id = row.parsed("id")?;
        let tries = u32::try_from(row.int("tries")?).unwrap_or(u32::MAX);
        let effect = serde_json::from_str(&row.text("body")?).ok();
        Ok(Due { id, effect, tries })
    };
    rows.iter().map(due).collect()
}

/// Makes all others who would lease effects wait for this transaction.
pub(crate) async fn take_turn(conn: &mut Conn) -> Result<()> {
    OUTBOX.take_turn(conn).await
}

/// Takes an effect for a worker, in its turn. Nothing when it is not to be had any more, or cannot be
/// read: then it is kept for a person and for the version that wrote it, and nobody else waits for it.
pub(crate) async fn lease(
    conn: &mut Conn,
    due: Due,
    now: UnixSeconds,
) -> Result<Option<OutboxItem>> {
    let Due { id, effect, tries } = due;
    let seconds = limits::OUTBOX_LEASE_SECONDS;
    let Some(lease) = OUTBOX.lease(conn, id, now, seconds).await? else {
        return Ok(None);
    };
    let Some(effect) = effect else {
        tracing::error!(row = %id, "an effect cannot be read by this version");
        let why = "unreadable".to_owned();
        OUTBOX
            .end(conn, &lease, &Outcome::Dead { why }, now)
            .await?;
        return Ok(None);
    };
    Ok(Some(OutboxItem {
        id,
        lease,
        effect,
        tries,
    }))
}

/// Ends a lease of an effect. False when it was lost.
pub(crate) async fn end(
    conn: &mut Conn,
    lease: &Lease,
    outcome: &Outcome,
    now: UnixSeconds,
) -> Result<bool> {
    OUTBOX.end(conn, lease, outcome, now).await
}

/// Lets a dead effect be tried again.
pub(crate) async fn revive(conn: &mut Conn, id: EffectId, now: UnixSeconds) -> Result<bool> {
    OUTBOX.revive(conn, id, now).await
}

/// Deletes effects carried out long ago, and those that were parked for too long.
pub(crate) async fn sweep(conn: &mut Conn, now: UnixSeconds) -> Result<u64> {
    let before = now.plus(-limits::OUTBOX_KEPT_SECONDS);
    let done = OUTBOX.sweep(conn, before, limits::SWEEP_BATCH).await?;
    let parked = sqlx::query(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox
         WHERE state = 'parked' AND ended_at < $1 ORDER BY ended_at LIMIT $2)",
    );
    let before = now.plus(-limits::OUTBOX_PARKED_SECONDS);
    let parked = parked.bind(before.0).bind(limits::SWEEP_BATCH);
    Ok(done + parked.execute(conn).await?.rows_affected())
}
