//! All that the tables tell about one order or one charge.

use super::{Conn, Result, StoreError, difference, event, row::RowExt};
use crate::{
    domain::{
        Amount, ChargeId, Direction, Event, Happening, HeardBy, OrderId, RefundReason, StarRow,
        Stars, TaskGoods, TransferKind, UnixSeconds, UserId,
    },
    limits,
};

mod tasks;

use self::tasks::{effects, effects_like, warnings_of_switches};

/// What happened to an order itself and to the rights that it gave.
pub(crate) async fn of_order(conn: &mut Conn, id: OrderId) -> Result<Vec<Event>> {
    let row = sqlx::query("SELECT * FROM orders WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else {
        return Ok(Vec::new());
    };
    let (price, buyer) = (row.stars("price")?, row.user("buyer")?);
    let off = Stars(
        row.opt_count("list_price")?
            .map_or(0, |asked| asked.saturating_sub(price.0)),
    );
    let code = row.opt_parsed("promo")?;
    let opened = Happening::Opened {
        buyer,
        title: row.text("title")?,
        price,
        promo: code.map(|code| (code, off)),
    };
    let mut events = vec![happened(row.time("opened_at")?, opened)];
    for (column, what) in [
        ("prechecked_at", Happening::Prechecked),
        ("expired_at", Happening::Expired),
    ] {
        events.extend(row.opt_time(column)?.map(|at| happened(at, what)));
    }
    events.extend(event::of_order(conn, id).await?);
    events.extend(rights(conn, id, buyer).await?);
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
    let heard_by = row.opt_text("heard_by")?;
    let heard_by = HeardBy::ALL
        .into_iter()
        .find(|by| Some(by.as_str()) == heard_by.as_deref());
    let booked_at = row.time("booked_at")?;
    let booked = Happening::Booked {
        charge: charge(),
        order: row.opt_parsed("order_id")?,
        heard_by,
    };
    let mut events = vec![
        happened(row.time("paid_at")?, paid),
        happened(booked_at, booked),
    ];
    let transfers = transfers(conn, id).await?;
    events.extend(way_back(&row, id, booked_at, &transfers)?);
    events.extend(transfers);
    for what in ["refund", "tell:returning", "tell:refunded", "tell:back"] {
        events.extend(effects(conn, &format!("{what}:{id}"), None).await?);
    }
    for what in ["renewal", "warn:chargeback", "warn:refund"] {
        events.extend(effects_like(conn, &format!("{what}:{id}:")).await?);
    }
    events.extend(warnings_of_switches(conn, id).await?);
    events.extend(in_telegram(conn, id).await?);
    events.extend(differences(conn, id).await?);
    Ok(events)
}

/// Why and when a charge went back.
fn way_back(
    row: &sqlx::any::AnyRow,
    id: &ChargeId,
    booked_at: UnixSeconds,
    transfers: &[Event],
) -> Result<Vec<Event>> {
    let said = row.opt_text("reason")?;
    let reason = said
        .as_deref()
        .and_then(|said| serde_json::from_str(said).ok());
    // What was kept at first was promised later: that is a transfer of its own.
    let promised = transfers.iter().find(|event| match event.what {
        Happening::Moved { kind, .. } => kind == TransferKind::Promise,
        _ => false,
    });
    let unasked = match &reason {
        Some(RefundReason::TakenBack) => true,
        // Not asked for by a version that did not say so.
        None => said.is_none() && promised.is_none(),
        Some(_) => false,
    };
    let mut events = Vec::new();
    let at = promised.map_or(booked_at, |promised| promised.at);
    match (reason, said) {
        (Some(RefundReason::TakenBack), _) | (None, None) => {}
        (Some(reason), _) => {
            let charge = id.to_string();
            events.push(happened(at, Happening::GoesBack { charge, reason }));
        }
        (None, Some(words)) => events.push(happened(at, Happening::Unread { words })),
    }
    if let Some(at) = row.opt_time("refunded_at")? {
        let charge = id.to_string();
        events.push(happened(at, Happening::WentBack { charge, unasked }));
    }
    Ok(events)
}

pub(super) fn happened(at: UnixSeconds, what: Happening) -> Event {
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
        events.push(happened(row.time("booked_at")?, what));
    }
    let over = sqlx::query(
        "SELECT state, ended_at FROM subscription WHERE order_id = $1 AND ended_at IS NOT NULL",
    )
    .bind(id.to_string())
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(row) = over {
        let state = row.parsed("state")?;
        events.push(happened(row.time("ended_at")?, Happening::Ended { state }));
    }
    for what in ["renews", "ends", "failed", "lapsed"] {
        events.extend(effects_like(conn, &format!("tell:{what}:{id}:")).await?);
    }
    Ok(events)
}

async fn rights(conn: &mut Conn, id: OrderId, buyer: UserId) -> Result<Vec<Event>> {
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
        events.push(happened(row.time("granted_at")?, granted));
        let goods = TaskGoods {
            title: benefit.clone(),
            buyer,
            order: None,
        };
        let fact = format!("deliver:{}", row.text("id")?);
        events.extend(effects(conn, &fact, Some(&goods)).await?);
        if let Some(at) = row.opt_time("sent_at")? {
            let benefit = benefit.clone();
            events.push(happened(at, Happening::Sent { benefit }));
        }
        if let Some(at) = row.opt_time("revoked_at")? {
            events.push(happened(at, Happening::Revoked { benefit }));
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
        let kind = row.text("kind")?;
        let kind = TransferKind::ALL.into_iter().find(|k| k.as_str() == kind);
        let what = Happening::Moved {
            kind: kind.ok_or_else(|| StoreError::corrupt("column kind"))?,
            from: row.text("credit")?,
            to: row.text("debit")?,
            amount: Amount {
                stars: Stars(row.count("stars")?),
                nanostars,
            },
        };
        Ok(happened(row.time("booked_at")?, what))
    };
    rows.iter().map(moved).collect()
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
            happened(row.at, what)
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
        let code = difference::kind(row)?;
        Ok(happened(row.time("found_at")?, Happening::Differs { code }))
    };
    rows.iter().map(differs).collect()
}
