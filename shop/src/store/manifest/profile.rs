//! The shop's own page and its shelves.

use super::{Conn, Result, place};
use crate::domain::manifest::{ManifestCategory, ManifestProfile, ProfileText};

/// Writes the profile. Whether sales are paused is not the manifest's to say.
pub(super) async fn write(conn: &mut Conn, profile: &ManifestProfile) -> Result<()> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    sqlx::query(
        "INSERT INTO profile (id, language, name, tagline, about, support, terms, privacy,
                              cover, welcome)
         VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET
             language = excluded.language, name = excluded.name, tagline = excluded.tagline,
             about = excluded.about, support = excluded.support, terms = excluded.terms,
             privacy = excluded.privacy, cover = excluded.cover, welcome = excluded.welcome",
    )
    .bind(&profile.language)
    .bind(text(&profile.text.name))
    .bind(text(&profile.text.tagline))
    .bind(text(&profile.text.about))
    .bind(text(&profile.text.support))
    .bind(text(&profile.text.terms))
    .bind(text(&profile.text.privacy))
    .bind(profile.cover.as_ref().map(|key| key.as_str().to_owned()))
    .bind(profile.welcome.as_ref().map(|key| key.as_str().to_owned()))
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM profile_text")
        .execute(&mut *conn)
        .await?;
    for (language, text) in &profile.texts {
        write_text(conn, language, text).await?;
    }
    Ok(())
}

async fn write_text(conn: &mut Conn, language: &str, text: &ProfileText) -> Result<()> {
    sqlx::query(
        "INSERT INTO profile_text (language, name, tagline, about, support, terms, privacy)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(language)
    .bind(&text.name)
    .bind(&text.tagline)
    .bind(&text.about)
    .bind(&text.support)
    .bind(&text.terms)
    .bind(&text.privacy)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes the shelves; others are withdrawn.
pub(super) async fn write_categories(
    conn: &mut Conn,
    categories: &[ManifestCategory],
) -> Result<()> {
    sqlx::query("UPDATE category SET live = 0")
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM category_text")
        .execute(&mut *conn)
        .await?;
    for (position, category) in categories.iter().enumerate() {
        sqlx::query(
            "INSERT INTO category (code, title, position, live) VALUES ($1, $2, $3, 1)
             ON CONFLICT (code) DO UPDATE SET
                 title = excluded.title, position = excluded.position, live = 1",
        )
        .bind(category.code.as_str())
        .bind(&category.title)
        .bind(place(position))
        .execute(&mut *conn)
        .await?;
        for (language, title) in &category.titles {
            sqlx::query(
                "INSERT INTO category_text (category, language, title) VALUES ($1, $2, $3)",
            )
            .bind(category.code.as_str())
            .bind(language)
            .bind(title)
            .execute(&mut *conn)
            .await?;
        }
    }
    Ok(())
}
