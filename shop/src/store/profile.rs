//! The shop's own page.

use super::{Conn, Result, row::RowExt};
use crate::domain::{ShopProfile, manifest::primary_language};

/// Name, cover and papers; empty before the first import.
pub(crate) async fn get(conn: &mut Conn, language: &str) -> Result<ShopProfile> {
    let row = sqlx::query(
        "SELECT COALESCE(t.name, p.name) AS name, COALESCE(t.tagline, p.tagline) AS tagline,
                COALESCE(t.about, p.about) AS about, p.cover, p.welcome, p.paused,
                COALESCE(t.support, p.support) AS support, COALESCE(t.terms, p.terms) AS terms,
                COALESCE(t.privacy, p.privacy) AS privacy
         FROM profile p LEFT JOIN profile_text t ON t.language = $1
         WHERE p.id = 1",
    )
    .bind(primary_language(language))
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else {
        return Ok(ShopProfile::default());
    };
    Ok(ShopProfile {
        name: row.text("name")?,
        tagline: row.text("tagline")?,
        about: row.text("about")?,
        cover: row.opt_parsed("cover")?,
        welcome: row.opt_parsed("welcome")?,
        support: row.text("support")?,
        terms: row.text("terms")?,
        privacy: row.text("privacy")?,
        paused: row.flag("paused")?,
    })
}

/// Pauses or resumes all sales. A shop without a catalogue has nothing to pause, and yet keeps it.
pub(crate) async fn set_paused(conn: &mut Conn, paused: bool) -> Result<()> {
    sqlx::query(
        "INSERT INTO profile (id, language, name, tagline, about, support, terms, privacy, paused)
         VALUES (1, 'en', '', '', '', '', '', '', $1)
         ON CONFLICT (id) DO UPDATE SET paused = excluded.paused",
    )
    .bind(i64::from(paused))
    .execute(conn)
    .await?;
    Ok(())
}
