//! For how long a price gives the goods, in words.

use shop::domain::Term;
use words::Words;

use crate::ui::PriceTerm;

/// The words after a price: "every 30 days", "for 7 days"; nothing for good.
pub(in crate::pages) fn term_words(words: Words, term: Term) -> Option<String> {
    match term {
        Term::Forever => None,
        Term::Pass { seconds } => Some(words.for_time(seconds)),
        Term::Subscription { seconds } => Some(words.every(seconds)),
    }
}

/// The same for a list, where there is little room: "/ 30 days".
pub(in crate::pages) fn term_mark(words: Words, term: Term) -> Option<PriceTerm> {
    let spoken = term_words(words, term)?;
    let mark = match term {
        Term::Subscription { seconds } => format!("/\u{a0}{}", words.span(seconds)),
        _ => spoken.clone(),
    };
    Some(PriceTerm { mark, spoken })
}

/// A line about an offer among others: whether it renews, and how long one payment lasts.
pub(in crate::pages) fn term_line(words: Words, term: Term) -> String {
    let say = words.renewal();
    match term {
        Term::Forever => say.for_good.to_owned(),
        Term::Pass { seconds } => say.once_for.fill(&[("time", &words.for_time(seconds))]),
        Term::Subscription { seconds } => say.renews.fill(&[("every", &words.every(seconds))]),
    }
}

#[cfg(test)]
mod tests {
    use words::{Lang, words};

    use super::*;

    const MONTH: Term = Term::Subscription { seconds: 2_592_000 };
    const WEEK: Term = Term::Pass { seconds: 604_800 };

    #[test]
    fn a_price_says_its_term() {
        let en = words(Lang::En);
        assert_eq!(term_words(en, Term::Forever), None);
        assert_eq!(term_words(en, MONTH).unwrap(), "every 30\u{a0}days");
        assert_eq!(term_words(en, WEEK).unwrap(), "for 7\u{a0}days");
        assert_eq!(term_mark(en, MONTH).unwrap().mark, "/\u{a0}30\u{a0}days");
        assert_eq!(term_mark(en, WEEK).unwrap().mark, "for 7\u{a0}days");
        assert_eq!(term_line(en, MONTH), "Renews every 30\u{a0}days");
        assert_eq!(term_line(en, WEEK), "Paid once, for 7\u{a0}days");
    }
}
