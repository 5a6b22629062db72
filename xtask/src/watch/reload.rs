//! Live reload: the socket that Leptos's own script in the page connects to.

use crate::failure::{Done, OrSay};
use std::{
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};
use tungstenite::{Message, WebSocket};

type Pages = Arc<Mutex<Vec<WebSocket<TcpStream>>>>;

/// What Leptos's script understands as "load the page again".
const ALL: &str = r#"{"css":null,"view":null,"all":true}"#;

/// The open pages.
pub(crate) struct Reload(Pages);

impl Reload {
    /// Takes in pages from now on.
    pub(crate) fn listen(port: u16) -> Done<Self> {
        let pages = Pages::default();
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .or_say("The live reload socket can't be opened")?;
        let arriving = Arc::clone(&pages);
        thread::spawn(move || {
            for stream in socket.incoming().flatten() {
                if let Ok(page) = tungstenite::accept(stream) {
                    arriving
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(page);
                }
            }
        });
        Ok(Self(pages))
    }

    /// Tells every page to load itself again; it connects anew by itself.
    pub(crate) fn send(&self) {
        for mut page in self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .drain(..)
        {
            let _ = page
                .send(Message::text(ALL))
                .and_then(|()| page.close(None));
        }
    }
}
