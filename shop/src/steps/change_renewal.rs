//! Somebody stops the renewal of a subscription, or lets it go on: the buyer in Telegram, the buyer
//! in the shop, or the seller. Or Telegram could not charge.

use super::subscribe::owe_switch;
use crate::{
    domain::{Note, Occasion, OrderId, RenewalChange, Subscription, UnixSeconds, UserId},
    limits,
    store::{Conn, Database, Safety, StoreError, event, outbox, subscription},
};

/// Changes the renewal of a subscription; only the buyer's own, where one is named. False when
/// there is nothing to change.
pub(crate) async fn change_renewal(
    db: &Database,
    order: OrderId,
    buyer: Option<UserId>,
    change: RenewalChange,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    for _ in 0..limits::STEP_TRIES {
        let mut tx = db.begin(Safety::Durable).await?;
        let Some(known) = subscription::get(&mut tx, order).await? else {
            return Ok(false);
        };
        let was = &known.subscription;
        let others = buyer.is_some_and(|buyer| buyer != was.buyer);
        let Some(next) = was
            .with_renewal(change)
            .filter(|_| was.term.renews() && !others)
        else {
            return Ok(false);
        };
        if change == RenewalChange::Fail && is_made_good(&mut tx, was, now).await? {
            return Ok(false);
        }
        if !subscription::save(&mut tx, &known, &next, now).await? {
            continue;
        }
        if was.is_stopped_by_shop() != next.is_stopped_by_shop() {
            owe_switch(&mut tx, &next, now).await?;
        }
        let occasion = match change {
            RenewalChange::Stop(by) => Occasion::Stopped { by },
            RenewalChange::Allow(by) => Occasion::Allowed { by },
            RenewalChange::Fail => Occasion::NotCharged,
        };
        event::note(&mut tx, &[(order, occasion)], now).await?;
        if change == RenewalChange::Fail {
            tell_of_failure(&mut tx, &next, now).await?;
        }
        tx.commit().await?;
        return Ok(true);
    }
    Err(StoreError::Contended)
}

/// Whether word of a failed charge is older than the charge that made it good: updates come in order,
/// but Telegram's ledger may have been read before them.
async fn is_made_good(
    conn: &mut Conn,
    paid: &Subscription,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    Ok(paid.is_just_paid(now) && subscription::is_last_from_ledger(conn, paid.order).await?)
}

async fn tell_of_failure(
    conn: &mut Conn,
    failed: &Subscription,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let note = Note::RenewalFailed {
        title: failed.title.clone(),
        until: failed.ends_at(),
    };
    let about = format!("{}:{}", failed.order, failed.paid_until.0);
    outbox::owe_note(conn, failed.buyer, &about, note, now).await
}
