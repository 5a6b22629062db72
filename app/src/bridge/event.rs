//! Events of the client and of the page.

use js_sys::Function;
use wasm_bindgen::{JsCast, closure::Closure};

use super::web_app::{WebApp, client};

/// A handler that is taken off when dropped.
pub struct Handler {
    app: WebApp,
    event: &'static str,
    closure: Closure<dyn FnMut()>,
}

impl Handler {
    /// Listens to an event of the client (`backButtonClicked`, `activated`…).
    pub fn on(event: &'static str, act: impl FnMut() + 'static) -> Option<Self> {
        let app = client()?;
        let closure = Closure::<dyn FnMut()>::new(act);
        app.on_event(event, function(&closure));
        Some(Self {
            app,
            event,
            closure,
        })
    }
}

impl Drop for Handler {
    fn drop(&mut self) {
        self.app.off_event(self.event, function(&self.closure));
    }
}

fn function(closure: &Closure<dyn FnMut()>) -> &Function {
    closure.as_ref().unchecked_ref()
}
