//! Reading columns into the domain's types.

use std::str::FromStr;

use sqlx::{Row, any::AnyRow};

use super::{Result, StoreError};
use crate::domain::{OfferTerm, Stars, Term, UnixSeconds, UserId};

/// Columns by name, as the domain's types. A value that does not parse is
/// [`StoreError::Corrupt`], with the column's name.
pub(super) trait RowExt {
    fn text(&self, column: &str) -> Result<String>;
    fn opt_text(&self, column: &str) -> Result<Option<String>>;
    fn int(&self, column: &str) -> Result<i64>;
    fn opt_int(&self, column: &str) -> Result<Option<i64>>;

    fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    fn count(&self, column: &str) -> Result<u64> {
        u64::try_from(self.int(column)?).map_err(|_| unreadable(column))
    }

    fn opt_count(&self, column: &str) -> Result<Option<u64>> {
        let Some(value) = self.opt_int(column)? else {
            return Ok(None);
        };
        u64::try_from(value)
            .map(Some)
            .map_err(|_| unreadable(column))
    }

    fn parsed<T: FromStr>(&self, column: &str) -> Result<T> {
        self.text(column)?.parse().map_err(|_| unreadable(column))
    }

    fn opt_parsed<T: FromStr>(&self, column: &str) -> Result<Option<T>> {
        let Some(text) = self.opt_text(column)? else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| unreadable(column))
    }

    fn stars(&self, column: &str) -> Result<Stars> {
        self.count(column).map(Stars)
    }

    fn time(&self, column: &str) -> Result<UnixSeconds> {
        self.int(column).map(UnixSeconds)
    }

    fn opt_time(&self, column: &str) -> Result<Option<UnixSeconds>> {
        Ok(self.opt_int(column)?.map(UnixSeconds))
    }

    fn user(&self, column: &str) -> Result<UserId> {
        self.int(column).map(UserId)
    }

    /// The columns `term` and `days` of an offer.
    fn offer_term(&self) -> Result<OfferTerm> {
        let days = self.opt_count("days")?.map(u32::try_from).transpose();
        let days = days.map_err(|_| unreadable("days"))?;
        OfferTerm::named(&self.text("term")?, days).ok_or_else(|| unreadable("term"))
    }

    /// The columns `term` and `term_seconds` of an order.
    fn term(&self) -> Result<Term> {
        let seconds = self.opt_int("term_seconds")?;
        Term::named(&self.text("term")?, seconds).ok_or_else(|| unreadable("term"))
    }
}

impl RowExt for AnyRow {
    fn text(&self, column: &str) -> Result<String> {
        Ok(self.try_get(column)?)
    }

    fn opt_text(&self, column: &str) -> Result<Option<String>> {
        Ok(self.try_get(column)?)
    }

    fn int(&self, column: &str) -> Result<i64> {
        Ok(self.try_get(column)?)
    }

    fn opt_int(&self, column: &str) -> Result<Option<i64>> {
        Ok(self.try_get(column)?)
    }
}

fn unreadable(column: &str) -> StoreError {
    StoreError::corrupt(format_args!("column {column}"))
}

/// A count for binding: SQL knows signed numbers only.
pub(super) fn signed(count: u64) -> Result<i64> {
    i64::try_from(count).map_err(|_| StoreError::corrupt("a number above 2^63"))
}

/// The placeholders of several rows: `($1, $2), ($3, $4)`. They are all that a statement of several
/// rows is built from, so no value ever becomes part of its text.
pub(super) fn placeholders(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let columns = (1..=columns).map(|column| format!("${}", row * columns + column));
        format!("({})", columns.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_count_on() {
        assert_eq!(placeholders(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(placeholders(0, 3), "");
    }
}
