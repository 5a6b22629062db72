//! Texts that change with a number.

use crate::{Lang, template::Template};

/// A text in its plural forms, with the gap `{n}` for the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// 1; in Russian also 21, 31, 101…
    pub(crate) one: &'static str,
    /// 2, 3, 4; in Russian also 22, 33… English uses the same text as for many.
    pub(crate) few: &'static str,
    /// All other numbers.
    pub(crate) many: &'static str,
}

impl Counted {
    /// A text with two forms, as English has them.
    pub(crate) const fn two(one: &'static str, many: &'static str) -> Self {
        Self {
            one,
            few: many,
            many,
        }
    }

    /// A text with three forms, as Russian has them.
    pub(crate) const fn three(one: &'static str, few: &'static str, many: &'static str) -> Self {
        Self { one, few, many }
    }

    /// The text for a number, with the number in it.
    pub(crate) fn of(&self, lang: Lang, n: u64, number: &str) -> String {
        let text = match form(lang, n) {
            Form::One => self.one,
            Form::Few => self.few,
            Form::Many => self.many,
        };
        Template(text).fill(&[("n", number)])
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Form {
    One,
    Few,
    Many,
}

/// Plural rules of Unicode CLDR for whole numbers.
fn form(lang: Lang, n: u64) -> Form {
    match lang {
        Lang::En if n == 1 => Form::One,
        Lang::En => Form::Many,
        Lang::Ru => match (n % 10, n % 100) {
            (1, rest) if rest != 11 => Form::One,
            (2..=4, rest) if !(12..=14).contains(&rest) => Form::Few,
            _ => Form::Many,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_has_three_forms() {
        let table = [
            (Form::One, [1, 21, 31, 101, 1_001].as_slice()),
            (Form::Few, &[2, 3, 4, 22, 34, 102, 1_003]),
            (
                Form::Many,
                &[0, 5, 9, 10, 11, 12, 13, 14, 20, 25, 111, 112, 114, 1_011],
            ),
        ];
        for (expected, numbers) in table {
            for n in numbers {
                assert_eq!(form(Lang::Ru, *n), expected, "{n}");
            }
        }
    }

    #[test]
    fn english_has_two_forms() {
        assert_eq!(form(Lang::En, 1), Form::One);
        for n in [0, 2, 11, 21, 101] {
            assert_eq!(form(Lang::En, n), Form::Many, "{n}");
        }
    }
}
