//! An order's page.

use leptos::prelude::*;

/// Puts the order in place of the skeleton that it wraps, and follows it until it is settled.
#[island]
pub fn OrderView(
    /// What stands there meanwhile.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::Screen::here().start();
    view! {
        <div id=SLOT aria-busy="true" aria-live="polite">
            {children()}
        </div>
    }
}

const SLOT: &str = "order";

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, rc::Rc};

    use wasm_bindgen_futures::spawn_local;

    use super::SLOT;
    use crate::{
        api::{ApiError, OrderView, Stage, get_order},
        bridge::{self, BottomButton, Haptic, Place},
        client::{follow::Follow, page, session::with_session, slot},
        phrase::Phrase,
    };

    /// The page's doings. It lives as long as the page.
    pub(super) struct Screen {
        id: String,
        follow: RefCell<Option<Follow>>,
        pay: RefCell<Option<BottomButton>>,
        shown: RefCell<Option<Stage>>,
    }

    impl Screen {
        /// For the order that the page's path names.
        pub(super) fn here() -> Rc<Self> {
            let path = page::path();
            Rc::new(Self {
                id: path.rsplit('/').next().unwrap_or_default().to_owned(),
                follow: RefCell::default(),
                pay: RefCell::default(),
                shown: RefCell::default(),
            })
        }

        pub(super) fn start(self: Rc<Self>) {
            spawn_local(async move { self.load().await });
        }

        async fn load(self: Rc<Self>) {
            let asked = with_session(|| get_order(self.id.clone(), false)).await;
            slot::busy(SLOT, false);
            match asked {
                Ok(view) => self.show(view),
                Err(error) => self.fail(&error),
            }
        }

        fn fail(&self, error: &ApiError) {
            // What is shown already is better than an error over it.
            if self.shown.borrow().is_none() {
                slot::failed(SLOT, error);
            }
        }

        fn show(self: Rc<Self>, view: OrderView) {
            let before = self.shown.replace(Some(view.stage));
            slot::fill(SLOT, &view.fragment);
            if view.stage.is_paid() && before.is_some_and(|stage| !stage.is_paid()) {
                bridge::feel(Haptic::Success);
                slot::burst(SLOT);
            }
            self.offer_to_pay(view.invoice_link);
            let done = view.stage.is_settled() && view.stage != Stage::Paid;
            if !done && self.follow.borrow().is_none() {
                self.clone().follow(&view.ticket);
            }
        }

        fn follow(self: Rc<Self>, ticket: &str) {
            let screen = Rc::clone(&self);
            let follow = Follow::start(&self.id, ticket, move |stage| {
                if *screen.shown.borrow() != Some(stage) {
                    Rc::clone(&screen).start();
                }
            });
            self.follow.replace(Some(follow));
        }

        /// The main button, as long as the order can be paid.
        fn offer_to_pay(self: &Rc<Self>, link: Option<String>) {
            let button = link.and_then(|link| {
                BottomButton::take(Place::Main, move || {
                    let link = link.clone();
                    spawn_local(async move {
                        // However it closes: the shop tells what became of it.
                        bridge::open_invoice(&link).await;
                    });
                })
            });
            if let Some(button) = &button {
                button.ready(&page::say(Phrase::GoOn));
            }
            self.pay.replace(button);
        }
    }
}
