//! What is said before paying.

use shop::domain::Term;
use words::{Lang, words};

use super::*;
use crate::page::draw;

/// 22 November 2026, 14:05 UTC.
const NOW: UnixSeconds = UnixSeconds(1_795_356_300);
const MONTH: Term = Term::Subscription { seconds: 2_592_000 };
const WEEK: Term = Term::Pass { seconds: 604_800 };

fn offers(terms: &[Term]) -> Vec<Offer> {
    let offer = |(at, term): (usize, &Term)| Offer {
        code: format!("o{at}").parse().unwrap(),
        title: format!("Offer {at}"),
        price: Stars(90 + 160 * at as u64),
        term: *term,
    };
    terms.iter().enumerate().map(offer).collect()
}

fn printed(terms: &[Term]) -> String {
    small_print(words(Lang::En), &offers(terms), NOW).replace('\u{a0}', " ")
}

fn drawn(terms: &[Term]) -> String {
    let offers = offers(terms);
    draw(
        move || view! { <Offers words=words(Lang::En) offers=offers promo=Promo::default() now=NOW/> },
    )
}

#[test]
fn a_subscription_says_when_it_renews_and_how_to_stop_it() {
    let print = printed(&[MONTH]);
    assert!(print.contains("every 30 days"), "{print}");
    assert!(print.contains("first on 22 December 2026"), "{print}");
    assert!(print.contains("under Purchases"), "{print}");
    let html = drawn(&[MONTH]);
    assert!(html.contains("Subscribe for 90\u{a0}Stars"), "{html}");
    assert!(html.contains("section-footer"), "{html}");
}

#[test]
fn several_plans_say_what_a_change_does() {
    let print = printed(&[WEEK, MONTH, MONTH]);
    assert_eq!(print.matches("renews every").count(), 1, "{print}");
    assert!(print.ends_with("credited to the next."), "{print}");
    assert!(!printed(&[WEEK, Term::Forever]).contains("credited"));
}

#[test]
fn what_is_bought_once_needs_no_small_print() {
    assert_eq!(printed(&[Term::Forever]), "");
    assert_eq!(printed(&[Term::Forever, Term::Forever]), "");
    assert!(!drawn(&[Term::Forever]).contains("section-footer"));
    assert!(!drawn(&[Term::Forever, Term::Forever]).contains("cell-subtitle"));
    assert!(printed(&[WEEK]).starts_with("It ends by itself"));
}

#[test]
fn each_offer_says_its_term_and_its_button() {
    let html = drawn(&[WEEK, MONTH]);
    assert!(html.contains("Paid once, for 7\u{a0}days"), "{html}");
    assert!(html.contains("Renews every 30\u{a0}days"), "{html}");
    assert!(html.contains("Buy for 90\u{a0}Stars"), "{html}");
    assert!(html.contains("Subscribe for 250\u{a0}Stars"), "{html}");
}
