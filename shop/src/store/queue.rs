//! What inbox and outbox share: leases and ends.

use sqlx::any::AnyRow;

use super::{Conn, Result, lock};
use crate::domain::{EffectId, Lease, Outcome, UnixSeconds, Urgency};

/// The statements of one queue table, which must be written out for the database to know them.
pub(super) struct Queue {
    /// The table's name, by which leases take turns.
    pub(super) name: &'static str,
    /// Rows that a worker could take: `$1` now, `$2` how many at most, `$3` their urgency. The bound is
    /// a `CAST`, for SQLite looks at one that is a bare parameter, and then plans anew at each run.
    pub(super) due: &'static str,
    /// Takes a row if it may still be taken: `$1` id, `$2` now, `$3` end of the lease. It is no try
    /// yet: a process that dies with a row in its hands says nothing against the row, and many deaths
    /// must not put it aside.
    pub(super) lease: &'static str,
    /// Ends a row: `$1` id, `$2` end of its lease, `$3` state, `$4` now, `$5` why.
    pub(super) end: &'static str,
    /// Puts a row off after a try: `$1` id, `$2` end of its lease, `$3` due time, `$4` why.
    pub(super) again: &'static str,
    /// Puts a row off that was not tried: `$1` id, `$2` end of its lease, `$3` due time.
    pub(super) later: &'static str,
    /// Revives a dead row: `$1` id, `$2` now.
    pub(super) revive: &'static str,
    /// Deletes rows done before `$1`, `$2` at most.
    pub(super) sweep: &'static str,
}

impl Queue {
    /// Rows that a worker could take, the most urgent first. A look for each urgency, so that none
    /// walks over rows that were put off.
    pub(super) async fn due(
        &self,
        conn: &mut Conn,
        now: UnixSeconds,
        most: u32,
    ) -> Result<Vec<AnyRow>> {
        let mut rows = Vec::new();
        for urgency in Urgency::ALL {
            let found = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            let left = most.saturating_sub(found);
            if left == 0 {
                break;
            }
            let due = sqlx::query(self.due).bind(now.0).bind(i64::from(left));
            // bounded by: the LIMIT of each queue's statement, which is `left`.
            let due = due.bind(urgency as i64).fetch_all(&mut *conn).await?;
            rows.extend(due);
        }
        Ok(rows)
    }

    /// Makes all others who would lease rows of this table wait for this transaction: what a lease
    /// has looked at stays true until it stands. On PostgreSQL two who lease two rows of one queue in
    /// the same moment would else not see each other.
    pub(super) async fn take_turn(&self, conn: &mut Conn) -> Result<()> {
        lock::turn(conn, self.name).await
    }

    /// Takes a row for a worker for so many seconds. Nothing when another worker has it, or another
    /// row of its queue, or when one that goes before it has come.
    pub(super) async fn lease(
        &self,
        conn: &mut Conn,
        row: EffectId,
        now: UnixSeconds,
        seconds: i64,
    ) -> Result<Option<Lease>> {
        let until = now.plus(seconds);
        let done = sqlx::query(self.lease)
            .bind(row.to_string())
            .bind(now.0)
            .bind(until.0)
            .execute(conn)
            .await?;
        Ok((done.rows_affected() == 1).then_some(Lease::new(row, until)))
    }

    /// Gives a row back, ended or put off. False when the lease was lost: it ran out, and whoever has
    /// the row now says how it ends.
    ///
    /// That holds for work that is done, too. To end the row would let the next of its queue begin
    /// while another worker still does this one again, and the two must not overtake each other: a
    /// buyer's last word about a renewal has to be the last that Telegram hears. A message that goes
    /// out twice is the lesser evil.
    pub(super) async fn end(
        &self,
        conn: &mut Conn,
        lease: &Lease,
        outcome: &Outcome,
        now: UnixSeconds,
    ) -> Result<bool> {
        let of_lease = |statement| {
            let row = sqlx::query(statement).bind(lease.row().to_string());
            row.bind(lease.until().0)
        };
        let query = match outcome {
            Outcome::Again { at, why } => of_lease(self.again).bind(at.0).bind(why),
            Outcome::Later { at } => of_lease(self.later).bind(at.0),
            Outcome::Done => {
                let done = of_lease(self.end).bind("done").bind(now.0);
                done.bind(None::<&str>)
            }
            Outcome::Parked { why } => {
                let parked = of_lease(self.end).bind("parked").bind(now.0);
                parked.bind(Some(why))
            }
            Outcome::Dead { why } => of_lease(self.end).bind("dead").bind(now.0).bind(Some(why)),
        };
        Ok(query.execute(conn).await?.rows_affected() == 1)
    }

    /// Lets a dead row be worked again. False when it is not dead.
    pub(super) async fn revive(
        &self,
        conn: &mut Conn,
        id: EffectId,
        now: UnixSeconds,
    ) -> Result<bool> {
        let revive = sqlx::query(self.revive).bind(id.to_string()).bind(now.0);
        Ok(revive.execute(conn).await?.rows_affected() == 1)
    }

    /// Deletes history from before a time.
    pub(super) async fn sweep(
        &self,
        conn: &mut Conn,
        before: UnixSeconds,
        most: i64,
    ) -> Result<u64> {
        let sweep = sqlx::query(self.sweep).bind(before.0).bind(most);
        Ok(sweep.execute(conn).await?.rows_affected())
    }
}
