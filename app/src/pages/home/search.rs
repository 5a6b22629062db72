//! What is looked for on the front of the shop.

use shop::domain::{CategoryCode, TileQuery};

use crate::limits::{SEARCH_CHARS, TILES_A_PAGE, TILES_OFFSET_MOST};

/// Which products are listed.
#[derive(Clone, Default)]
pub(crate) struct Search {
    text: String,
    category: Option<CategoryCode>,
    offset: u32,
}

impl Search {
    /// A search as typed, cut to its bounds. A category that cannot be one stands for all.
    pub(crate) fn new(text: &str, category: &str, offset: u32) -> Self {
        Self {
            text: text.trim().chars().take(SEARCH_CHARS).collect(),
            category: category.parse().ok(),
            offset: offset.min(TILES_OFFSET_MOST),
        }
    }

    /// What is sought; empty for anything.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The category's code; empty for all.
    pub(super) fn category(&self) -> String {
        self.category
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    /// What goes along when something else is typed: a form's fields replace the query of the
    /// address, so the category and the language that it names are fields too.
    pub(super) fn along(&self, lang: Option<&'static str>) -> Vec<(&'static str, String)> {
        let category = self.category.as_ref().map(|code| ("c", code.to_string()));
        let lang = lang.map(|tag| ("lang", tag.to_owned()));
        category.into_iter().chain(lang).collect()
    }

    /// Whether this is the plain front: nothing sought, nothing chosen.
    pub(super) fn is_front(&self) -> bool {
        self.text.is_empty() && self.category.is_none() && self.offset == 0
    }

    pub(super) fn query(&self) -> TileQuery {
        TileQuery {
            text: self.text.clone(),
            category: self.category.clone(),
            // One more than is shown tells whether there are more.
            limit: TILES_A_PAGE + 1,
            offset: self.offset,
        }
    }

    /// The address of the next products.
    pub(super) fn next(&self) -> String {
        let mut query = format!("/?offset={}", self.offset + TILES_A_PAGE);
        if let Some(category) = &self.category {
            query += &format!("&c={category}");
        }
        if !self.text.is_empty() {
            query += &format!("&q={}", form_encoded(&self.text));
        }
        query
    }
}

fn form_encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;
    use words::{Lang, words};

    use super::Search;
    use crate::{page::draw, ui::SearchField};

    #[test]
    fn a_search_stays_in_its_category_and_language() {
        let along = Search::new("cats", "stickers", 24).along(Some("ru"));
        assert_eq!(
            along,
            [("c", "stickers".to_owned()), ("lang", "ru".to_owned())]
        );
        assert_eq!(Search::default().along(None), []);
        let words = words(Lang::Ru);
        let html = draw(move || {
            view! { <SearchField action="/" along=along words=words/> }
        });
        for field in [r#"name="c" value="stickers""#, r#"name="lang" value="ru""#] {
            assert!(html.contains(field), "{html}");
        }
    }

    #[test]
    fn a_search_keeps_within_its_bounds() {
        let search = Search::new(&"я".repeat(200), "no such category!", u32::MAX);
        assert_eq!(search.text.chars().count(), 80);
        assert_eq!(search.category, None);
        assert_eq!(search.offset, 10_000);
    }

    #[test]
    fn the_next_page_asks_for_the_same() {
        let search = Search::new(" cats & dogs ", "stickers", 24);
        assert_eq!(search.next(), "/?offset=48&c=stickers&q=cats%20%26%20dogs");
        assert!(!search.is_front());
        assert!(Search::new("  ", "", 0).is_front());
    }
}
