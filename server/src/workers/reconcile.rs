//! Makes our books what Telegram's ledger says: at start, every few minutes, and by hand.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use shop::{
    Shop,
    domain::{ChargeId, Settled, StarRow, UserId},
    limits::WITHDRAWALS_MOST,
    steps::{RowEnd, TelegramBalance},
    store::StoreError,
};
use telegram::{ApiError, Client};
use tokio::{sync::Mutex, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{
    pace::{Kind, Pace},
    star_rows::{balance, buyers, read_again, star_rows},
};
use crate::{
    clock::{now, sleep},
    limits::{LEDGER_OVERLAP, LEDGER_PAGE, LEDGER_PAGES, LOOK_PATIENCE, WHOLE_LOOK_PATIENCE},
    metrics,
};

/// Why a look at Telegram's ledger did not come to its end. What was read until then is kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReconcileError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Telegram did not tell.
    #[error("Telegram's ledger could not be read: {0}")]
    Telegram(#[from] ApiError),
    /// Another look is under way, or this one takes longer than its asker can wait.
    #[error("Telegram's ledger is being read")]
    UnderWay,
}

impl ReconcileError {
    /// The stable code for logs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Telegram(error) => error.code(),
            Self::UnderWay => "under_way",
        }
    }

    /// How long the next look is to wait.
    fn pause(&self, every: Duration) -> Duration {
        match self {
            Self::Telegram(ApiError::RetryAfter { seconds }) => {
                Duration::from_secs(*seconds).max(every)
            }
            _ => every,
        }
    }
}

/// What one look did.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// Rows of Telegram's ledger that said something new.
    pub(crate) rows: u64,
    /// Missed payments whose goods are their buyers' now.
    pub(crate) granted: u64,
    /// Missed payments that go back.
    pub(crate) going_back: u64,
    /// Refunds made elsewhere that are booked now.
    pub(crate) refunded: u64,
    /// Withdrawals and other movements booked.
    pub(crate) recorded: u64,
    /// Differences that are new.
    pub(crate) found: usize,
    /// Differences that went away.
    pub(crate) gone: u64,
    /// Differences that are open after it.
    pub(crate) open: u64,
    /// Why not all of it could be done. The next look tries what is left again.
    pub(crate) trouble: Option<ReconcileError>,
}

/// Reads Telegram's ledger. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Reconciler {
    shop: Shop,
    telegram: Client,
    pace: Arc<Pace>,
    /// Held by who looks: several looks at once would only wait for each other's rows, with
    /// connections that buyers need.
    looking: Arc<Mutex<()>>,
    /// Where the next look at what is not finished begins.
    unfinished: Arc<AtomicU64>,
    /// Pages read by one look.
    pages: u32,
    /// Cancelled once a look knew all that Telegram's ledger says.
    looked: CancellationToken,
}

/// What one reading of Telegram's ledger found.
pub(crate) struct Read {
    /// Rows that said something new.
    fresh: u64,
    /// Whether it came to the ledger's end.
    whole: bool,
}

impl Reconciler {
    /// For this shop and bot, in step with its other calls.
    pub(crate) fn new(shop: Shop, telegram: Client, pace: Arc<Pace>) -> Self {
        Self {
            shop,
            telegram,
            pace,
            looking: Arc::default(),
            unfinished: Arc::default(),
            pages: LEDGER_PAGES,
            looked: CancellationToken::new(),
        }
    }

    /// Cancelled once a look has read Telegram's ledger to its end, and worked all that it says: what
    /// was missed while the shop was away is known from then on.
    pub(crate) fn looked(&self) -> CancellationToken {
        self.looked.clone()
    }

    /// Looks at once and then again and again, until told to stop.
    pub(crate) async fn run(self, every: Duration, stop: CancellationToken) {
        if let Err(error) = self.read_again().await {
            tracing::warn!(error.code = error.code(), error = %error, "rows that were not understood were not read again");
        }
        loop {
            let looked = tokio::select! {
                () = stop.cancelled() => return,
                looked = timeout(WHOLE_LOOK_PATIENCE, self.look()) => {
                    looked.unwrap_or(Err(ReconcileError::UnderWay))
                }
            };
            let pause = match looked {
                Ok(report) => {
                    metrics::reconciled(report.open);
                    log(&report);
                    report.trouble.map_or(every, |trouble| trouble.pause(every))
                }
                Err(error) => {
                    tracing::warn!(error.code = error.code(), error = %error, "Telegram's ledger was not read to its end");
                    error.pause(every)
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = sleep(pause) => {}
            }
        }
    }

    /// Reads the rows that no version understood so far; the next look works them.
    pub(crate) async fn read_again(&self) -> Result<(), StoreError> {
        let read = self.shop.read_puzzling_star_rows(read_again, now());
        let rows = read.await?;
        if rows > 0 {
            tracing::info!(rows, "rows that were not understood are read again");
        }
        Ok(())
    }

    /// One whole look: read what is new, work it, compare. A row that cannot be worked is told in
    /// the report, and keeps nothing else from its turn.
    pub(crate) async fn look(&self) -> Result<Report, ReconcileError> {
        let _alone = self.looking.lock().await;
        self.look_alone().await
    }

    /// One look for somebody who has no time to wait for another's, nor for a long one.
    pub(crate) async fn look_quickly(&self) -> Result<Report, ReconcileError> {
        let under_way = |_| ReconcileError::UnderWay;
        let _alone = self.looking.try_lock().map_err(under_way)?;
        // What is cut off here is kept as far as it came, and goes on with the next look.
        let looked = timeout(LOOK_PATIENCE, self.look_alone()).await;
        looked.map_err(|_| ReconcileError::UnderWay)?
    }

    async fn look_alone(&self) -> Result<Report, ReconcileError> {
        let read = self.read().await?;
        let mut report = Report {
            rows: read.fresh,
            ..Report::default()
        };
        report.trouble = self.work(&mut report).await.err().map(Into::into);
        if read.whole && report.trouble.is_none() {
            self.looked.cancel();
        }
        // What our books have and Telegram's lack may stand in the rows that were not read yet.
        if read.whole {
            self.compare(&mut report).await?;
        }
        report.open = self.shop.differences_open().await?;
        Ok(report)
    }

    /// Compares the charges also where Telegram does not tell the balance.
    async fn compare(&self, report: &mut Report) -> Result<(), ReconcileError> {
        let balance = match self.quiet_balance().await {
            Ok(balance) => balance,
            Err(untold) => {
                report.trouble.get_or_insert(untold);
                None
            }
        };
        let compared = self.shop.compare(balance, now()).await?;
        (report.found, report.gone) = (report.found + compared.found.len(), compared.gone);
        for finding in &compared.found {
            metrics::difference(finding.code.as_str());
        }
        Ok(())
    }

    /// Works what was read. What is in trouble is an error only after all else was worked.
    async fn work(&self, report: &mut Report) -> Result<(), StoreError> {
        loop {
            let ends = self.shop.work_star_rows(now()).await?;
            if ends.is_empty() {
                return Ok(());
            }
            ends.iter().for_each(|end| report.count(end));
        }
    }

    /// Reads Telegram's ledger to its end, from some rows before the last one read: a row that
    /// came late may stand there. A long one is read by several looks.
    pub(crate) async fn read(&self) -> Result<Read, ReconcileError> {
        let read = self.rows_read().await?;
        let mut fresh = self.read_unfinished().await?;
        let mut offset = read.saturating_sub(LEDGER_OVERLAP);
        let mut again = offset < read;
        let mut whole = false;
        for _ in 0..self.pages {
            let rows = self.page(offset, LEDGER_PAGE).await?;
            let kept = self.shop.keep_star_rows(offset, &rows, now()).await?;
            fresh += kept;
            let is_another = again && kept == rows.len() as u64;
            again = false;
            if is_another {
                // None of the rows that were read before: the token is another bot's now.
                self.shop.read_stars_anew(now()).await?;
                offset = 0;
                continue;
            }
            offset += rows.len() as u64;
            whole = rows.len() < LEDGER_PAGE as usize;
            if whole {
                break;
            }
        }
        Ok(Read { fresh, whole })
    }

    /// Whether Telegram's ledger holds the refund of a charge.
    pub(crate) async fn telegram_gave_back(
        &self,
        charge: &ChargeId,
    ) -> Result<bool, ReconcileError> {
        if !self.shop.telegram_gave_back(charge).await? {
            self.read().await?;
        }
        Ok(self.shop.telegram_gave_back(charge).await?)
    }

    /// Withdrawals end days after their row came, in its old place. Where they are many, each look
    /// goes on behind those that the one before has seen, and at last from the beginning again.
    async fn read_unfinished(&self) -> Result<u64, ReconcileError> {
        let mut fresh = 0;
        let from = self.unfinished.load(Ordering::Relaxed);
        let places = self.shop.unfinished_star_rows(from).await?;
        for place in &places {
            let rows = self.page(*place, 1).await?;
            fresh += self.shop.keep_star_rows(*place, &rows, now()).await?;
        }
        let some = places.len() as i64 == WITHDRAWALS_MOST;
        let next = places.last().filter(|_| some).map_or(0, |last| last + 1);
        self.unfinished.store(next, Ordering::Relaxed);
        Ok(fresh)
    }

    /// Rows of the bot's ledger that were read so far.
    async fn rows_read(&self) -> Result<u64, StoreError> {
        let bot = UserId(self.telegram.bot_id());
        self.shop.star_rows_read(bot, now()).await
    }

    async fn page(&self, offset: u64, most: u32) -> Result<Vec<StarRow>, ReconcileError> {
        let asking = self.telegram.get_star_transactions(offset, most);
        let page = self.pace.call(Kind::Ledger, asking).await?;
        for buyer in buyers(&page, now()) {
            if self.shop.buyer(buyer.id).await?.is_none() {
                self.shop.remember_buyer(&buyer).await?;
            }
        }
        Ok(star_rows(page))
    }

    /// The bot's balance, if no row came while it was asked for: else the two are not of one
    /// moment, and the next look compares.
    async fn quiet_balance(&self) -> Result<Option<TelegramBalance>, ReconcileError> {
        let rows = self.rows_read().await?;
        let (pace, telegram) = (&self.pace, &self.telegram);
        let asked = pace.call(Kind::Ledger, telegram.get_my_star_balance());
        let asked = asked.await?;
        let later = pace.call(Kind::Ledger, telegram.get_star_transactions(rows, 1));
        let later = later.await?;
        let balance = balance(asked);
        Ok(later
            .rows
            .is_empty()
            .then_some(TelegramBalance { balance, rows }))
    }
}

impl Report {
    fn count(&mut self, end: &RowEnd) {
        let (counter, word) = match end {
            RowEnd::Settled(Settled::Granted(_) | Settled::Renewed(_)) => {
                (&mut self.granted, "granted")
            }
            RowEnd::Settled(Settled::Refunding(_)) => (&mut self.going_back, "refunding"),
            RowEnd::Refunded(_) => (&mut self.refunded, "refunded"),
            RowEnd::Recorded => (&mut self.recorded, "recorded"),
            RowEnd::Settled(Settled::AlreadyBooked) | RowEnd::Known => {
                metrics::star_row("known");
                return;
            }
            RowEnd::Puzzling(code) => {
                self.found += 1;
                metrics::difference(code.as_str());
                metrics::star_row("puzzling");
                return;
            }
        };
        *counter += 1;
        metrics::star_row(word);
    }
}

fn log(report: &Report) {
    if report.granted + report.going_back + report.refunded + report.recorded > 0 {
        tracing::info!(
            charges.granted = report.granted,
            charges.refunding = report.going_back,
            charges.refunded = report.refunded,
            rows.recorded = report.recorded,
            "Telegram's ledger told what was missed"
        );
    }
    if let Some(trouble) = &report.trouble {
        tracing::warn!(error.code = trouble.code(), error = %trouble, "a look at Telegram's ledger could not do all");
    }
    if report.found > 0 {
        tracing::error!(
            differences.found = report.found,
            differences.open = report.open,
            "our books and Telegram's differ: `starfront ledger check` shows both sides"
        );
    }
    if report.gone > 0 {
        tracing::info!(differences.gone = report.gone, "differences went away");
    }
}

#[cfg(test)]
mod tests;
