//! Search while typing.

use leptos::prelude::*;

/// Listens to the search form that it wraps and keeps the list below in step. Without scripts the
/// form leads to the same list.
#[island]
pub fn SearchBox(
    /// The category that is searched in; empty for all.
    category: String,
    /// The form.
    children: Children,
) -> impl IntoView {
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = category;
        view! { <div>{children()}</div> }
    }
    #[cfg(feature = "hydrate")]
    {
        let typing = browser::Typing::new(category);
        let submitted = typing.clone();
        view! {
            <div
                on:input=move |event| typing.heard(event.target(), false)
                on:submit=move |event| {
                    event.prevent_default();
                    submitted.heard(event.target(), true);
                }
            >
                {children()}
            </div>
        }
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::Cell, rc::Rc};

    use leptos::{task::spawn_local, web_sys};
    use wasm_bindgen::JsCast;
    use web_sys::{EventTarget, HtmlFormElement, HtmlInputElement};

    use crate::{
        api::search_products,
        client::{page, slot},
        limits::TYPING_PAUSE_MILLISECONDS,
    };

    /// What was typed last. An answer to anything older is dropped.
    #[derive(Clone)]
    pub(super) struct Typing {
        category: Rc<str>,
        turn: Rc<Cell<u32>>,
    }

    impl Typing {
        pub(super) fn new(category: String) -> Self {
            Self {
                category: category.into(),
                turn: Rc::default(),
            }
        }

        /// Searches after a pause in typing, or at once when it was sent off.
        pub(super) fn heard(&self, target: Option<EventTarget>, at_once: bool) {
            let Some(input) = target.and_then(input) else {
                return;
            };
            if at_once {
                // The list is what was asked for; the keyboard only hides it.
                let _ = input.blur();
            }
            let turn = self.turn.get().wrapping_add(1);
            self.turn.set(turn);
            let typing = self.clone();
            spawn_local(async move {
                if !at_once {
                    page::sleep(TYPING_PAUSE_MILLISECONDS).await;
                }
                if typing.turn.get() == turn {
                    typing.search(input.value(), turn).await;
                }
            });
        }

        async fn search(&self, text: String, turn: u32) {
            slot::busy("results", true);
            let found = search_products(text, self.category.to_string()).await;
            if self.turn.get() != turn {
                return;
            }
            slot::busy("results", false);
            match found {
                Ok(fragment) => slot::fill("results", &fragment),
                Err(error) => slot::failed("results", &error),
            }
        }
    }

    /// The field, whether it or its form was the event's target.
    fn input(target: EventTarget) -> Option<HtmlInputElement> {
        match target.dyn_into::<HtmlInputElement>() {
            Ok(input) => Some(input),
            Err(other) => {
                let form = other.dyn_into::<HtmlFormElement>().ok()?;
                form.query_selector("input[name=q]").ok()??.dyn_into().ok()
            }
        }
    }
}
