//! Whether the bot may write.

use super::{answer::answer, web_app::client};

/// Asks the buyer whether the bot may write to them (clients since 6.9). Nothing when the client
/// cannot ask; the buyer is then told to press "Start" in the chat.
pub async fn request_write_access() -> Option<bool> {
    let app = client()?;
    answer(|done| app.request_write_access(done))
        .await?
        .as_bool()
}
