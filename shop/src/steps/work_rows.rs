//! Rows that were stored are worked, some hundred at a time.

use futures::future::join_all;

use super::work_row::{RowEnd, keep_trouble, work_row};
use crate::{
    domain::{StarRow, StarRowKind, UnixSeconds, UserId},
    limits,
    store::{Database, StoreError, star_row},
};

/// Works the oldest rows that were not, and gives what became of each; nothing when all are worked.
///
/// A row that cannot be worked keeps no other from it: it is tried again by each call, and is the
/// call's error once nothing else is left.
pub(crate) async fn work_rows(
    db: &Database,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<Vec<RowEnd>, StoreError> {
    let mut trouble = None;
    // Rows in trouble stay the first of those left.
    let mut skip = 0;
    loop {
        let mut reader = db.read().await?;
        let rows = star_row::unworked(&mut reader, skip, limits::STAR_ROWS_BATCH).await?;
        drop(reader);
        if rows.is_empty() {
            return trouble.map_or(Ok(Vec::new()), Err);
        }
        let lanes = lanes(rows, db.writers());
        let lanes = lanes.iter().map(|lane| work_lane(db, lane, owners, now));
        let (mut ends, mut broken) = (Vec::new(), None);
        for lane in join_all(lanes).await {
            ends.extend(lane.ends);
            skip += lane.skipped;
            trouble = trouble.or(lane.trouble);
            broken = broken.or(lane.broken);
        }
        if !ends.is_empty() {
            // What broke a lane is met again by the next call.
            return Ok(ends);
        }
        if let Some(error) = broken {
            return Err(error);
        }
    }
}

/// Rows that are worked side by side. Those of one buyer are in one lane, in Telegram's order: a
/// refund comes after its payment, and a renewal after what it renews.
fn lanes(rows: Vec<StarRow>, count: u64) -> Vec<Vec<StarRow>> {
    let mut lanes: Vec<Vec<StarRow>> = (0..count.max(1)).map(|_| Vec::new()).collect();
    for row in rows {
        let lane = match row.kind {
            StarRowKind::Sale { buyer, .. } => buyer.0.unsigned_abs() % count.max(1),
            _ => 0,
        };
        if let Some(lane) = usize::try_from(lane)
            .ok()
            .and_then(|lane| lanes.get_mut(lane))
        {
            lane.push(row);
        }
    }
    lanes
}

/// What came of the rows of a lane.
#[derive(Default)]
struct Lane {
    ends: Vec<RowEnd>,
    /// Rows that could not be worked.
    skipped: i64,
    /// Why the first of them could not.
    trouble: Option<StoreError>,
    /// Why the lane ended before its end.
    broken: Option<StoreError>,
}

async fn work_lane(db: &Database, rows: &[StarRow], owners: &[UserId], now: UnixSeconds) -> Lane {
    let mut lane = Lane::default();
    for row in rows {
        let mut worked = work_row(db, row, owners, now).await;
        if matches!(worked, Err(StoreError::Contended)) {
            // It waited for a row of another lane which waited for it. That one is through now.
            worked = work_row(db, row, owners, now).await;
        }
        match worked {
            Ok(end) => lane.ends.push(end),
            Err(error) if error.is_of_one_row() => {
                tracing::error!(row = %row.key(), error.code = error.code(), error = %error, "a row of Telegram's ledger could not be worked");
                lane.skipped += 1;
                let kept = keep_trouble(db, row, &error, owners, now).await;
                lane.trouble.get_or_insert(error);
                if let Err(error) = kept {
                    lane.broken = Some(error);
                    break;
                }
            }
            Err(error) => {
                lane.broken = Some(error);
                break;
            }
        }
    }
    lane
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Amount, Direction};

    fn row(id: &str, buyer: i64) -> StarRow {
        StarRow {
            id: id.to_owned(),
            direction: Direction::In,
            amount: Amount::default(),
            at: UnixSeconds(0),
            kind: StarRowKind::Sale {
                buyer: UserId(buyer),
                payload: String::new(),
                commission: None,
                recurring: false,
            },
            raw: serde_json::Value::Null,
        }
    }

    #[test]
    fn rows_of_a_buyer_stay_in_one_lane_in_their_order() {
        let rows = || (0..60).map(|n| row(&n.to_string(), n % 7 - 3));
        for count in [0, 1, 4] {
            let lanes = lanes(rows().collect(), count);
            assert_eq!(lanes.len() as u64, count.max(1));
            for buyer in -3..=3 {
                let wanted: Vec<StarRow> = rows().filter(|row| is_of(row, buyer)).collect();
                let of_buyer = |lane: &Vec<StarRow>| {
                    let own = lane.iter().filter(|row| is_of(row, buyer)).cloned();
                    own.collect::<Vec<_>>()
                };
                assert!(lanes.iter().any(|lane| of_buyer(lane) == wanted), "{buyer}");
            }
        }
    }

    fn is_of(row: &StarRow, of: i64) -> bool {
        matches!(row.kind, StarRowKind::Sale { buyer, .. } if buyer.0 == of)
    }
}
