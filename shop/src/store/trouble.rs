//! What of inbox and outbox is in trouble, or lies there: for people and for their alarms.

use sqlx::any::AnyRow;

use super::{Conn, Result, charge, row::RowExt};
use crate::domain::{
    EffectId, OrderId, OwedRow, QueueLoad, Task, TaskGoods, Troubles, UnixSeconds, WholeRow,
    trouble::{RowWords, UpdateWords},
};

// Both tables as one; where goods are to be sent, with the right to them.
macro_rules! rows {
    ($outbox:literal, $inbox:literal, $rest:literal) => {
        concat!(
            "SELECT 'outbox' AS queue, o.id, o.fact, o.body, o.state, o.tries, o.why,
                    o.created_at AS since, o.due_at, o.ended_at, e.order_id, e.buyer, b.title
             FROM outbox o
             LEFT JOIN entitlement e ON o.fact LIKE 'deliver:%' AND e.id = substr(o.fact, 9)
             LEFT JOIN benefit b ON b.id = e.benefit
             WHERE ",
            $outbox,
            " UNION ALL
             SELECT 'inbox' AS queue, i.id, '' AS fact, i.raw AS body, i.state, i.tries, i.why,
                    i.received_at AS since, i.due_at, i.ended_at, NULL, NULL, NULL
             FROM inbox i WHERE ",
            $inbox,
            $rest
        )
    };
}

/// Rows that were put aside, and rows that wait after a failure: the oldest of each, and how many
/// there are.
pub(crate) async fn troubled(conn: &mut Conn, most: i64) -> Result<Troubles> {
    const DEAD: &str = rows!(
        "o.state = 'dead'",
        "i.state = 'dead'",
        " ORDER BY since, id LIMIT $1"
    );
    const WAITING: &str = rows!(
        "o.state = 'waiting' AND o.tries > 0 AND o.why IS NOT NULL",
        "i.state = 'waiting' AND i.tries > 0 AND i.why IS NOT NULL",
        " ORDER BY since, id LIMIT $1"
    );
    let counts = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'dead')
              + (SELECT COUNT(*) FROM inbox WHERE state = 'dead') AS dead,
                (SELECT COUNT(*) FROM outbox
                 WHERE state = 'waiting' AND tries > 0 AND why IS NOT NULL)
              + (SELECT COUNT(*) FROM inbox
                 WHERE state = 'waiting' AND tries > 0 AND why IS NOT NULL) AS waiting",
    )
    .fetch_one(&mut *conn)
    .await?;
    let mut lists = Vec::new();
    for statement in [DEAD, WAITING] {
        let rows = sqlx::query(statement).bind(most);
        let rows = rows.fetch_all(&mut *conn).await?;
        lists.push(rows.iter().map(owed).collect::<Result<Vec<_>>>()?);
    }
    let waiting = lists.pop().unwrap_or_default();
    Ok(Troubles {
        dead: lists.pop().unwrap_or_default(),
        dead_in_all: counts.count("dead")?,
        waiting,
        waiting_in_all: counts.count("waiting")?,
    })
}

/// One row, whole.
pub(crate) async fn row(conn: &mut Conn, id: EffectId) -> Result<Option<WholeRow>> {
    let row = sqlx::query(rows!("o.id = $1", "i.id = $1", ""))
        .bind(id.to_string())
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let what = words(&row)?;
    let order: Option<OrderId> = match what.charge() {
        Some(charge) => charge::get(conn, &charge).await?.and_then(|c| c.order),
        None => None,
    };
    Ok(Some(WholeRow {
        order: order.or_else(|| what.order()),
        what,
        state: row.text("state")?,
        tries: tries(&row)?,
        why: row.opt_text("why")?,
        since: row.time("since")?,
        due_at: row.time("due_at")?,
        ended_at: row.opt_time("ended_at")?,
        raw: row.text("body")?,
    }))
}

/// Lets every dead row be worked again, as if it were new. Of several that stand for the same fact
/// it is the last: it is owed once at a time.
pub(crate) async fn revive_all(conn: &mut Conn, now: UnixSeconds) -> Result<u64> {
    let mut revived = 0;
    for statement in [
        "UPDATE inbox SET state = 'waiting', due_at = $1, leased_until = 0, ended_at = NULL,
             tries = 0
         WHERE state = 'dead'",
        "UPDATE outbox SET state = 'waiting', due_at = $1, leased_until = 0, ended_at = NULL,
             tries = 0
         WHERE state = 'dead' AND NOT EXISTS
             (SELECT 1 FROM outbox o WHERE o.fact = outbox.fact
              AND (o.state = 'waiting' OR (o.state = 'dead' AND o.id > outbox.id)))",
    ] {
        let done = sqlx::query(statement).bind(now.0);
        revived += done.execute(&mut *conn).await?.rows_affected();
    }
    Ok(revived)
}

/// How much lies in inbox and outbox.
pub(crate) async fn loads(conn: &mut Conn) -> Result<Vec<QueueLoad>> {
    let mut loads = Vec::new();
    // Ids sort by time: the first of them is the oldest row, and an index holds them.
    for (queue, count, oldest) in [
        (
            "inbox",
            "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'dead') AS dead,
                    COUNT(*) AS waiting, MIN(id) AS oldest FROM inbox WHERE state = 'waiting'",
            "SELECT received_at AS since FROM inbox WHERE id = $1",
        ),
        (
            "outbox",
            "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'dead') AS dead,
                    COUNT(*) AS waiting, MIN(id) AS oldest FROM outbox WHERE state = 'waiting'",
            "SELECT created_at AS since FROM outbox WHERE id = $1",
        ),
    ] {
        let row = sqlx::query(count).fetch_one(&mut *conn).await?;
        let oldest = match row.opt_text("oldest")? {
            Some(id) => {
                let oldest = sqlx::query(oldest).bind(id);
                oldest.fetch_optional(&mut *conn).await?
            }
            None => None,
        };
        loads.push(QueueLoad {
            queue,
            dead: row.count("dead")?,
            waiting: row.count("waiting")?,
            oldest: oldest.map(|row| row.time("since")).transpose()?,
        });
    }
    Ok(loads)
}

/// What was put aside and is the business of the owners.
pub(crate) struct PutAside {
    /// Updates.
    pub(crate) updates: u64,
    /// Goods that were paid for, and money.
    pub(crate) effects: u64,
    /// When the last of them was.
    pub(crate) last: UnixSeconds,
}

/// What was put aside; nothing when nothing was. Words to buyers and owners count nothing here: the
/// goods are in the library. A word to Telegram about charging again is told when it is refused.
pub(crate) async fn put_aside(conn: &mut Conn) -> Result<Option<PutAside>> {
    let updates = sqlx::query(
        "SELECT COUNT(*) AS dead, MAX(COALESCE(ended_at, received_at)) AS last
         FROM inbox WHERE state = 'dead'",
    );
    let updates = updates.fetch_one(&mut *conn).await?;
    let effects = sqlx::query(
        "SELECT COUNT(*) AS dead, MAX(COALESCE(ended_at, created_at)) AS last FROM outbox
         WHERE state = 'dead' AND (fact LIKE 'deliver:%' OR fact LIKE 'refund:%')",
    );
    let effects = effects.fetch_one(&mut *conn).await?;
    let last = updates.opt_time("last")?.max(effects.opt_time("last")?);
    let Some(last) = last else { return Ok(None) };
    Ok(Some(PutAside {
        updates: updates.count("dead")?,
        effects: effects.count("dead")?,
        last,
    }))
}

fn owed(row: &AnyRow) -> Result<OwedRow> {
    let dead = row.text("state")? == "dead";
    let due = row.time("due_at")?;
    Ok(OwedRow {
        id: row.parsed("id")?,
        what: words(row)?,
        dead,
        tries: tries(row)?,
        why: row.opt_text("why")?.unwrap_or_default(),
        since: row.time("since")?,
        next: (!dead).then_some(due),
    })
}

fn words(row: &AnyRow) -> Result<RowWords> {
    let body = row.text("body")?;
    if row.text("queue")? == "inbox" {
        return Ok(RowWords::Update(UpdateWords::of(&body)));
    }
    let goods = match (row.opt_text("title")?, row.opt_int("buyer")?) {
        (Some(title), Some(buyer)) => Some(TaskGoods {
            title,
            buyer: crate::domain::UserId(buyer),
            order: row.opt_parsed("order_id")?,
        }),
        _ => None,
    };
    Ok(RowWords::Task(Box::new(Task {
        fact: row.text("fact")?,
        effect: serde_json::from_str(&body).ok(),
        goods,
    })))
}

fn tries(row: &AnyRow) -> Result<u32> {
    Ok(u32::try_from(row.int("tries")?).unwrap_or(u32::MAX))
}
