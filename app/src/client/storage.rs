//! The browser's storage, which some clients forbid: then nothing is kept, and nothing breaks.

use web_sys::Storage;

/// A place where texts are kept.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// Until the tab, or the Mini App, is closed.
    Tab,
    /// For good.
    Device,
}

impl Place {
    fn storage(self) -> Option<Storage> {
        let window = web_sys::window()?;
        match self {
            Self::Tab => window.session_storage().ok()?,
            Self::Device => window.local_storage().ok()?,
        }
    }

    /// What is kept under a name.
    pub(crate) fn get(self, name: &str) -> Option<String> {
        self.storage()?.get_item(name).ok()?
    }

    /// Keeps a text, where that is possible.
    pub(crate) fn set(self, name: &str, text: &str) {
        if let Some(storage) = self.storage() {
            let _ = storage.set_item(name, text);
        }
    }

    /// Forgets a text.
    pub(crate) fn remove(self, name: &str) {
        if let Some(storage) = self.storage() {
            let _ = storage.remove_item(name);
        }
    }
}
