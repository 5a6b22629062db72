//! Times as people write and read them on the command line, in UTC.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use shop::domain::UnixSeconds;

use super::CommandError;

/// A time of the database, for people.
pub(super) fn told(at: UnixSeconds) -> String {
    let time = Timestamp::from_second(at.0);
    time.map_or_else(
        |_| at.0.to_string(),
        |time| time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    )
}

/// A day (`2026-11-01`, its beginning) or a moment (`2026-11-01T12:00:00Z`).
pub(super) fn read(text: &str) -> Result<UnixSeconds, CommandError> {
    let day = || {
        let date: Date = text.parse().ok()?;
        Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
    };
    let moment = text.parse::<Timestamp>().ok().or_else(day);
    moment
        .map(|time| UnixSeconds(time.as_second()))
        .ok_or_else(|| {
            CommandError::Told(format!(
                "{text:?} is no time: write 2026-11-01, or 2026-11-01T12:00:00Z"
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_told() {
        let seconds = |text| read(text).unwrap();
        assert_eq!(seconds("2026-11-01"), UnixSeconds(1_793_491_200));
        assert_eq!(
            seconds("2026-11-01T01:00:00+01:00"),
            UnixSeconds(1_793_491_200)
        );
        assert_eq!(told(UnixSeconds(1_793_491_200)), "2026-11-01 00:00:00");
        for wrong in ["", "yesterday", "2026-13-01", "1793491200"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
