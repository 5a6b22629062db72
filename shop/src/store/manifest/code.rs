//! Codes. Given ones stay as they are; free ones become what the manifest says.

use std::collections::HashMap;

use super::{Conn, Result, place};
use crate::store::row::RowExt;

/// Writes the codes of a product's pools. Free codes that no pool names any more are forgotten.
pub(super) async fn write(
    conn: &mut Conn,
    product: &str,
    pools: &[(String, &[String])],
) -> Result<()> {
    let mut before = known(conn, product).await?;
    for (benefit, values) in pools {
        for (position, value) in values.iter().enumerate() {
            let known = before.remove(value.as_str());
            let statement = match &known {
                // Given in another pool: it stays there, with its owner.
                Some(code) if code.given && code.benefit != *benefit => continue,
                Some(code) if code.benefit == *benefit && code.position == place(position) => {
                    continue;
                }
                Some(_) => {
                    "UPDATE code SET benefit = $3, position = $4 WHERE product = $1 AND value = $2"
                }
                None => {
                    "INSERT INTO code (product, value, benefit, position) VALUES ($1, $2, $3, $4)"
                }
            };
            sqlx::query(statement)
                .bind(product)
                .bind(value)
                .bind(benefit)
                .bind(place(position))
                .execute(&mut *conn)
                .await?;
        }
    }
    for (value, _) in before.iter().filter(|(_, code)| !code.given) {
        // The condition again: a buyer may have got it since it was read.
        sqlx::query("DELETE FROM code WHERE product = $1 AND value = $2 AND entitlement IS NULL")
            .bind(product)
            .bind(value)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

struct Code {
    benefit: String,
    position: i64,
    given: bool,
}

async fn known(conn: &mut Conn, product: &str) -> Result<HashMap<String, Code>> {
    // bounded by: what the seller ever wrote of one product, CODES_MOST at a time.
    let rows =
        sqlx::query("SELECT value, benefit, position, entitlement FROM code WHERE product = $1")
            .bind(product)
            .fetch_all(conn)
            .await?;
    let code = |row: &sqlx::any::AnyRow| {
        let code = Code {
            benefit: row.text("benefit")?,
            position: row.int("position")?,
            given: row.opt_text("entitlement")?.is_some(),
        };
        Ok((row.text("value")?, code))
    };
    rows.iter().map(code).collect()
}
