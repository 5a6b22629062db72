//! What every test starts from: a shop with a small catalogue, and the Telegram around it.

mod answer;
mod buyer;
mod catalogue;
mod database;
mod folder;
mod process;
mod sandbox;
mod settings;
mod shop;
mod telegram;

pub use self::{
    answer::Answer,
    buyer::{Buyer, Opened},
    catalogue::{GOODS_OF, GUIDE, write as write_catalogue},
    database::{Raw, postgres},
    folder::Folder,
    process::{Process, answers},
    sandbox::Sandbox,
    settings::{Settings, TOKEN},
    shop::{Refused, TestShop, write_site},
    telegram::{Call, FakeTelegram, SCRIPT},
};

use std::time::Duration;

/// Longest wait for something that should come at once: generous, since it only bounds failures.
pub const SOON: Duration = Duration::from_secs(20);

/// Longest wait for something that dying processes are in the way of.
const IN_THE_END: Duration = Duration::from_secs(120);

/// Tries until a value is there.
pub async fn eventually<T, F>(what: &str, look: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    within(SOON, what, look).await
}

/// The same for what may take its time.
pub async fn patiently<T, F>(what: &str, look: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    within(IN_THE_END, what, look).await
}

async fn within<T, F>(most: Duration, what: &str, mut look: impl FnMut() -> F) -> T
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
    let found = tokio::time::timeout(most, tries).await;
    found.unwrap_or_else(|_| panic!("waited in vain: {what}"))
}
