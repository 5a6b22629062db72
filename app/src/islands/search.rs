//! Search while typing.

use leptos::prelude::*;

/// Listens to the search form that it wraps and keeps the list below in step. Without scripts the
/// form leads to the same list.
#[island]
pub fn SearchBox(
    /// The form; its unseen field `c` names the category that is searched in.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let (typed, sent) = browser::listeners();
    #[cfg(not(feature = "hydrate"))]
    let (typed, sent) = (|_: leptos::ev::Event| {}, |_: leptos::ev::SubmitEvent| {});
    view! {
        <div on:input=typed on:submit=sent>
            {children()}
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::Cell, rc::Rc};

    use leptos::ev::{Event, SubmitEvent};
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::spawn_local;
    use web_sys::{Element, EventTarget, HtmlInputElement};

    use crate::{
        api::search_products,
        client::{page, slot},
        limits::TYPING_PAUSE_MILLISECONDS,
    };

    const RESULTS: &str = "results";

    /// For each keystroke, and for the return key.
    pub(super) fn listeners() -> (impl FnMut(Event), impl FnMut(SubmitEvent)) {
        let turn = Turn::default();
        let sent = turn.clone();
        (
            move |event| turn.search(event.target(), false),
            move |event| {
                event.prevent_default();
                sent.search(event.target(), true);
            },
        )
    }

    /// Which search is the last one. An answer to anything older is dropped.
    #[derive(Clone, Default)]
    struct Turn(Rc<Cell<u32>>);

    impl Turn {
        /// Searches after a pause in typing, or at once when it was sent off.
        fn search(&self, target: Option<EventTarget>, at_once: bool) {
            let Some((text, category)) = target.and_then(|target| asked(&target, at_once)) else {
                return;
            };
            let mine = self.0.get().wrapping_add(1);
            self.0.set(mine);
            let turn = Rc::clone(&self.0);
            spawn_local(async move {
                if !at_once {
                    page::sleep(TYPING_PAUSE_MILLISECONDS).await;
                }
                if turn.get() != mine {
                    return;
                }
                slot::busy(RESULTS, true);
                let found = search_products(text, category).await;
                if turn.get() != mine {
                    return;
                }
                slot::busy(RESULTS, false);
                match found {
                    Ok(fragment) => slot::fill(RESULTS, &fragment),
                    Err(error) => slot::failed(RESULTS, &error),
                }
            });
        }
    }

    /// What is sought, and where. The event comes from the field or from its form.
    fn asked(target: &EventTarget, sent: bool) -> Option<(String, String)> {
        let form = target.dyn_ref::<Element>()?.closest("form").ok()??;
        let field = |named: &str| {
            let field = form.query_selector(named).ok()??;
            Some(field.unchecked_into::<HtmlInputElement>())
        };
        let category = field("[name=c]").map(|field| field.value());
        let field = field("[name=q]")?;
        if sent {
            // The list is what was asked for, and the keyboard hides it.
            let _ = field.blur();
        }
        Some((field.value(), category.unwrap_or_default()))
    }
}
