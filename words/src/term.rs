//! Spans of time, as sentences need them.

use crate::{Counted, Words};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Words {
    /// A time on its own, in whole ones of its largest unit: "30 days", «5 минут». What is short of
    /// two minutes is told in seconds.
    pub fn span(self, seconds: i64) -> String {
        let parts = self.parts();
        let (unit, length): (&Counted, i64) = match seconds {
            DAY.. => (&parts.days, DAY),
            HOUR.. => (&parts.hours, HOUR),
            120.. => (&parts.minutes, MINUTE),
            _ => (&parts.seconds, 1),
        };
        self.counted(unit, whole(seconds, length))
    }

    /// How often a subscription is renewed: "every 30 days", «каждые 60 секунд».
    pub fn every(self, seconds: i64) -> String {
        let say = self.renewal();
        let (unit, length): (&Counted, i64) = match seconds {
            DAY.. => (&say.every_days, DAY),
            120.. => (&say.every_minutes, MINUTE),
            _ => (&say.every_seconds, 1),
        };
        self.counted(unit, whole(seconds, length))
    }

    /// For how long a pass is: "for 7 days", «на 1 день».
    pub fn for_time(self, seconds: i64) -> String {
        self.counted(&self.renewal().for_days, whole(seconds, DAY))
    }

    /// The main button of a subscription: "Subscribe for 250 Stars".
    pub fn subscribe(self, price: u64) -> String {
        self.counted(&self.renewal().subscribe, price)
    }

    /// When a period of so many seconds ends: the day, with the time where it is shorter than one.
    pub fn end_of(self, period: i64, unix_seconds: i64) -> String {
        if period < DAY {
            self.date_time(unix_seconds)
        } else {
            self.date(unix_seconds)
        }
    }
}

fn whole(seconds: i64, length: i64) -> u64 {
    u64::try_from(seconds / length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, words};

    #[test]
    fn spans_are_told_in_their_largest_unit() {
        let (en, ru) = (words(Lang::En), words(Lang::Ru));
        assert_eq!(en.span(30 * DAY), "30\u{a0}days");
        assert_eq!(en.span(2 * DAY - 1), "1\u{a0}day");
        assert_eq!(en.span(DAY - 1), "23\u{a0}hours");
        assert_eq!(en.span(300), "5\u{a0}minutes");
        assert_eq!(en.span(60), "60\u{a0}seconds");
        assert_eq!(en.span(-5), "0\u{a0}seconds");
        assert_eq!(ru.span(21 * DAY), "21\u{a0}день");
        assert_eq!(ru.span(3 * HOUR), "3\u{a0}часа");
    }

    #[test]
    fn periods_take_their_case() {
        let (en, ru) = (words(Lang::En), words(Lang::Ru));
        assert_eq!(en.every(30 * DAY), "every 30\u{a0}days");
        assert_eq!(en.every(300), "every 5\u{a0}minutes");
        assert_eq!(ru.every(60), "каждые 60\u{a0}секунд");
        assert_eq!(ru.every(30 * DAY), "каждые 30\u{a0}дней");
        assert_eq!(en.for_time(7 * DAY), "for 7\u{a0}days");
        assert_eq!(ru.for_time(DAY), "на 1\u{a0}день");
        assert_eq!(ru.for_time(92 * DAY), "на 92\u{a0}дня");
        assert_eq!(ru.subscribe(1), "Подписаться за 1\u{a0}звезду");
    }

    #[test]
    fn ends_of_short_periods_have_their_time() {
        let december = 1_797_948_300;
        let en = words(Lang::En);
        assert_eq!(en.end_of(30 * DAY, december), "22\u{a0}December 2026");
        assert_eq!(en.end_of(60, december), "22\u{a0}December 2026, 14:05 UTC");
    }
}
