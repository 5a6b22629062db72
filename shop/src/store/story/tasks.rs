//! What was owed to Telegram about an order or a charge, and how it went.

use sqlx::any::AnyRow;

use super::happened;
use crate::{
    domain::{ChargeId, Event, Happening, Task, TaskGoods},
    limits,
    store::{Conn, Result, row::RowExt},
};

/// Effects of one fact.
pub(super) async fn effects(
    conn: &mut Conn,
    fact: &str,
    goods: Option<&TaskGoods>,
) -> Result<Vec<Event>> {
    let rows = sqlx::query("SELECT * FROM outbox WHERE fact = $1 ORDER BY id LIMIT $2")
        .bind(fact)
        .bind(limits::STORY_MOST)
        .fetch_all(conn)
        .await?;
    told(&rows, goods)
}

/// Effects whose fact begins so: what is owed about one thing again and again.
pub(super) async fn effects_like(conn: &mut Conn, start: &str) -> Result<Vec<Event>> {
    // Not LIKE: a charge's id may hold its signs.
    let rows = sqlx::query(
        "SELECT * FROM outbox WHERE substr(fact, 1, length($1)) = $1 ORDER BY id LIMIT $2",
    )
    .bind(start)
    .bind(limits::STORY_MOST)
    .fetch_all(conn)
    .await?;
    told(&rows, None)
}

/// What the owners were told of words to Telegram about charging again: each is known by its row.
pub(super) async fn warnings_of_switches(conn: &mut Conn, id: &ChargeId) -> Result<Vec<Event>> {
    let rows = sqlx::query(
        "SELECT w.* FROM outbox s JOIN outbox w ON w.fact LIKE 'warn:renewal:' || s.id || ':%'
         WHERE substr(s.fact, 1, length($1)) = $1 ORDER BY w.id LIMIT $2",
    )
    .bind(format!("renewal:{id}:"))
    .bind(limits::STORY_MOST)
    .fetch_all(conn)
    .await?;
    told(&rows, None)
}

fn told(rows: &[AnyRow], goods: Option<&TaskGoods>) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for row in rows {
        let task = Task {
            fact: row.text("fact")?,
            effect: serde_json::from_str(&row.text("body")?).ok(),
            goods: goods.cloned(),
        };
        let owed = Happening::Owed { task: task.clone() };
        events.push(happened(row.time("created_at")?, owed));
        let (state, tries) = (row.text("state")?, row.int("tries")?);
        let why = row.opt_text("why")?;
        let at = match row.opt_time("ended_at")? {
            Some(at) => at,
            None => row.time("due_at")?,
        };
        if state != "waiting" || tries > 0 {
            let end = Happening::Effect {
                task,
                state,
                tries,
                why,
            };
            events.push(happened(at, end));
        }
    }
    Ok(events)
}
