//! `starfront order show|refund`, `charge show|refund`: what happened to a payment, and giving it back.

use shop::domain::{
    ChargeId, ChargeState, Event, OrderId, OrderState, ProductCode, RefundRule, Refundable,
    UnixSeconds,
};

use super::{CommandError, open_shop, say, words};
use crate::{
    cli::{ChargeAction, OrderAction, RefundArguments},
    clock::now,
};

pub(super) async fn run(action: &OrderAction) -> Result<(), CommandError> {
    match action {
        OrderAction::Show { id } => show(order_id(id)?).await,
        OrderAction::Refund(arguments) => match (&arguments.id, &arguments.all_of) {
            (Some(id), None) => refund(order_id(id)?).await,
            (None, Some(product)) => refund_all(product, arguments).await,
            _ => Err(CommandError::Told(
                "name either one order, or a product with --all-of".to_owned(),
            )),
        },
    }
}

/// `starfront charge show|refund ID`.
pub(super) async fn charge(action: &ChargeAction) -> Result<(), CommandError> {
    let (ChargeAction::Show { id } | ChargeAction::Refund { id }) = action;
    let charge: ChargeId = id.parse().map_err(|_| {
        CommandError::Told(format!(
            "{id:?} is no charge id: Telegram's, as in a receipt"
        ))
    })?;
    match action {
        ChargeAction::Show { .. } => {
            let story = open_shop().await?.charge_story(&charge).await?;
            tell(&story, || no_charge(&charge))
        }
        ChargeAction::Refund { .. } => refund_charge(&charge).await,
    }
}

fn no_charge(charge: &ChargeId) -> String {
    format!("no charge {charge} is booked")
}

async fn show(order: OrderId) -> Result<(), CommandError> {
    let story = open_shop().await?.order_story(order).await?;
    tell(&story, || format!("there is no order {order}"))
}

/// One line for each thing that happened.
fn tell(story: &[Event], nothing: impl Fn() -> String) -> Result<(), CommandError> {
    if story.is_empty() {
        return Err(CommandError::NotThere(nothing()));
    }
    for event in story {
        say(&format!("{}  {}", words::told(event.at), event.what));
    }
    Ok(())
}

async fn refund(order: OrderId) -> Result<(), CommandError> {
    let shop = open_shop().await?;
    if shop.queue_refund(order, now()).await? {
        say(QUEUED);
        return Ok(());
    }
    Err(match shop.order_state(order).await? {
        None => CommandError::NotThere(format!("there is no order {order}")),
        Some(OrderState::Refunded) => {
            CommandError::Told(format!("the Stars of order {order} went back already"))
        }
        Some(state) if state.is_granted() => {
            CommandError::Told(format!("the refund of order {order} is on its way already"))
        }
        Some(_) => CommandError::Told(format!("order {order} is not paid, so nothing goes back")),
    })
}

async fn refund_charge(charge: &ChargeId) -> Result<(), CommandError> {
    let shop = open_shop().await?;
    if shop.queue_charge_refund(charge, now()).await? {
        say(QUEUED);
        return Ok(());
    }
    Err(match shop.charge_state(charge).await? {
        None => CommandError::NotThere(no_charge(charge)),
        Some(ChargeState::Refunded) => {
            CommandError::Told(format!("the Stars of charge {charge} went back already"))
        }
        Some(_) => CommandError::Told(format!(
            "the refund of charge {charge} is on its way already"
        )),
    })
}

const QUEUED: &str = "The refund is queued; the running shop carries it out within seconds.";

async fn refund_all(product: &str, arguments: &RefundArguments) -> Result<(), CommandError> {
    let rule = RefundRule {
        product: product.parse::<ProductCode>().map_err(|_| {
            CommandError::Told(format!("{product:?} is no product code, as in shop.toml"))
        })?,
        since: time(arguments.since.as_deref(), UnixSeconds(0))?,
        until: time(arguments.until.as_deref(), UnixSeconds(i64::MAX))?,
    };
    let shop = open_shop().await?;
    if arguments.dry_run {
        let meant = shop.refundable(&rule).await?;
        for Refundable { order, stars, .. } in &meant {
            say(&format!("{order}  {stars} Stars"));
        }
        let stars: u64 = meant.iter().map(|meant| meant.stars.0).sum();
        let count = meant.len();
        let more = if i64::try_from(count) == Ok(shop::limits::REFUNDS_BATCH) {
            ", and there may be more"
        } else {
            ""
        };
        say(&format!(
            "{count} purchases, {stars} Stars{more}; nothing was queued."
        ));
        return Ok(());
    }
    let queued = shop.queue_refunds(&rule, now()).await?;
    say(&format!(
        "{queued} refunds are queued; the running shop carries them out one after the other."
    ));
    Ok(())
}

fn time(text: Option<&str>, otherwise: UnixSeconds) -> Result<UnixSeconds, CommandError> {
    text.map_or(Ok(otherwise), words::read)
}

pub(super) fn order_id(id: &str) -> Result<OrderId, CommandError> {
    id.parse().map_err(|_| {
        CommandError::Told(format!(
            "{id:?} is no order id: 32 hex digits, as on the order's page"
        ))
    })
}
