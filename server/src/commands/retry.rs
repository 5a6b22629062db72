//! `starfront retry ROW`.

use shop::domain::EffectId;

use super::{CommandError, open_shop, say};
use crate::clock::now;

pub(super) async fn run(row: &str) -> Result<(), CommandError> {
    let id: EffectId = row.parse().map_err(|_| {
        CommandError::Told(format!(
            "{row:?} is no row: 32 hex digits, as in the log line that says it was put aside"
        ))
    })?;
    if !open_shop().await?.revive(id, now()).await? {
        return Err(CommandError::Told(format!(
            "no update or effect {id} was put aside"
        )));
    }
    say("It is tried again within seconds, by the running shop.");
    Ok(())
}
