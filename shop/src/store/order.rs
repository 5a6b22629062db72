//! Orders.

use sqlx::any::AnyRow;

use super::{
    Conn, Result, allowance,
    row::{RowExt, signed},
    subscription,
};
use crate::domain::{
    ChargeId, NewOrder, Order, OrderId, OrderState, Standing, Stars, Term, UnixSeconds, UserId,
    manifest::primary_language, verdict::Selling,
};

/// An order with all that decides about a payment for it.
#[derive(Debug)]
pub(crate) struct OrderFacts {
    /// The order.
    pub(crate) order: Order,
    /// What the shop says about its offer now.
    pub(crate) selling: Selling,
    /// How its subscription stands, if it is one that Telegram renews and was paid.
    pub(crate) standing: Option<Standing>,
    /// How many one buyer may have, once this one has taken the place of those before.
    pub(crate) per_buyer: Option<u32>,
    /// Subscriptions and passes that this one would take the place of, or of what may come back of them.
    pub(crate) alive: u64,
    /// Pools that a sale takes from now and that the order holds nothing of.
    pub(crate) unheld: u64,
    /// Whether the copies of the product's edition are numbered.
    pub(crate) numbered: bool,
}

/// Stores a new order. False when the buyer has an open one for this offer already.
pub(crate) async fn insert(conn: &mut Conn, order: &Order, language: &str) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO orders (id, buyer, product, offer, language, title, price, state,
                             opened_at, expires_at, term, term_seconds, promo, list_price)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT DO NOTHING",
    )
    .bind(order.id.to_string())
    .bind(order.buyer.0)
    .bind(order.product.as_str())
    .bind(order.offer.as_str())
    .bind(primary_language(language))
    .bind(&order.title)
    .bind(signed(order.price.0)?)
    .bind(order.state.as_str())
    .bind(order.opened_at.0)
    .bind(order.expires_at.0)
    .bind(order.term.as_str())
    .bind(order.term.seconds())
    .bind(order.promo.as_ref().map(ToString::to_string))
    .bind(order.list_price.map(|price| signed(price.0)).transpose()?)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One order.
pub(crate) async fn get(conn: &mut Conn, id: OrderId) -> Result<Option<Order>> {
    let row = sqlx::query("SELECT * FROM orders WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The state of an order.
pub(crate) async fn state(conn: &mut Conn, id: OrderId) -> Result<Option<OrderState>> {
    let row = sqlx::query("SELECT state FROM orders WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.parsed("state")).transpose()
}

/// The buyer's open order for an offer, if there is one.
pub(crate) async fn open_of(conn: &mut Conn, new: &NewOrder) -> Result<Option<Order>> {
    let row = sqlx::query(
        "SELECT * FROM orders WHERE buyer = $1 AND product = $2 AND offer = $3
         AND state IN ('opened', 'prechecked')",
    )
    .bind(new.buyer.0)
    .bind(new.product.as_str())
    .bind(new.offer.as_str())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(read).transpose()
}

/// The buyer's orders of other offers whose payment sheet was opened and no more, and which hold what
/// this wish is for: a place or copy of the product, or a use of the promo code.
pub(crate) async fn others_open(conn: &mut Conn, new: &NewOrder) -> Result<Vec<Order>> {
    let rows = sqlx::query(
        "SELECT * FROM orders WHERE buyer = $1 AND state = 'opened'
         AND (product = $2 OR promo = $4) AND NOT (product = $2 AND offer = $3) ORDER BY id",
    )
    .bind(new.buyer.0)
    .bind(new.product.as_str())
    .bind(new.offer.as_str())
    .bind(new.promo.as_ref().map(ToString::to_string))
    // bounded by: the offers of a catalogue, since a buyer has one open order of each
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// An order with the facts about it.
pub(crate) async fn facts(conn: &mut Conn, id: OrderId) -> Result<Option<OrderFacts>> {
    let row = sqlx::query(
        "SELECT o.*, p.per_buyer, p.numbered, p.live * f.live AS live, f.price AS price_now,
                COALESCE(s.paused, 0) AS paused,
                (SELECT COUNT(*) FROM subscription r JOIN orders b ON b.id = r.order_id
                 WHERE r.buyer = o.buyer AND r.product = o.product AND r.order_id <> o.id
                 AND r.state = 'active' AND b.offer = o.offer AND b.term = 'subscription'
                 AND o.term = 'subscription') AS subscribed,
                (SELECT COUNT(*) FROM subscription r JOIN orders b ON b.id = r.order_id
                 WHERE r.buyer = o.buyer AND r.product = o.product AND r.order_id <> o.id
                 AND (r.state IN ('active', 'canceled', 'failed')
                      OR (r.state = 'lapsed' AND b.term = 'subscription'))) AS alive,
                (SELECT COUNT(*) FROM pool WHERE pool.product = o.product AND pool.live = 1
                 AND NOT EXISTS (SELECT 1 FROM hold
                                 WHERE hold.order_id = o.id AND hold.pool = pool.id)) AS unheld
         FROM orders o
         JOIN product p ON p.code = o.product
         JOIN offer f ON f.product = o.product AND f.code = o.offer
         LEFT JOIN profile s ON s.id = 1
         WHERE o.id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let order = read(&row)?;
    let standing = match (order.charge.is_some(), order.term) {
        (true, Term::Subscription { .. }) => subscription::standing(conn, id).await?,
        _ => None,
    };
    Ok(Some(OrderFacts {
        order,
        standing,
        selling: Selling {
            paused: row.flag("paused")?,
            live: row.flag("live")?,
            price: row.stars("price_now")?,
            subscribed: row.flag("subscribed")?,
        },
        per_buyer: allowance::cap(row.opt_count("per_buyer")?, 0),
        alive: row.count("alive")?,
        unheld: row.count("unheld")?,
        numbered: row.flag("numbered")?,
    }))
}

/// Moves an order, if it is still where it was seen. False when another was faster.
pub(crate) async fn advance(
    conn: &mut Conn,
    id: OrderId,
    from: OrderState,
    to: OrderState,
) -> Result<bool> {
    let done = sqlx::query("UPDATE orders SET state = $3 WHERE id = $1 AND state = $2")
        .bind(id.to_string())
        .bind(from.as_str())
        .bind(to.as_str())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves an order to its charge, if it is still where it was seen.
pub(crate) async fn pay(
    conn: &mut Conn,
    id: OrderId,
    from: OrderState,
    to: OrderState,
    charge: &ChargeId,
    paid_at: UnixSeconds,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE orders SET state = $3, charge = $4, paid_at = $5 WHERE id = $1 AND state = $2",
    )
    .bind(id.to_string())
    .bind(from.as_str())
    .bind(to.as_str())
    .bind(charge.as_str())
    .bind(paid_at.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends an order that nobody paid, if it is still as it was seen: a pre-checkout may have given it
/// more time.
pub(crate) async fn expire(
    conn: &mut Conn,
    seen: &Order,
    to: OrderState,
    now: UnixSeconds,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE orders SET state = $4, expired_at = $5
         WHERE id = $1 AND state = $2 AND expires_at = $3",
    )
    .bind(seen.id.to_string())
    .bind(seen.state.as_str())
    .bind(seen.expires_at.0)
    .bind(to.as_str())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks an order as let through now and keeps its hold until then at least, if it is still where
/// it was seen.
pub(crate) async fn promise(
    conn: &mut Conn,
    id: OrderId,
    from: OrderState,
    to: OrderState,
    now: UnixSeconds,
    until: UnixSeconds,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE orders SET state = $3, prechecked_at = COALESCE(prechecked_at, $5),
             expires_at = CASE WHEN expires_at < $4 THEN $4 ELSE expires_at END
         WHERE id = $1 AND state = $2",
    )
    .bind(id.to_string())
    .bind(from.as_str())
    .bind(to.as_str())
    .bind(until.0)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps the invoice link.
pub(crate) async fn keep_link(conn: &mut Conn, id: OrderId, link: &str) -> Result<()> {
    sqlx::query("UPDATE orders SET invoice_link = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(link)
        .execute(conn)
        .await?;
    Ok(())
}

/// Open orders whose time is over, oldest first.
pub(crate) async fn due(conn: &mut Conn, now: UnixSeconds, most: i64) -> Result<Vec<OrderId>> {
    let rows = sqlx::query(
        "SELECT id FROM orders WHERE expires_at <= $1 AND state IN ('opened', 'prechecked')
         ORDER BY expires_at LIMIT $2",
    )
    .bind(now.0)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// Open orders for one product whose time is over.
pub(crate) async fn due_of(
    conn: &mut Conn,
    product: &str,
    now: UnixSeconds,
    most: i64,
) -> Result<Vec<OrderId>> {
    let rows = sqlx::query(
        "SELECT id FROM orders WHERE expires_at <= $1 AND state IN ('opened', 'prechecked')
         AND product = $2 ORDER BY expires_at LIMIT $3",
    )
    .bind(now.0)
    .bind(product)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// The orders of a buyer's library, for other lists of it: `$1` is the buyer, `$most` how many.
macro_rules! in_library {
    ($most:literal) => {
        concat!(
            "(SELECT id FROM orders WHERE buyer = $1 AND paid_at IS NOT NULL
              ORDER BY paid_at DESC, opened_at DESC, id LIMIT ",
            $most,
            ")"
        )
    };
}
pub(super) use in_library;

/// A buyer's paid orders, newest first.
pub(crate) async fn paid_of(conn: &mut Conn, buyer: UserId, most: i64) -> Result<Vec<Order>> {
    let rows = sqlx::query(
        "SELECT * FROM orders WHERE buyer = $1 AND paid_at IS NOT NULL
         ORDER BY paid_at DESC, opened_at DESC, id LIMIT $2",
    )
    .bind(buyer.0)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Order> {
    Ok(Order {
        id: row.parsed("id")?,
        buyer: row.user("buyer")?,
        product: row.parsed("product")?,
        offer: row.parsed("offer")?,
        title: row.text("title")?,
        price: row.stars("price")?,
        promo: row.opt_parsed("promo")?,
        list_price: row.opt_count("list_price")?.map(Stars),
        term: row.term()?,
        state: row.parsed("state")?,
        opened_at: row.time("opened_at")?,
        expires_at: row.time("expires_at")?,
        paid_at: row.opt_time("paid_at")?,
        charge: row.opt_parsed("charge")?,
        invoice_link: row.opt_text("invoice_link")?,
    })
}

/// The language that an order was opened in.
pub(crate) async fn language(conn: &mut Conn, id: OrderId) -> Result<String> {
    let row = sqlx::query("SELECT language FROM orders WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.map_or_else(|| Ok(String::new()), |row| row.text("language"))
}
