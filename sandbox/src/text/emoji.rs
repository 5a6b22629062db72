//! What counts as an emoji.

/// Whether a text is an emoji, or several: of the blocks that emoji are in, with what joins and
/// colours them. Telegram has a list; the sandbox goes by blocks and takes a little more.
#[must_use]
pub fn is_emoji(text: &str) -> bool {
    let is_keycap = text.ends_with('\u{20e3}');
    let mut has_one = is_keycap;
    for c in text.chars() {
        match c {
            '0'..='9' | '#' | '*' if is_keycap => {}
            // Joiner, looks, keycap, tags of a flag.
            '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}' => {}
            _ if is_pictograph(c) => has_one = true,
            _ => return false,
        }
    }
    has_one
}

fn is_pictograph(c: char) -> bool {
    matches!(c,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '〰' | '〽' | '㊗' | '㊙'
        | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | 'Ⓜ' | '\u{25a0}'..='\u{27bf}'
        | '\u{2934}' | '\u{2935}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::is_emoji;

    #[test]
    fn emoji_are_told_from_words() {
        for emoji in ["🌊", "❤️", "👩🏽‍🚀", "1️⃣", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "🇦🇹", "⚓"]
        {
            assert!(is_emoji(emoji), "{emoji}");
        }
        for word in ["", "wave", "🌊sea", "1", "море", "\u{fe0f}"] {
            assert!(!is_emoji(word), "{word}");
        }
    }
}
