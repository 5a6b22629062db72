//! Numbers and file sizes, written as each language writes them (Unicode CLDR).

use crate::{Lang, Words};

/// A space that keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';

impl Words {
    /// A whole number with its thousands set apart: "10,000", «10 000».
    pub fn number(self, n: u64) -> String {
        let separator = match self.lang() {
            Lang::En => ',',
            Lang::Ru => NO_BREAK,
        };
        let digits = n.to_string();
        let mut text = String::with_capacity(digits.len() * 2);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// A file's size in decimal units: "1.4 MB", «1,4 МБ». One decimal below ten of a unit.
    pub fn file_size(self, bytes: u64) -> String {
        let units = self.parts().size_units;
        let mut unit = 0;
        // Tenths of the unit: whole arithmetic keeps floats out of the WebAssembly.
        let mut tenths = bytes.saturating_mul(10);
        while tenths >= 9_995 && unit + 1 < units.len() {
            tenths = tenths / 1000 + u64::from(tenths % 1000 >= 500);
            unit += 1;
        }
        let point = match self.lang() {
            Lang::En => '.',
            Lang::Ru => ',',
        };
        let (whole, tenth) = (tenths / 10, tenths % 10);
        let mut text = if unit > 0 && whole < 10 && tenth > 0 {
            format!("{whole}{point}{tenth}")
        } else {
            self.number((tenths + 5) / 10)
        };
        text.push(NO_BREAK);
        text.push_str(units[unit]);
        text
    }
}

#[cfg(test)]
mod tests {
    use crate::{Lang, words};

    #[test]
    fn thousands_are_set_apart() {
        let (en, ru) = (words(Lang::En), words(Lang::Ru));
        assert_eq!(en.number(0), "0");
        assert_eq!(en.number(999), "999");
        assert_eq!(en.number(10_000), "10,000");
        assert_eq!(ru.number(1_000), "1\u{a0}000");
        assert_eq!(
            ru.number(u64::MAX),
            "18\u{a0}446\u{a0}744\u{a0}073\u{a0}709\u{a0}551\u{a0}615"
        );
    }

    #[test]
    fn sizes_are_short() {
        let (en, ru) = (words(Lang::En), words(Lang::Ru));
        assert_eq!(en.file_size(0), "0\u{a0}B");
        assert_eq!(en.file_size(999), "999\u{a0}B");
        assert_eq!(en.file_size(1_000), "1\u{a0}kB");
        assert_eq!(en.file_size(1_440_000), "1.4\u{a0}MB");
        assert_eq!(ru.file_size(1_440_000), "1,4\u{a0}МБ");
        assert_eq!(en.file_size(12_600_000), "13\u{a0}MB");
        assert_eq!(en.file_size(999_960), "1\u{a0}MB");
        assert_eq!(en.file_size(2_000_000_000), "2\u{a0}GB");
        assert!(en.file_size(u64::MAX).ends_with("GB"));
    }
}
