//! The books.

use super::{
    Conn, Result, StoreError, ids,
    row::{RowExt, signed},
};
use crate::domain::{
    About, Account, Amount, Balance, ChargeId, Transfer, TransferKind, UnixSeconds,
};

/// Books a transfer. Nothing is booked for an amount of zero: it moves nothing.
pub(crate) async fn post(conn: &mut Conn, transfer: &Transfer, now: UnixSeconds) -> Result<()> {
    if transfer.amount == Amount::default() {
        return Ok(());
    }
    let (charge, star_row) = match &transfer.about {
        About::Charge(charge) => (Some(charge.as_str()), None),
        About::Row(key) => (None, Some(key.as_str())),
    };
    sqlx::query(
        "INSERT INTO ledger (id, charge, star_row, kind, debit, credit, stars, nanostars, booked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(ids::ordered(now).to_string())
    .bind(charge)
    .bind(star_row)
    .bind(transfer.kind.as_str())
    .bind(transfer.debit.as_str())
    .bind(transfer.credit.as_str())
    .bind(signed(transfer.amount.stars.0)?)
    .bind(i64::from(transfer.amount.nanostars))
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether a transfer of this kind was booked by a row of Telegram's ledger.
pub(crate) async fn has_row(conn: &mut Conn, key: &str, kind: TransferKind) -> Result<bool> {
    let row = sqlx::query("SELECT 1 AS booked FROM ledger WHERE star_row = $1 AND kind = $2")
        .bind(key)
        .bind(kind.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Whether a transfer of this kind was booked for a charge.
pub(crate) async fn has_charge(conn: &mut Conn, id: &ChargeId, kind: TransferKind) -> Result<bool> {
    let row = sqlx::query("SELECT 1 AS booked FROM ledger WHERE charge = $1 AND kind = $2")
        .bind(id.as_str())
        .bind(kind.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// What each account holds. They sum to zero.
pub(crate) async fn balances(conn: &mut Conn) -> Result<Vec<(Account, Balance)>> {
    // bounded by: the pairs of accounts.
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
