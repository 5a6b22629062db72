//! All that the tables tell about one order or one charge.

use super::{Conn, Result, StoreError, row::RowExt};
use crate::{
    domain::{Amount, ChargeId, Direction, Event, Happening, OrderId, StarRow, Stars, UnixSeconds},
    limits,
};

/// What happened to an order itself and to the rights that it gave.
pub(crate) async fn of_order(conn: &mut Conn, id: OrderId) -> Result<Vec<Event>> {
    let row = sqlx::query("SELECT * FROM orders WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else {
        return Ok(Vec::new());
    };
    let price = row.stars("price")?;
    let off = Stars(
        row.opt_count("list_price")?
            .map_or(0, |asked| asked.saturating_sub(price.0)),
    );
    let code = row.opt_parsed("promo")?;
    let opened = Happening::Opened {
        buyer: row.user("buyer")?,
        title: row.text("title")?,
        price,
        promo: code.map(|code| (code, off)),
    };
    let mut events = vec![event(row.time("opened_at")?, opened)];
    for (column, what) in [
        ("prechecked_at", Happening::Prechecked),
        ("expired_at", Happening::Expired),
    ] {
        events.extend(row.opt_int(column)?.map(|at| event(UnixSeconds(at), what)));
    }
    events.extend(rights(conn, id).await?);
    events.extend(times(conn, id).await?);
    Ok(events)
}

/// The charges that were paid for an order, in the order in which they were booked.
pub(crate) async fn charges_of(conn: &mut Conn, id: OrderId) -> Result<Vec<ChargeId>> {
    let rows =
        sqlx::query("SELECT id FROM charge WHERE order_id = $1 ORDER BY booked_at, id LIMIT $2")
            .bind(id.to_string())
            .bind(limits::STORY_MOST)
            .fetch_all(conn)
            .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// What happened to a charge; nothing when it is not booked.
pub(crate) async fn of_charge(conn: &mut Conn, id: &ChargeId) -> Result<Vec<Event>> {
    let row = sqlx::query("SELECT * FROM charge WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else {
        return Ok(Vec::new());
    };
    let charge = || id.to_string();
    let paid = Happening::Paid {
        charge: charge(),
        buyer: row.user("buyer")?,
        amount: row.int("amount")?,
        currency: row.text("currency")?,
    };
    let booked = Happening::Booked {
        charge: charge(),
        reason: row.opt_text("reason")?,
    };
    let mut events = vec![
        event(row.time("paid_at")?, paid),
        event(row.time("booked_at")?, booked),
    ];
    if let Some(at) = row.opt_int("refunded_at")? {
        events.push(event(
            UnixSeconds(at),
            Happening::WentBack { charge: charge() },
        ));
    }
    events.extend(transfers(conn, id).await?);
    for what in ["refund", "tell:returning", "tell:refunded"] {
        events.extend(effects(conn, &format!("{what}:{id}")).await?);
    }
    events.extend(effects_like(conn, &format!("renewal:{id}:")).await?);
    events.extend(in_telegram(conn, id).await?);
    events.extend(differences(conn, id).await?);
    Ok(events)
}

fn event(at: UnixSeconds, what: Happening) -> Event {
    Event { at, what }
}

/// What was paid for a time, and its end.
async fn times(conn: &mut Conn, id: OrderId) -> Result<Vec<Event>> {
    // bounded by: the time that has passed, a row a period: what pays for the same time goes back.
    let periods = sqlx::query(
        "SELECT p.*, c.booked_at FROM period p JOIN charge c ON c.id = p.charge
         WHERE p.order_id = $1 ORDER BY p.starts_at",
    )
    .bind(id.to_string())
    .fetch_all(&mut *conn)
    .await?;
    let mut events = Vec::new();
    for row in &periods {
        let what = Happening::PaidFor {
            charge: row.text("charge")?,
            seconds: row.int("ends_at")? - row.int("starts_at")?,
        };
        events.push(event(row.time("booked_at")?, what));
    }
    let over = sqlx::query(
        "SELECT state, ended_at FROM subscription WHERE order_id = $1 AND ended_at IS NOT NULL",
    )
    .bind(id.to_string())
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(row) = over {
        let state = row.text("state")?;
        events.push(event(row.time("ended_at")?, Happening::Ended { state }));
    }
    for what in ["renews", "ends", "failed", "lapsed"] {
        events.extend(effects_like(conn, &format!("tell:{what}:{id}:")).await?);
    }
    Ok(events)
}

async fn rights(conn: &mut Conn, id: OrderId) -> Result<Vec<Event>> {
    // bounded by: the benefits that the product ever had.
    let rows = sqlx::query(
        "SELECT e.id, e.granted_at, e.sent_at, e.revoked_at, b.title
         FROM entitlement e JOIN benefit b ON b.id = e.benefit
         WHERE e.order_id = $1 ORDER BY b.position, e.id",
    )
    .bind(id.to_string())
    .fetch_all(&mut *conn)
    .await?;
    let mut events = Vec::new();
    for row in &rows {
        let benefit = row.text("title")?;
        let granted = Happening::Granted {
            benefit: benefit.clone(),
        };
        events.push(event(row.time("granted_at")?, granted));
        events.extend(effects(conn, &format!("deliver:{}", row.text("id")?)).await?);
        if let Some(at) = row.opt_int("sent_at")? {
            let sent = Happening::Sent {
                benefit: benefit.clone(),
            };
            events.push(event(UnixSeconds(at), sent));
        }
        if let Some(at) = row.opt_int("revoked_at")? {
            events.push(event(UnixSeconds(at), Happening::Revoked { benefit }));
        }
    }
    Ok(events)
}

async fn transfers(conn: &mut Conn, id: &ChargeId) -> Result<Vec<Event>> {
    // bounded by: the kinds of transfers, each once a charge.
    let rows = sqlx::query("SELECT * FROM ledger WHERE charge = $1 ORDER BY booked_at, id")
        .bind(id.as_str())
        .fetch_all(conn)
        .await?;
    let moved = |row: &sqlx::any::AnyRow| {
        let nanostars = u32::try_from(row.int("nanostars")?).map_err(StoreError::corrupt)?;
        let what = Happening::Moved {
            kind: row.text("kind")?,
            from: row.text("credit")?,
            to: row.text("debit")?,
            amount: Amount {
                stars: Stars(row.count("stars")?),
                nanostars,
            },
        };
        Ok(event(row.time("booked_at")?, what))
    };
    rows.iter().map(moved).collect()
}

async fn effects(conn: &mut Conn, fact: &str) -> Result<Vec<Event>> {
    let rows = sqlx::query("SELECT * FROM outbox WHERE fact = $1 ORDER BY id LIMIT $2")
        .bind(fact)
        .bind(limits::STORY_MOST)
        .fetch_all(conn)
        .await?;
    told(&rows)
}

/// Effects whose fact begins so: what is owed about one thing again and again.
async fn effects_like(conn: &mut Conn, start: &str) -> Result<Vec<Event>> {
    // Not LIKE: a charge's id may hold its signs.
    let rows = sqlx::query(
        "SELECT * FROM outbox WHERE substr(fact, 1, length($1)) = $1 ORDER BY id LIMIT $2",
    )
    .bind(start)
    .bind(limits::STORY_MOST)
    .fetch_all(conn)
    .await?;
    told(&rows)
}

fn told(rows: &[sqlx::any::AnyRow]) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for row in rows {
        let fact = row.text("fact")?;
        let owed = Happening::Owed { fact: fact.clone() };
        events.push(event(row.time("created_at")?, owed));
        let (state, tries) = (row.text("state")?, row.int("tries")?);
        let why = row.opt_text("why")?;
        let at = match row.opt_int("ended_at")? {
            Some(at) => UnixSeconds(at),
            None => row.time("due_at")?,
        };
        if state != "waiting" || tries > 0 {
            let end = Happening::Effect {
                fact,
                state,
                tries,
                why,
            };
            events.push(event(at, end));
        }
    }
    Ok(events)
}

async fn in_telegram(conn: &mut Conn, id: &ChargeId) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for direction in [Direction::In, Direction::Out] {
        let row: Option<StarRow> = super::star_row::get(conn, id.as_str(), direction).await?;
        events.extend(row.map(|row| {
            let what = Happening::InTelegram {
                charge: id.to_string(),
                direction,
                amount: row.amount,
            };
            event(row.at, what)
        }));
    }
    Ok(events)
}

async fn differences(conn: &mut Conn, id: &ChargeId) -> Result<Vec<Event>> {
    let rows = sqlx::query(
        "SELECT code, found_at FROM difference WHERE subject IN ($1, $2, $3) ORDER BY id LIMIT $4",
    )
    .bind(id.as_str())
    .bind(format!("in:{id}"))
    .bind(format!("out:{id}"))
    .bind(limits::STORY_MOST)
    .fetch_all(conn)
    .await?;
    let differs = |row: &sqlx::any::AnyRow| {
        let code = row.text("code")?;
        Ok(event(row.time("found_at")?, Happening::Differs { code }))
    };
    rows.iter().map(differs).collect()
}
