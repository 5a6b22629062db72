//! `starfront reconcile`, `starfront ledger check|accept`: our books and Telegram's.

use std::sync::Arc;

use shop::{
    Shop,
    domain::{Difference, EffectId},
};

use super::{CommandError, open_shop, say, words};
use crate::{
    cli::LedgerAction,
    clock::now,
    config::Config,
    serve,
    workers::{
        pace::Pace,
        reconcile::{Reconciler, Report},
    },
};

/// Looks at Telegram's ledger once, and says what was found.
pub(super) async fn reconcile() -> Result<(), CommandError> {
    let telegram = serve::telegram_client(&Config::load()?)?;
    let shop = open_shop().await?;
    let pace = Arc::new(Pace::new(1));
    let reconciler = Reconciler::new(shop.clone(), telegram, pace);
    reconciler.read_again().await?;
    let looked = reconciler.look().await;
    let report = looked.map_err(|error| {
        CommandError::Told(format!("{error} ({}); what was read is kept", error.code()))
    })?;
    say(&summary(&report));
    let apart = told_apart(&shop).await;
    if let Some(trouble) = report.trouble {
        return Err(CommandError::Told(format!(
            "not all could be done: {trouble} ({}); it is tried again",
            trouble.code()
        )));
    }
    apart
}

pub(super) async fn run(action: &LedgerAction) -> Result<(), CommandError> {
    match action {
        LedgerAction::Check => check().await,
        LedgerAction::Accept { id } => accept(id).await,
    }
}

/// Says what each account holds, which rules are broken, and what differs. Asks nobody.
async fn check() -> Result<(), CommandError> {
    let shop = open_shop().await?;
    let books = shop.balances().await?;
    for (account, balance) in &books {
        say(&format!(
            "{:<10} {:>14}",
            account.as_str(),
            balance.in_stars()
        ));
    }
    let sum: i128 = books.iter().map(|(_, balance)| balance.nanostars).sum();
    let broken = shop.broken_rules().await?;
    for (rule, count) in &broken {
        say(&format!("broken: {rule}: {count}"));
    }
    let apart = told_apart(&shop).await;
    if sum != 0 || !broken.is_empty() {
        return Err(CommandError::BooksDiffer(
            "the books do not add up; please report this".to_owned(),
        ));
    }
    apart?;
    say("The books balance, every rule holds, and nothing differs from Telegram's ledger.");
    Ok(())
}

async fn accept(id: &str) -> Result<(), CommandError> {
    let difference: EffectId = id.parse().map_err(|_| {
        CommandError::Told(format!(
            "{id:?} is no difference: 32 hex digits, from `ledger check`"
        ))
    })?;
    if !open_shop()
        .await?
        .accept_difference(difference, now())
        .await?
    {
        return Err(CommandError::NotThere(format!(
            "no difference {difference} is open"
        )));
    }
    say("Accepted: it is no alarm any more.");
    Ok(())
}

/// Shows both sides of every open difference, and fails when there are some.
async fn told_apart(shop: &Shop) -> Result<(), CommandError> {
    let open = shop.differences().await?;
    if open.is_empty() {
        return Ok(());
    }
    open.iter().flat_map(lines).for_each(|line| say(&line));
    let shown = open.len() as u64;
    let in_all = shop.differences_open().await?.max(shown);
    if in_all > shown {
        say(&format!("and {} more", in_all - shown));
    }
    Err(CommandError::BooksDiffer(format!(
        "{in_all} differences; look into each, then `starfront ledger accept ID`"
    )))
}

fn lines(difference: &Difference) -> [String; 3] {
    let finding = &difference.finding;
    let (id, found) = (difference.id, words::told(difference.found_at));
    [
        format!("{id}  {found}  {}: {}", finding.code, finding.subject),
        format!("    our books:  {}", finding.ours),
        format!("    Telegram's: {}", finding.theirs),
    ]
}

fn summary(report: &Report) -> String {
    format!(
        "{} rows were new: {} missed payments granted, {} going back, {} refunds from elsewhere, \
         {} other movements booked.",
        report.rows, report.granted, report.going_back, report.refunded, report.recorded
    )
}
