//! Our books beside Telegram's ledger: `rows_read`, then `keep_star_rows` page by page, then
//! `work_star_rows` until nothing is left, then `compare`.

use serde_json::Value;

use super::{Result, Shop};
use crate::{
    domain::{ChargeId, Difference, Direction, EffectId, Settled, StarRow, UnixSeconds, UserId},
    limits,
    steps::{Comparison, RowEnd, TelegramBalance, compare, keep_rows, work_rows},
    store::{Safety, charge, difference, star_row},
};

/// Every call fails only where the database does; it has then changed nothing and can be repeated.
impl Shop {
    /// How many rows of this bot's ledger have been read: the offset of the next page. The first time
    /// that another bot asks, its ledger begins anew, and sales of it until now are another shop's.
    pub async fn star_rows_read(&self, bot: UserId, now: UnixSeconds) -> Result<u64> {
        keep_rows::rows_read(self.db(), bot, now).await
    }

    /// Stores the rows of a page that begins at this place, with the mark behind them. Gives how
    /// many of them say something new.
    pub async fn keep_star_rows(
        &self,
        position: u64,
        rows: &[StarRow],
        now: UnixSeconds,
    ) -> Result<u64> {
        keep_rows::keep_rows(self.db(), position, rows, now).await
    }

    /// Forgets how far Telegram's ledger was read, for it is not the one that was read: another bot's.
    pub async fn read_stars_anew(&self, now: UnixSeconds) -> Result<()> {
        keep_rows::read_anew(self.db(), now).await
    }

    /// Reads rows that no version understood so far as this one does; they are worked with the next.
    /// For the start of the program. Gives their number.
    pub async fn read_puzzling_star_rows(
        &self,
        read: impl Fn(Value) -> StarRow,
        now: UnixSeconds,
    ) -> Result<u64> {
        keep_rows::read_puzzles(self.db(), read, now).await
    }

    /// Places from one on of rows that may still change and are to be read again: withdrawals
    /// under way. No more than [`limits::WITHDRAWALS_MOST`] at once.
    pub async fn unfinished_star_rows(&self, from: u64) -> Result<Vec<u64>> {
        let most = limits::WITHDRAWALS_MOST;
        star_row::unfinished(&mut *self.db().read().await?, from, most).await
    }

    /// Works rows that were stored, each buyer's in Telegram's order, some hundred at a time: settles
    /// missed payments, books refunds made elsewhere, cuts and withdrawals. Gives what became of
    /// each; nothing when all are worked.
    ///
    /// A row that cannot be worked keeps no other from it: it is tried again by each call, and is
    /// the call's error once nothing else is left.
    pub async fn work_star_rows(&self, now: UnixSeconds) -> Result<Vec<RowEnd>> {
        let ends = work_rows::work_rows(self.db(), self.owners(), now).await?;
        ends.iter().for_each(|end| self.row_worked(end));
        Ok(ends)
    }

    /// Wakes who waits for what a row did.
    fn row_worked(&self, end: &RowEnd) {
        if let RowEnd::Settled(Settled::Granted(id) | Settled::Renewed(id))
        | RowEnd::Refunded(Some(id)) = end
        {
            self.order_changed(*id);
        }
        if *end != RowEnd::Known {
            self.outbox_grew();
        }
    }

    /// Compares our books with Telegram's, once all rows are worked. What differs is kept until it
    /// goes away or a person accepts it, and the owners are told. Balances are compared where they
    /// are of one moment: `balance` is given, and no other row was read since.
    pub async fn compare(
        &self,
        balance: Option<TelegramBalance>,
        now: UnixSeconds,
    ) -> Result<Comparison> {
        let compared = compare::compare(self.db(), balance, self.owners(), now).await?;
        self.outbox_grew();
        Ok(compared)
    }

    /// Whether Telegram is known to have given a charge back: its `refunded_payment` is booked, or its
    /// ledger, as far as it was read, holds the refund.
    pub async fn telegram_gave_back(&self, charge: &ChargeId) -> Result<bool> {
        let mut reader = self.db().read().await?;
        let known = charge::get(&mut reader, charge).await?;
        if known.is_some_and(|known| known.is_back()) {
            return Ok(true);
        }
        let row = star_row::get(&mut reader, charge.as_str(), Direction::Out).await?;
        Ok(row.is_some())
    }

    /// How much differs that nobody has looked into.
    pub async fn differences_open(&self) -> Result<u64> {
        difference::count_open(&mut *self.db().read().await?).await
    }

    /// What differs and nobody has looked into, oldest first, [`limits::DIFFERENCES_MOST`] at most.
    pub async fn differences(&self) -> Result<Vec<Difference>> {
        difference::open(&mut *self.db().read().await?, limits::DIFFERENCES_MOST).await
    }

    /// A person has looked into a difference: it is no alarm any more, and the same is not found
    /// again. False when there is no such open one.
    pub async fn accept_difference(&self, id: EffectId, now: UnixSeconds) -> Result<bool> {
        let mut tx = self.db().begin(Safety::Durable).await?;
        let accepted = difference::accept(&mut tx, id, now).await?;
        tx.commit().await?;
        Ok(accepted)
    }
}
