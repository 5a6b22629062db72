//! Parts of speech.

use super::Text;
use crate::Counted;

group! {
    /// Units, months and other parts of speech.
    Parts {
        /// An amount on its own.
        stars: Counted,
        /// An amount as the object of a verb or after "for".
        stars_object: Counted,
        /// Times on their own.
        days: Counted,
        /// Hours.
        hours: Counted,
        /// Minutes.
        minutes: Counted,
        /// Seconds.
        seconds: Counted,
        /// Bytes, kilobytes, megabytes, gigabytes.
        size_units: [Text; 4],
        /// The months as they stand in a date, January first.
        months: [Text; 12],
    }
}
