//! Where a promo code is typed.

use leptos::prelude::*;
use words::Words;

use crate::limits::PROMO_CHARS;

/// A quiet line that opens a field for a promo code. A form that works without scripts: the page
/// comes again with the code in its address.
#[component]
pub fn PromoField(
    /// Where the form leads.
    #[prop(into)]
    action: String,
    /// The code that was typed.
    #[prop(into)]
    typed: String,
    /// What became of it, if one was typed.
    #[prop(optional_no_strip, into)]
    said: Option<String>,
    /// Whether it does not hold.
    #[prop(optional)]
    refused: bool,
    /// Names and values of what is sent along unseen.
    #[prop(optional)]
    along: Vec<(&'static str, String)>,
    /// The buyer's language.
    words: Words,
) -> impl IntoView {
    let say = words.product();
    let open = said.is_some();
    let described = open.then_some("promo-said");
    let said = said.map(|said| {
        view! {
            <p id="promo-said" class="promo-said" data-refused=refused role="status">
                {said}
            </p>
        }
    });
    let along = along
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect::<Vec<_>>();
    view! {
        <details class="promo" open=open>
            <summary>{say.have_code}</summary>
            <form method="get" action=action>
                <input
                    type="text"
                    name="code"
                    value=typed
                    required
                    placeholder=say.promo_code
                    aria-label=say.promo_code
                    aria-invalid=refused.then_some("true")
                    aria-describedby=described
                    maxlength=PROMO_CHARS.to_string()
                    autocapitalize="characters"
                    autocomplete="off"
                    spellcheck="false"
                    enterkeyhint="go"
                />
                {along}
                <button class="button" data-kind="tinted">
                    <span class="button-label">{say.try_code}</span>
                </button>
            </form>
            {said}
        </details>
    }
}
