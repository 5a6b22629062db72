//! Text for searching: what a buyer types and what a seller wrote, folded to the same form.

/// Folds a text: lower case in every script, common accents off, one space between words.
///
/// The accents are those of Latin, Greek and Cyrillic letters that people leave out when they
/// type in a hurry (`café`, `ёж`); other scripts pass unchanged.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(letters) => folded.push_str(letters),
            // A combining accent, as decomposed text has it.
            None if ('\u{300}'..='\u{36f}').contains(&c) => {}
            None if c.is_whitespace() || c.is_control() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            None => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The letter without its accent, where it has a common one.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' => "o",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ț' | 'ţ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' | 'ū' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ё' => "е",
        'й' => "и",
        'ґ' => "г",
        'ά' => "α",
        'έ' => "ε",
        'ή' => "η",
        'ί' => "ι",
        'ό' => "ο",
        'ύ' => "υ",
        'ώ' => "ω",
        'ς' => "σ",
        _ => return None,
    })
}

/// The words of a search, folded, as `LIKE` patterns that find them anywhere and nothing else;
/// always `N` of them: unused places match everything, words beyond are left out.
pub fn like_patterns<const N: usize>(text: &str) -> [String; N] {
    let folded = fold(text);
    let mut words = folded.split(' ').filter(|word| !word.is_empty());
    std::array::from_fn(|_| words.next().map_or_else(|| "%".to_owned(), like_pattern))
}

/// A pattern for `LIKE … ESCAPE '\'` that finds a text anywhere.
pub fn like_pattern(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_meets_what_people_type() {
        assert_eq!(fold("  Crème\n Brûlée "), "creme brulee");
        assert_eq!(fold("ЁЖИК й"), "ежик и");
        assert_eq!(fold("e\u{301}té"), "ete");
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("日本 語"), "日本 語");
        assert_eq!(fold(""), "");
    }

    #[test]
    fn wildcards_are_only_letters() {
        assert_eq!(
            like_patterns::<2>("100%_a\\"),
            ["%100\\%\\_a\\\\%".to_owned(), "%".to_owned()]
        );
        assert_eq!(like_patterns::<2>(""), ["%", "%"]);
        assert_eq!(like_patterns::<2>("a b c"), ["%a%", "%b%"]);
    }

    proptest::proptest! {
        /// Folding twice changes nothing more: stored text and typed text meet.
        #[test]
        fn folding_is_settled(text in ".{0,60}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
