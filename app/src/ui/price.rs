//! An amount of Stars.

use leptos::prelude::*;
use words::Words;

use super::StarIcon;

/// For how long a price in a list gives the goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceTerm {
    /// What is seen: "/ 30 days".
    pub mark: String,
    /// What is heard: "every 30 days".
    pub spoken: String,
}

impl PriceTerm {
    /// A quiet mark beside the price, below it where there is no room.
    pub(super) fn draw(self) -> impl IntoView {
        view! {
            <span class="price-term">
                <span class="hidden">{self.spoken}</span>
                <span aria-hidden="true">{self.mark}</span>
            </span>
        }
    }
}

/// An amount of Stars: the Star and the number to see, "250 Stars" to hear.
#[component]
pub fn Price(
    /// How much, in whole Stars.
    stars: u64,
    /// Whether it is the lowest of several prices.
    #[prop(optional)]
    from: bool,
    /// The buyer's language.
    words: Words,
) -> impl IntoView {
    let (spoken, shown) = (words.stars(stars), words.number(stars));
    let spoken = if from {
        words.product().price_from.fill(&[("price", &spoken)])
    } else {
        spoken
    };
    // The word "from" stands before or after the Star, as the language has it.
    let around = from.then(|| words.product().price_from.fill(&[("price", "\u{0}")]));
    let (before, after) = around
        .as_deref()
        .and_then(|text| text.split_once('\u{0}'))
        .map(|(before, after)| (before.to_owned(), after.to_owned()))
        .unwrap_or_default();
    view! {
        <span class="price">
            <span class="hidden">{spoken}</span>
            <span class="price-shown" aria-hidden="true">{before}<StarIcon/>{shown}{after}</span>
        </span>
    }
}

/// A price that does not hold any more, struck through, before the one that does.
#[component]
pub fn PriceBefore(
    /// How much it was, in whole Stars.
    stars: u64,
    /// The buyer's language.
    words: Words,
) -> impl IntoView {
    let spoken = words.stars(stars);
    let spoken = words.product().price_before.fill(&[("price", &spoken)]);
    view! {
        <s class="price-before">
            <span class="hidden">{spoken}</span>
            <span aria-hidden="true">{words.number(stars)}</span>
        </s>
    }
}
