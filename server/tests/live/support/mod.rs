//! What every test starts from: a shop with a small catalogue, and the Telegram around it.

mod buyer;
mod catalogue;
mod folder;
mod process;
mod sandbox;
mod settings;
mod shop;
mod telegram;

pub use self::{
    buyer::{Buyer, Opened},
    catalogue::GUIDE,
    folder::Folder,
    process::Process,
    sandbox::Sandbox,
    settings::{Settings, TOKEN},
    shop::{Refused, TestShop},
    telegram::{Answer, Call, FakeTelegram, SCRIPT},
};

use std::time::Duration;

/// Longest wait for something that should come at once: generous, since it only bounds failures.
pub const SOON: Duration = Duration::from_secs(20);

/// Tries until a value is there.
pub async fn eventually<T, F>(what: &str, mut look: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    let tries = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let found = tokio::time::timeout(SOON, tries).await;
    found.unwrap_or_else(|_| panic!("waited in vain: {what}"))
}
