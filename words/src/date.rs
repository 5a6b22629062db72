//! Days as people write them. All in UTC: the server does not know where the buyer is, so a time
//! of day is shown with its zone.

use crate::Words;

impl Words {
    /// A day: "22 December 2026", «22 декабря 2026».
    pub fn date(self, unix_seconds: i64) -> String {
        let (year, month, day) = civil(unix_seconds);
        let name = self.parts().months[usize::from(month) - 1];
        format!("{day}\u{a0}{name} {year}")
    }

    /// A day and a time: "22 December 2026, 14:05 UTC".
    pub fn date_time(self, unix_seconds: i64) -> String {
        let minutes = unix_seconds.rem_euclid(86_400) / 60;
        let (hour, minute) = (minutes / 60, minutes % 60);
        format!("{}, {hour:02}:{minute:02} UTC", self.date(unix_seconds))
    }
}

/// A day for machines, as `<time datetime>` wants it: "2026-12-22".
pub fn iso_date(unix_seconds: i64) -> String {
    let (year, month, day) = civil(unix_seconds);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month 1–12 and day 1–31 in the Gregorian calendar, by Howard Hinnant's `civil_from_days`
/// (howardhinnant.github.io/date_algorithms.html): a calendar crate would outweigh the buy button.
fn civil(unix_seconds: i64) -> (i64, u8, u8) {
    // Years begin in March, so that the leap day comes last; eras are 400 years of 146 097 days.
    let days = unix_seconds.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    // Both are small by construction: 1–12 and 1–31.
    (year, month as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, words};

    #[test]
    fn days_fall_on_their_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(-1), (1969, 12, 31));
        assert_eq!(civil(951_782_400), (2000, 2, 29));
        assert_eq!(civil(1_709_251_199), (2024, 2, 29));
        assert_eq!(civil(4_107_542_400), (2100, 3, 1));
        assert_eq!(civil(4_107_542_399), (2100, 2, 28));
    }

    #[test]
    fn dates_are_spoken_by_language() {
        let december = 1_797_948_300;
        assert_eq!(words(Lang::En).date(december), "22\u{a0}December 2026");
        assert_eq!(words(Lang::Ru).date(december), "22\u{a0}декабря 2026");
        assert_eq!(
            words(Lang::En).date_time(december),
            "22\u{a0}December 2026, 14:05 UTC"
        );
        assert_eq!(iso_date(december), "2026-12-22");
    }
}
