//! Codes, each given out once.

use sqlx::Row;

use super::{Conn, Result, StoreError};
use crate::{domain::EntitlementId, limits};

/// Gives the next free code of a benefit to an entitlement. False when none is left.
pub(crate) async fn give(
    conn: &mut Conn,
    benefit: &str,
    entitlement: EntitlementId,
) -> Result<bool> {
    for _ in 0..limits::CODE_TRIES {
        let next = sqlx::query(
            "SELECT product, value FROM code
             WHERE benefit = $1 AND entitlement IS NULL ORDER BY position LIMIT 1",
        )
        .bind(benefit)
        .fetch_optional(&mut *conn)
        .await?;
        let Some(next) = next else {
            return Ok(false);
        };
        // On PostgreSQL another settle may have given the same code since: then no row matches any
        // more, and the next one is tried. The row keeps it in this transaction otherwise.
        let given = sqlx::query(
            "UPDATE code SET entitlement = $1
             WHERE product = $2 AND value = $3 AND entitlement IS NULL",
        )
        .bind(entitlement.to_string())
        .bind(next.try_get::<String, _>(0)?)
        .bind(next.try_get::<String, _>(1)?)
        .execute(&mut *conn)
        .await?;
        if given.rows_affected() == 1 {
            return Ok(true);
        }
    }
    Err(StoreError::Contended)
}
