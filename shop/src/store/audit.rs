//! What must hold in the books at any moment: statements that find nothing.

use super::{Conn, Result, row::RowExt};

/// Each rule in words, and the statement that counts where it is broken.
const RULES: [(&str, &str); 18] = [
    (
        "a granted charge without a paid order",
        "SELECT COUNT(*) AS broken FROM charge c WHERE c.state = 'granted' AND NOT EXISTS
         (SELECT 1 FROM orders o WHERE o.id = c.order_id
          AND (o.charge = c.id OR EXISTS (SELECT 1 FROM period p WHERE p.charge = c.id
                                          AND p.order_id = o.id AND p.back_at IS NULL))
          AND o.state IN ('paid', 'delivered'))",
    ),
    (
        "a paid order without a charge that paid it",
        "SELECT COUNT(*) AS broken FROM orders o WHERE o.state IN ('paid', 'delivered')
         AND NOT EXISTS (SELECT 1 FROM charge c WHERE c.order_id = o.id
                         AND c.state IN ('granted', 'refunding')
                         AND (c.id = o.charge OR EXISTS (SELECT 1 FROM period p
                                                         WHERE p.charge = c.id)))",
    ),
    (
        "a refunded order whose charge is not refunded",
        "SELECT COUNT(*) AS broken FROM orders o WHERE o.state = 'refunded'
         AND NOT EXISTS (SELECT 1 FROM charge c WHERE c.id = o.charge AND c.state = 'refunded')",
    ),
    (
        "a charge on its way back that nobody owes",
        "SELECT COUNT(*) AS broken FROM charge c WHERE c.state = 'refunding'
         AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.fact = 'refund:' || c.id
                         AND x.state = 'waiting')",
    ),
    (
        "a charge that the ledger has with another amount, or not at all",
        "SELECT COUNT(*) AS broken FROM charge c WHERE c.currency = 'XTR' AND c.amount > 0
         AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.charge = c.id AND l.kind = 'payment'
                         AND l.stars = c.amount AND l.nanostars = 0)",
    ),
    (
        "a refunded charge that the ledger has not given back",
        "SELECT COUNT(*) AS broken FROM charge c
         WHERE c.state = 'refunded' AND c.currency = 'XTR' AND c.amount > 0
         AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.charge = c.id AND l.kind = 'refund'
                         AND l.stars = c.amount AND l.nanostars = 0)",
    ),
    (
        "a right to goods that nobody paid for",
        "SELECT COUNT(*) AS broken FROM entitlement e JOIN orders o ON o.id = e.order_id
         WHERE e.revoked_at IS NULL AND (o.state NOT IN ('paid', 'delivered')
           OR EXISTS (SELECT 1 FROM subscription s WHERE s.order_id = o.id
                      AND s.state IN ('lapsed', 'changed', 'refunded')))",
    ),
    (
        "a paid time that no charge pays for",
        "SELECT COUNT(*) AS broken FROM subscription s
         WHERE s.state IN ('active', 'canceled', 'failed') AND NOT EXISTS
         (SELECT 1 FROM period p JOIN charge c ON c.id = p.charge
          WHERE p.order_id = s.order_id AND p.ends_at = s.paid_until AND p.back_at IS NULL
          AND c.state IN ('granted', 'refunding'))",
    ),
    (
        "a paid order without all that it gave",
        "SELECT COUNT(*) AS broken FROM orders o WHERE o.state IN ('paid', 'delivered')
         AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.order_id = o.id
                         AND s.state IN ('lapsed', 'changed', 'refunded'))
         AND (NOT EXISTS (SELECT 1 FROM entitlement e WHERE e.order_id = o.id)
              OR EXISTS (SELECT 1 FROM entitlement e
                         WHERE e.order_id = o.id AND e.revoked_at IS NOT NULL))",
    ),
    (
        "a right to a code that has none",
        "SELECT COUNT(*) AS broken FROM entitlement e JOIN benefit b ON b.id = e.benefit
         WHERE b.kind = 'code'
         AND NOT EXISTS (SELECT 1 FROM code WHERE code.entitlement = e.id)",
    ),
    (
        "a paid period whose money is back, or the other way round",
        "SELECT COUNT(*) AS broken FROM period p JOIN charge c ON c.id = p.charge
         WHERE (p.back_at IS NULL) = (c.state = 'refunded')",
    ),
    (
        "an order that is over and still holds a place",
        "SELECT COUNT(*) AS broken FROM hold h JOIN pool p ON p.id = h.pool
         JOIN subscription s ON s.order_id = h.order_id
         WHERE p.benefit IS NULL AND s.state IN ('lapsed', 'changed', 'refunded')",
    ),
    (
        "a numbered copy of nobody who paid, or of no edition",
        "SELECT COUNT(*) AS broken FROM copy c JOIN pool l ON l.id = c.pool
         LEFT JOIN orders o ON o.id = c.order_id
         WHERE c.number > l.numbers OR (c.order_id IS NOT NULL
           AND (o.state NOT IN ('paid', 'delivered')
             OR NOT EXISTS (SELECT 1 FROM hold h WHERE h.order_id = o.id AND h.pool = c.pool)))",
    ),
    (
        "an allowance that counts other than its orders",
        "SELECT COUNT(*) AS broken FROM allowance a WHERE a.taken <>
         (SELECT COUNT(*) FROM orders o WHERE o.buyer = a.buyer AND o.product = a.product
            AND o.state IN ('opened', 'prechecked', 'paid', 'delivered')
            AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.order_id = o.id
                            AND s.state IN ('lapsed', 'changed')))",
    ),
    (
        "an order that no allowance counts",
        "SELECT COUNT(*) AS broken FROM orders o
         WHERE o.state IN ('opened', 'prechecked', 'paid', 'delivered')
         AND NOT EXISTS (SELECT 1 FROM allowance a
                         WHERE a.buyer = o.buyer AND a.product = o.product)",
    ),
    (
        "a pool that counts other than its holds",
        "SELECT COUNT(*) AS broken FROM pool WHERE taken <>
         (SELECT COUNT(*) FROM hold WHERE hold.pool = pool.id)",
    ),
    (
        "a promo code that counts other than its uses",
        "SELECT COUNT(*) AS broken FROM promo p
         WHERE p.taken <> (SELECT COUNT(*) FROM promo_use u WHERE u.promo = p.code)
            OR p.taken <> (SELECT COALESCE(SUM(b.taken), 0) FROM promo_buyer b
                           WHERE b.promo = p.code)",
    ),
    (
        "an order with a promo code and without its use, or the other way round",
        "SELECT COUNT(*) AS broken FROM orders o
         WHERE (o.promo IS NOT NULL AND o.state <> 'expired') <>
               EXISTS (SELECT 1 FROM promo_use u WHERE u.order_id = o.id AND u.promo = o.promo
                       AND u.buyer = o.buyer)",
    ),
];

/// The rules that are broken, with how often.
pub(crate) async fn broken(conn: &mut Conn) -> Result<Vec<(&'static str, i64)>> {
    let mut broken = Vec::new();
    for (rule, statement) in RULES {
        let row = sqlx::query(statement).fetch_one(&mut *conn).await?;
        let count = row.int("broken")?;
        if count != 0 {
            broken.push((rule, count));
        }
    }
    Ok(broken)
}
