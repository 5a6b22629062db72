//! The books.

use super::{
    Conn, Result, StoreError, ids,
    row::{RowExt, signed},
};
use crate::domain::{Account, Balance, Stars, Transfer, UnixSeconds};

/// Books a transfer. Nothing is booked for an amount of zero: it moves nothing.
pub(crate) async fn post(conn: &mut Conn, transfer: &Transfer, now: UnixSeconds) -> Result<()> {
    if transfer.stars == Stars(0) && transfer.nanostars == 0 {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO ledger (id, charge, kind, debit, credit, stars, nanostars, booked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(ids::ordered(now).to_string())
    .bind(transfer.charge.as_str())
    .bind(transfer.kind.as_str())
    .bind(transfer.debit.as_str())
    .bind(transfer.credit.as_str())
    .bind(signed(transfer.stars.0)?)
    .bind(i64::from(transfer.nanostars))
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// What each account holds. They sum to zero.
pub(crate) async fn balances(conn: &mut Conn) -> Result<Vec<(Account, Balance)>> {
    let rows = sqlx::query(
        "SELECT debit, credit, CAST(SUM(stars) AS BIGINT) AS stars,
                CAST(SUM(nanostars) AS BIGINT) AS nanostars
         FROM ledger GROUP BY debit, credit",
    )
    .fetch_all(conn)
    .await?;
    let mut books = Account::ALL.map(|account| (account, Balance::default()));
    for row in &rows {
        let amount = Balance::new(row.int("stars")?, row.int("nanostars")?);
        for (column, sign) in [("debit", 1), ("credit", -1)] {
            let name = row.text(column)?;
            let entry = books
                .iter_mut()
                .find(|(account, _)| account.as_str() == name);
            let (_, balance) = entry.ok_or_else(|| StoreError::corrupt("an unknown account"))?;
            balance.nanostars += sign * amount.nanostars;
        }
    }
    Ok(books.to_vec())
}
