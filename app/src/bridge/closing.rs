//! Keeping the sheet open while something is under way.

use super::web_app::client;

/// While it lives, closing the Mini App asks first (clients since 6.2) and a swipe down does not
/// close it (since 7.7).
pub struct KeepOpen(());

impl KeepOpen {
    /// From now on.
    pub fn start() -> Self {
        if let Some(app) = client() {
            if super::version_at_least("6.2") {
                app.enable_closing_confirmation();
            }
            if super::version_at_least("7.7") {
                app.disable_vertical_swipes();
            }
        }
        Self(())
    }
}

impl Drop for KeepOpen {
    fn drop(&mut self) {
        if let Some(app) = client() {
            if super::version_at_least("6.2") {
                app.disable_closing_confirmation();
            }
            if super::version_at_least("7.7") {
                app.enable_vertical_swipes();
            }
        }
    }
}
