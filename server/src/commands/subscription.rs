//! `starfront subscription show|stop|allow`: rights for a time, and whether they renew.

use shop::domain::{OrderId, RenewalChange, StoppedBy, Subscription, SubscriptionState};

use super::{CommandError, open_shop, order::order_id, say, words};
use crate::{cli::SubscriptionAction, clock::now};

pub(super) async fn run(action: &SubscriptionAction) -> Result<(), CommandError> {
    match action {
        SubscriptionAction::Show { id } => show(order_id(id)?).await,
        SubscriptionAction::Stop { id } => {
            let stop = RenewalChange::Stop(StoppedBy::Seller);
            let done = "Stopped: the running shop tells Telegram within seconds.";
            change(order_id(id)?, stop, done).await
        }
        SubscriptionAction::Allow { id } => {
            let allow = RenewalChange::Allow(StoppedBy::Seller);
            let done = "Allowed: the buyer can turn it on again in Telegram.";
            change(order_id(id)?, allow, done).await
        }
    }
}

async fn show(order: OrderId) -> Result<(), CommandError> {
    let known = open_shop().await?.subscription(order).await?;
    let known = known.ok_or_else(|| none_of(order))?;
    for line in described(&known) {
        say(&line);
    }
    Ok(())
}

fn described(known: &Subscription) -> Vec<String> {
    let what = if known.term.renews() {
        "subscription"
    } else {
        "pass"
    };
    let mut lines = vec![
        format!("{what} “{}” of buyer {}", known.title, known.buyer),
        format!(
            "{} Stars for {} seconds",
            known.price,
            known.term.seconds().unwrap_or_default()
        ),
        format!("paid until {}", words::told(known.paid_until)),
    ];
    if known.credit > 0 {
        lines.push(format!(
            "{} seconds on top, left of the plan before",
            known.credit
        ));
    }
    lines.push(match (known.state, known.stopped_by) {
        (SubscriptionState::Active, _) if known.will_renew() => "renews".to_owned(),
        (SubscriptionState::Active, _) => "ends then".to_owned(),
        (SubscriptionState::Canceled, Some(by)) => {
            format!("does not renew: stopped by {by}")
        }
        (SubscriptionState::Failed, _) => format!(
            "Telegram could not charge; the goods stay until {}",
            words::told(known.ends_at())
        ),
        (state, _) => format!("over: {}", state.as_str()),
    });
    lines
}

async fn change(order: OrderId, change: RenewalChange, done: &str) -> Result<(), CommandError> {
    let shop = open_shop().await?;
    if shop.change_renewal(order, None, change, now()).await? {
        say(done);
        return Ok(());
    }
    let known = shop.subscription(order).await?;
    let known = known.ok_or_else(|| none_of(order))?;
    Err(CommandError::Told(format!(
        "order {order}: {}",
        why_unchanged(&known, change)
    )))
}

/// Why a change of the renewal changes nothing.
fn why_unchanged(known: &Subscription, change: RenewalChange) -> String {
    if !known.term.renews() {
        return "it is a pass, which nobody renews".to_owned();
    }
    if !known.state.is_running() {
        return format!("it is over ({}), so nothing renews", known.state.as_str());
    }
    match (change, known.stopped_by) {
        (RenewalChange::Stop(_), Some(by)) => format!("its renewal is stopped already, by {by}"),
        (_, Some(by)) => format!("its renewal was not stopped by the seller, but by {by}"),
        (_, None) => "its renewal is not stopped".to_owned(),
    }
}

fn none_of(order: OrderId) -> CommandError {
    CommandError::NotThere(format!("order {order} began no subscription or pass"))
}
