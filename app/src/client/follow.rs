//! Following an order until it is settled: the server's stream, and polling behind it.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventSource, MessageEvent};

use super::{page, session::with_session};
use crate::{
    api::{Stage, get_order},
    limits::POLL_MILLISECONDS,
    paths,
};

/// Tells of an order's stages as the server knows them. Dropping it ends the following.
pub struct Follow {
    _heard: Option<Closure<dyn FnMut(MessageEvent)>>,
    shared: Rc<Shared>,
}

struct Shared {
    order: String,
    stream: RefCell<Option<EventSource>>,
    last: Cell<Option<Stage>>,
    ended: Cell<bool>,
    tell: RefCell<Box<dyn FnMut(Stage)>>,
}

impl Follow {
    /// Starts to follow. `tell` hears each new stage once.
    pub fn start(order: &str, ticket: &str, tell: impl FnMut(Stage) + 'static) -> Self {
        let shared = Rc::new(Shared {
            order: order.to_owned(),
            stream: RefCell::default(),
            last: Cell::new(None),
            ended: Cell::new(false),
            tell: RefCell::new(Box::new(tell)),
        });
        let mut follow = Self {
            _heard: None,
            shared,
        };
        follow.open_stream(ticket);
        follow.poll();
        follow
    }

    fn open_stream(&mut self, ticket: &str) {
        let address = paths::order_events(&self.shared.order, ticket);
        let Ok(stream) = EventSource::new(&address) else {
            return;
        };
        let shared = Rc::clone(&self.shared);
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(stage) = event
                .data()
                .as_string()
                .and_then(|word| Stage::from_word(&word))
            {
                shared.heard(stage);
            }
        });
        let _ = stream.add_event_listener_with_callback("state", heard.as_ref().unchecked_ref());
        self.shared.stream.replace(Some(stream));
        self._heard = Some(heard);
    }

    /// Asks now and then, less and less often: streams break without saying so on phones that
    /// slept, and some networks hold them back.
    fn poll(&self) {
        let shared = Rc::clone(&self.shared);
        spawn_local(async move {
            let (mut wait, longest) = POLL_MILLISECONDS;
            while !shared.ended.get() {
                page::sleep(wait).await;
                if shared.ended.get() {
                    return;
                }
                // Paid is what was waited for; that it is in the chat too, the stream may tell.
                if shared.last.get() == Some(Stage::Paid) {
                    return;
                }
                if let Ok(view) = with_session(|| get_order(shared.order.clone(), true)).await {
                    shared.heard(view.stage);
                }
                wait = (wait * 2).min(longest);
            }
        });
    }
}

impl Shared {
    fn heard(&self, stage: Stage) {
        let last = self.last.get();
        // An answer that was under way for long must not undo what is known since.
        let stale = last.is_some_and(Stage::is_paid) && !stage.is_settled();
        if self.ended.get() || stale || last == Some(stage) {
            return;
        }
        self.last.set(Some(stage));
        if stage.is_settled() && stage != Stage::Paid {
            self.end();
        }
        (self.tell.borrow_mut())(stage);
    }

    /// Stops listening. A browser would open a stream that ended again and again.
    fn end(&self) {
        self.ended.set(true);
        if let Some(stream) = self.stream.take() {
            stream.close();
        }
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        self.shared.end();
    }
}
