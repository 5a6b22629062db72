//! `starfront outbox list|retry`: what is in trouble, and letting it be tried again.

use shop::domain::{EffectId, OwedRow};

use super::{CommandError, open_shop, say, words};
use crate::{cli::OutboxAction, clock::now};

pub(super) async fn run(action: &OutboxAction) -> Result<(), CommandError> {
    match action {
        OutboxAction::List => list().await,
        OutboxAction::Retry {
            row: Some(row),
            all: false,
        } => retry(row).await,
        OutboxAction::Retry {
            row: None,
            all: true,
        } => retry_all().await,
        OutboxAction::Retry { .. } => Err(CommandError::Told(
            "name either one row, or --all".to_owned(),
        )),
    }
}

/// `starfront outbox retry ROW`, and `starfront retry ROW`.
pub(super) async fn retry(row: &str) -> Result<(), CommandError> {
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

async fn retry_all() -> Result<(), CommandError> {
    let shop = open_shop().await?;
    let mut revived = 0;
    for row in shop.troubled().await?.iter().filter(|row| row.dead) {
        revived += u32::from(shop.revive(row.id, now()).await?);
    }
    say(&format!(
        "{revived} rows are tried again, by the running shop."
    ));
    Ok(())
}

async fn list() -> Result<(), CommandError> {
    let troubled = open_shop().await?.troubled().await?;
    if troubled.is_empty() {
        say("Nothing is in trouble.");
    }
    for row in &troubled {
        say(&line(row));
    }
    Ok(())
}

fn line(row: &OwedRow) -> String {
    let state = match row.next {
        None => "put aside".to_owned(),
        Some(next) => format!("tried again at {}", words::told(next)),
    };
    let (id, since) = (row.id, words::told(row.since));
    let (what, tries, why) = (&row.what, row.tries, &row.why);
    format!("{id}  since {since}  {what}: {state}, after {tries} tries, last trouble {why}")
}
