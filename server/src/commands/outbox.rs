//! `starfront outbox list|show|retry`: what is in trouble, and letting it be tried again.

use shop::domain::{EffectId, OwedRow, WholeRow};

use super::{CommandError, open_shop, say, words};
use crate::{cli::OutboxAction, clock::now};

pub(super) async fn run(action: &OutboxAction) -> Result<(), CommandError> {
    match action {
        OutboxAction::List => list().await,
        OutboxAction::Show { row } => show(row).await,
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
    let (id, shop) = (row_id(row)?, open_shop().await?);
    if shop.revive(id, now()).await? {
        say("It is tried again within seconds, by the running shop.");
        return Ok(());
    }
    let row = shop.row(id).await?.ok_or_else(|| not_there(id))?;
    Err(CommandError::Told(match row.state.as_str() {
        "dead" => format!("row {id} stays put aside: the same is owed by another row by now"),
        "done" => format!("row {id} is done, so there is nothing to try again"),
        "parked" => format!("row {id} waits {LEAVE}, and is tried then"),
        _ => format!(
            "row {id} is not put aside: it is tried by itself, next at {}",
            words::told(row.due_at)
        ),
    }))
}

async fn retry_all() -> Result<(), CommandError> {
    let revived = open_shop().await?.revive_all(now()).await?;
    say(&format!(
        "{revived} rows are tried again, by the running shop."
    ));
    Ok(())
}

async fn list() -> Result<(), CommandError> {
    let troubled = open_shop().await?.troubled().await?;
    if troubled.dead.is_empty() && troubled.waiting.is_empty() {
        say("Nothing is in trouble.");
    }
    for (rows, in_all, what) in [
        (&troubled.dead, troubled.dead_in_all, "put aside"),
        (&troubled.waiting, troubled.waiting_in_all, "that wait"),
    ] {
        rows.iter().for_each(|row| say(&line(row)));
        let more = in_all.saturating_sub(rows.len() as u64);
        if more > 0 {
            say(&format!("and {more} more {what}"));
        }
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

async fn show(row: &str) -> Result<(), CommandError> {
    let id = row_id(row)?;
    let row = open_shop().await?.row(id).await?;
    let row = row.ok_or_else(|| not_there(id))?;
    whole(id, &row).iter().for_each(|line| say(line));
    Ok(())
}

fn whole(id: EffectId, row: &WholeRow) -> Vec<String> {
    let (due, tries) = (words::told(row.due_at), row.tries);
    let state = match (row.state.as_str(), row.ended_at.map(words::told)) {
        ("waiting", _) => format!("waits; tried {tries} times, next at {due}"),
        ("dead", Some(at)) => format!("put aside at {at}, after {tries} tries"),
        ("dead", None) => "put aside as it came".to_owned(),
        ("parked", _) => format!("waits {LEAVE}; tried {tries} times"),
        (_, at) => format!("done at {}, tried {tries} times", at.unwrap_or(due)),
    };
    let mut lines = vec![
        format!("row    {id}"),
        format!("what   {}", row.what),
        format!("since  {}", words::told(row.since)),
        format!("state  {state}"),
    ];
    let charge = row.what.charge().map(|charge| charge.to_string());
    for (name, value) in [
        ("why    ", row.why.clone()),
        ("buyer  ", row.what.buyer().map(|buyer| buyer.to_string())),
        ("order  ", row.order.map(|order| order.to_string())),
        ("charge ", charge),
    ] {
        lines.extend(value.map(|value| format!("{name}{value}")));
    }
    lines.push(row.raw.clone());
    lines
}

/// What a parked row waits for.
const LEAVE: &str = "until the bot may write to them, or until a version knows what it says";

fn row_id(row: &str) -> Result<EffectId, CommandError> {
    row.parse().map_err(|_| {
        CommandError::Told(format!(
            "{row:?} is no row: 32 hex digits, as in the log line that says it was put aside"
        ))
    })
}

fn not_there(id: EffectId) -> CommandError {
    CommandError::NotThere(format!("there is no update or effect {id}"))
}
