//! `starfront shop pause|resume`.

use super::{CommandError, open_shop, say};
use crate::cli::ShopSwitch;

pub(super) async fn run(switch: &ShopSwitch) -> Result<(), CommandError> {
    let paused = matches!(switch, ShopSwitch::Pause);
    open_shop().await?.set_paused(paused).await?;
    say(if paused {
        "The shop is paused: nothing can be bought, buyers keep what they have."
    } else {
        "The shop sells again."
    });
    Ok(())
}
