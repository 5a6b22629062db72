//! Text for messages: shorten without breaking letters, escape for Telegram's HTML.

use unicode_segmentation::UnicodeSegmentation;

/// Shortens a text to at most `limit` characters, ending in `…` when something was cut.
///
/// It counts Unicode code points, as Telegram does, but cuts only between what a reader sees as
/// letters, so that a flag or a letter with accents is kept or dropped whole.
///
/// ```
/// use telegram::text::truncate;
/// assert_eq!(truncate("Sticker pack", 32), "Sticker pack");
/// assert_eq!(truncate("Sticker pack", 8), "Sticker…");
/// ```
pub fn truncate(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let Some(room) = limit.checked_sub(1) else {
        return String::new();
    };
    let mut kept = String::new();
    let mut used = 0;
    for letter in text.graphemes(true) {
        used += letter.chars().count();
        if used > room {
            break;
        }
        kept.push_str(letter);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Escapes text that is put into a message sent with [`ParseMode::Html`].
///
/// Quotes are escaped too, so the result also fits between the quotes of an attribute.
///
/// [`ParseMode::Html`]: crate::types::ParseMode::Html
pub fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keeps_short_texts_and_cuts_long_ones() {
        assert_eq!(truncate("", 0), "");
        assert_eq!(truncate("abc", 3), "abc");
        assert_eq!(truncate("abcd", 3), "ab…");
        assert_eq!(truncate("abcd", 1), "…");
        assert_eq!(truncate("abcd", 0), "");
        assert_eq!(
            truncate("one two three", 5),
            "one…",
            "no space before the ellipsis"
        );
    }

    #[test]
    fn never_splits_a_flag_or_a_family() {
        let flag = "🇺🇦";
        assert_eq!(truncate(&format!("{flag}{flag}"), 3), format!("{flag}…"));
        assert_eq!(
            truncate("👩‍👩‍👧‍👦 and more", 6),
            "…",
            "seven code points make one letter"
        );
        assert_eq!(truncate("e\u{301}e\u{301}", 3), "e\u{301}…");
    }

    #[test]
    fn escapes_what_html_reads() {
        assert_eq!(
            escape_html(r#"<b>"A" & B</b>"#),
            "&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;"
        );
    }

    proptest! {
        #[test]
        fn truncated_text_fits_and_begins_like_the_original(text in ".{0,60}", limit in 0_usize..40) {
            let short = truncate(&text, limit);
            prop_assert!(short.chars().count() <= limit);
            let kept = short.strip_suffix('…').unwrap_or(&short);
            prop_assert!(text.starts_with(kept));
        }
    }
}
