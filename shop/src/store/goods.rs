//! Entitlements with what they hold.

use sqlx::any::AnyRow;

use super::{Conn, Result, StoreError, copy, order::in_library, row::RowExt};
use crate::{
    domain::{
        Delivery, EntitlementId, Goods, GoodsContent, OrderId, UserId, manifest::primary_language,
    },
    limits,
};

// What is revoked is not goods any more. The order's language serves where none is asked for.
macro_rules! select {
    ($condition:expr) => {
        concat!(
            "SELECT e.id, e.order_id, e.buyer, e.sent_at, b.kind, b.file, b.file_name, b.file_size,
                    b.media_type, b.protect, c.value, COALESCE(t.title, b.title) AS title,
                    COALESCE(t.body, b.body) AS body, o.title AS order_title,
                    COALESCE(u.language, o.language) AS language, s.file_id
             FROM entitlement e
             JOIN benefit b ON b.id = e.benefit
             JOIN orders o ON o.id = e.order_id
             LEFT JOIN buyer u ON u.id = e.buyer
             LEFT JOIN benefit_text t ON t.benefit = b.id
                  AND t.language = CASE WHEN $2 = '' THEN COALESCE(u.language, o.language) ELSE $2 END
             LEFT JOIN code c ON c.entitlement = e.id
             LEFT JOIN sent_file s ON s.file = b.file
             WHERE e.revoked_at IS NULL AND ",
            $condition,
            " ORDER BY b.position"
        )
    };
}

/// The goods of a buyer's library, by order.
pub(crate) async fn of_buyer(
    conn: &mut Conn,
    buyer: UserId,
    language: &str,
) -> Result<Vec<(OrderId, Goods)>> {
    // bounded by: the LIMIT of a library, and the benefits of a product.
    let rows = sqlx::query(select!(concat!("e.order_id IN ", in_library!("$3"))))
        .bind(buyer.0)
        .bind(primary_language(language))
        .bind(limits::LIBRARY_MOST)
        .fetch_all(conn)
        .await?;
    let with_order = |row: &AnyRow| Ok((row.parsed("order_id")?, read(row)?));
    rows.iter().map(with_order).collect()
}

/// The goods of one order, in its buyer's language.
pub(crate) async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Vec<Goods>> {
    // bounded by: the benefits of a product.
    let rows = sqlx::query(select!("e.order_id = $1"))
        .bind(order.to_string())
        .bind("")
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// All that is needed to send one benefit, in its buyer's language.
pub(crate) async fn delivery(conn: &mut Conn, of: EntitlementId) -> Result<Option<Delivery>> {
    let row = sqlx::query(select!("e.id = $1"))
        .bind(of.to_string())
        .bind("")
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Delivery {
        copy: copy::of_order(conn, row.parsed("order_id")?).await?,
        buyer: row.user("buyer")?,
        language: row.text("language")?,
        order_title: row.text("order_title")?,
        goods: read(&row)?,
        file_id: row.opt_text("file_id")?,
    }))
}

fn read(row: &AnyRow) -> Result<Goods> {
    let content = match row.text("kind")?.as_str() {
        "file" => GoodsContent::File {
            file: row.parsed("file")?,
            name: row.text("file_name")?,
            size_bytes: row.count("file_size")?,
            media_type: row.text("media_type")?,
            protect: row.flag("protect")?,
        },
        "code" => GoodsContent::Code {
            code: row.text("value")?,
        },
        "text" => GoodsContent::Text {
            text: row.text("body")?,
        },
        "link" => GoodsContent::Link {
            url: row.text("body")?,
        },
        other => return Err(StoreError::corrupt(format_args!("benefit kind {other}"))),
    };
    Ok(Goods {
        entitlement: row.parsed("id")?,
        title: row.text("title")?,
        content,
        sent: row.opt_int("sent_at")?.is_some(),
    })
}
