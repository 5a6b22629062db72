//! Products as they stand in lists.

use sqlx::any::AnyRow;

use super::{Conn, Result, row::RowExt};
use crate::{
    domain::{
        Picture, Tile, TileQuery,
        manifest::primary_language,
        search_text::{fold, like_patterns},
    },
    limits,
};

// What a tile shows. Prices and stock come from subqueries and not from joins, so that the database
// can walk an index in the order of the list and stop after the last tile.
macro_rules! select {
    ($condition:expr) => {
        concat!(
            "SELECT p.code, p.category, COALESCE(t.title, p.title) AS title,
                    COALESCE(t.summary, p.summary) AS summary, p.featured,
                    (SELECT MIN(price) FROM offer f
                     WHERE f.product = p.code AND f.live = 1) AS price,
                    (SELECT MAX(price) FROM offer f
                     WHERE f.product = p.code AND f.live = 1) AS price_most,
                    (SELECT term FROM offer f WHERE f.product = p.code AND f.live = 1
                     ORDER BY price, position LIMIT 1) AS term,
                    (SELECT days FROM offer f WHERE f.product = p.code AND f.live = 1
                     ORDER BY price, position LIMIT 1) AS days,
                    (SELECT COUNT(*) FROM pool WHERE pool.product = p.code AND pool.live = 1
                     AND pool.taken >= pool.size) AS sold_out,
                    i.file, COALESCE(it.alt, i.alt) AS alt
             FROM product p
             LEFT JOIN product_text t ON t.product = p.code AND t.language = $1
             LEFT JOIN picture i ON i.product = p.code AND i.position = 0
             LEFT JOIN picture_text it
                  ON it.product = p.code AND it.position = 0 AND it.language = $1
             WHERE p.live = 1 AND ",
            $condition,
            " p.featured DESC, p.position LIMIT $2 OFFSET $3"
        )
    };
}

const ALL: &str = select!("1 = 1 ORDER BY");
const OF_CATEGORY: &str = select!("p.category = $4 ORDER BY");
/// Titles that begin with the first word, then titles that hold it, then the rest.
const FOUND: &str = select!(
    "($4 = '' OR p.category = $4)
     AND COALESCE(t.search, p.search) LIKE $6 ESCAPE '\\'
     AND COALESCE(t.search, p.search) LIKE $7 ESCAPE '\\'
     AND COALESCE(t.search, p.search) LIKE $8 ESCAPE '\\'
     AND COALESCE(t.search, p.search) LIKE $9 ESCAPE '\\'
     AND COALESCE(t.search, p.search) LIKE $10 ESCAPE '\\'
     AND COALESCE(t.search, p.search) LIKE $11 ESCAPE '\\'
     ORDER BY CASE WHEN COALESCE(t.search_title, p.search_title) LIKE $5 ESCAPE '\\' THEN 0
                   WHEN COALESCE(t.search_title, p.search_title) LIKE $6 ESCAPE '\\' THEN 1
                   ELSE 2 END,"
);

/// Products for a list, in one statement: featured first, then in the seller's order; when
/// searching, those with the words in their title first. Telegram renews every so many seconds.
pub(crate) async fn tiles(
    conn: &mut Conn,
    query: &TileQuery,
    language: &str,
    subscription_seconds: i64,
) -> Result<Vec<Tile>> {
    let text: String = query.text.chars().take(limits::SEARCH_CHARS).collect();
    let searching = !fold(&text).is_empty();
    let category = query.category.as_ref().map(|code| code.as_str().to_owned());
    let statement = match (&category, searching) {
        (_, true) => FOUND,
        (Some(_), false) => OF_CATEGORY,
        (None, false) => ALL,
    };
    let mut statement = sqlx::query(statement)
        .bind(primary_language(language))
        .bind(i64::from(query.limit.min(limits::TILES_MOST)))
        .bind(i64::from(query.offset));
    if searching || category.is_some() {
        statement = statement.bind(category.unwrap_or_default());
    }
    if searching {
        let words: [String; limits::SEARCH_WORDS] = like_patterns(&text);
        statement = statement.bind(starts_with(&words[0]));
        for word in words {
            statement = statement.bind(word);
        }
    }
    // bounded by: the LIMIT of `select!`, which is TILES_MOST at most.
    let rows = statement.fetch_all(conn).await?;
    let tile = |row| read(row, subscription_seconds);
    rows.iter().map(tile).collect()
}

/// The pattern for titles that begin with the first word.
fn starts_with(anywhere: &str) -> String {
    anywhere.strip_prefix('%').unwrap_or_default().to_owned()
}

fn read(row: &AnyRow, subscription_seconds: i64) -> Result<Tile> {
    let price = row.stars("price")?;
    let picture = match (row.opt_parsed("file")?, row.opt_text("alt")?) {
        (Some(file), Some(alt)) => Some(Picture { file, alt }),
        _ => None,
    };
    Ok(Tile {
        code: row.parsed("code")?,
        category: row.parsed("category")?,
        title: row.text("title")?,
        summary: row.text("summary")?,
        picture,
        price,
        term: row.offer_term()?.agreed(subscription_seconds),
        price_from: row.stars("price_most")? > price,
        sold_out: row.flag("sold_out")?,
        featured: row.flag("featured")?,
    })
}
