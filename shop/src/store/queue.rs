//! What inbox and outbox share: leases and ends.

use sqlx::any::AnyRow;

use super::{Conn, Result};
use crate::domain::{EffectId, Outcome, UnixSeconds, Urgency};

/// The statements of one queue table, which must be written out for the database to know them.
pub(super) struct Queue {
    /// Rows that a worker could take: `$1` now, `$2` how many at most, `$3` their urgency.
    pub(super) due: &'static str,
    /// Takes a row: `$1` id, `$2` now, `$3` end of the lease. It is no try yet: a process that dies
    /// with a row in its hands says nothing against the row, and many deaths must not put it aside.
    pub(super) lease: &'static str,
    /// Ends a row: `$1` id, `$2` state, `$3` now, `$4` why.
    pub(super) end: &'static str,
    /// Puts a row off: `$1` id, `$2` due time, `$3` why.
    pub(super) again: &'static str,
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

    /// Takes a row for a worker. False when another worker has it.
    pub(super) async fn lease(
        &self,
        conn: &mut Conn,
        id: EffectId,
        now: UnixSeconds,
        until: UnixSeconds,
    ) -> Result<bool> {
        let done = sqlx::query(self.lease)
            .bind(id.to_string())
            .bind(now.0)
            .bind(until.0)
            .execute(conn)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Gives a row back, ended or put off. A row that ended stays ended.
    pub(super) async fn end(
        &self,
        conn: &mut Conn,
        id: EffectId,
        outcome: &Outcome,
        now: UnixSeconds,
    ) -> Result<()> {
        let (state, why) = match outcome {
            Outcome::Again { at, why } => {
                let again = sqlx::query(self.again).bind(id.to_string());
                again.bind(at.0).bind(why).execute(conn).await?;
                return Ok(());
            }
            Outcome::Done => ("done", None),
            Outcome::Dead { why } => ("dead", Some(why)),
        };
        let end = sqlx::query(self.end).bind(id.to_string());
        end.bind(state).bind(now.0).bind(why).execute(conn).await?;
        Ok(())
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
