//! A picture of a product, or what stands in for it.

use leptos::prelude::*;

/// A picture: where it is and what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shot {
    /// Its address.
    pub src: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

/// A square picture of a product; the first letter of its title where there is none. The title
/// stands beside it and says what it is, so that the picture has no words of its own here.
#[component]
pub fn Cover(
    /// The product's title.
    #[prop(into)]
    title: String,
    /// The picture.
    picture: Option<Shot>,
    /// Whether it is in sight at once, so that it must not wait.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let loading = if eager { "eager" } else { "lazy" };
    let inside = match picture {
        Some(shot) => view! {
            <img src=shot.src alt="" loading=loading decoding="async" width="512" height="512"/>
        }
        .into_any(),
        None => view! { <span class="cover-letter">{first_letter(&title)}</span> }.into_any(),
    };
    view! { <span class="cover" aria-hidden="true">{inside}</span> }
}

/// The first letter or digit, as a capital.
pub(super) fn first_letter(name: &str) -> String {
    let letter = name.chars().find(|c| c.is_alphanumeric());
    letter.map_or_else(String::new, |c| c.to_uppercase().collect())
}

#[cfg(test)]
mod tests {
    use super::first_letter;

    #[test]
    fn the_first_letter_stands_for_the_name() {
        assert_eq!(first_letter("«звёзды»"), "З");
        assert_eq!(first_letter("ßa"), "SS");
        assert_eq!(first_letter("✨ 7 icons"), "7");
        assert_eq!(first_letter("…"), "");
    }
}
