//! Where a search is typed.

use leptos::prelude::*;
use words::Words;

use super::{Icon, glyph};
use crate::limits::SEARCH_CHARS;

/// Where a search is typed. A form that works without scripts; inside an island, `on:input` and
/// `on:submit` on it hear each keystroke and the return key.
#[component]
pub fn SearchField(
    /// Where the form leads.
    #[prop(into)]
    action: String,
    /// What is searched for at first.
    #[prop(optional, into)]
    value: String,
    /// Names and values of what is sent along unseen.
    #[prop(optional)]
    along: Vec<(&'static str, String)>,
    /// The buyer's language.
    words: Words,
) -> impl IntoView {
    let home = words.home();
    let along = along
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect::<Vec<_>>();
    view! {
        <form class="search" role="search" method="get" action=action>
            <Icon glyph=glyph::SEARCH/>
            <input
                type="search"
                name="q"
                value=value
                placeholder=home.search_hint
                aria-label=home.search
                enterkeyhint="search"
                autocomplete="off"
                maxlength=SEARCH_CHARS.to_string()
            />
            {along}
        </form>
    }
}
