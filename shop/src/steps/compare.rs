//! Our books beside Telegram's, once all of its rows were read and worked.

use serde_json::json;

use super::work_row::{raise, ring};
use crate::{
    domain::{Balance, ChargeId, DifferenceCode, Finding, UnixSeconds, UserId},
    limits,
    store::{
        Conn, Database, Safety, StoreError, charge, difference,
        star_row::{self, Expected},
    },
};

/// How our books and Telegram's compare.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Differences that were not known before.
    pub found: Vec<Finding>,
    /// How many went away by themselves.
    pub gone: u64,
}

/// What Telegram says that the bot has, and how many rows of its ledger made it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TelegramBalance {
    /// What the bot has.
    pub balance: Balance,
    /// Rows of the ledger by then.
    pub rows: u64,
}

/// Compares. Balances are compared where they are of one moment: `balance` is given, and no other
/// row was read since.
pub(crate) async fn compare(
    db: &Database,
    balance: Option<TelegramBalance>,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<Comparison, StoreError> {
    let mut reader = db.read().await?;
    let before = now.plus(-limits::LEDGER_GRACE_SECONDS);
    let most = limits::DIFFERENCES_MOST;
    let mut findings = Vec::new();
    for id in charge::unseen(&mut reader, before, most).await? {
        let code = DifferenceCode::ChargeNotInTelegram;
        findings.push(missing(&mut reader, code, &id).await?);
    }
    for id in charge::back_unseen(&mut reader, before, most).await? {
        let code = DifferenceCode::RefundNotInTelegram;
        findings.push(missing(&mut reader, code, &id).await?);
    }
    let expected = star_row::expected(&mut reader).await?;
    let balance = balance.filter(|asked| asked.rows == expected.rows_read && !expected.unworked);
    let gap = balance.and_then(|asked| balance_differs(asked.balance, &expected));
    drop(reader);

    let mut compared = Comparison::default();
    let mut tx = db.begin(Safety::Durable).await?;
    compared.gone = difference::end_seen(&mut tx, now).await?;
    if balance.is_some() {
        compared.gone += difference::end_balances(&mut tx, gap.as_ref(), now).await?;
    }
    findings.extend(gap);
    for finding in findings {
        if raise(&mut tx, &finding, owners, now).await? {
            compared.found.push(finding);
        }
    }
    // What goes on is told again, and what came after the day's word is told the next day.
    for kind in difference::open_kinds(&mut tx).await? {
        ring(&mut tx, kind, owners, now).await?;
    }
    tx.commit().await?;
    Ok(compared)
}

/// Telegram lacks a charge of ours, or its refund.
async fn missing(
    conn: &mut Conn,
    code: DifferenceCode,
    id: &ChargeId,
) -> Result<Finding, StoreError> {
    Ok(Finding {
        code,
        subject: id.to_string(),
        ours: charge::described(conn, id).await?,
        theirs: json!({}),
    })
}

/// The balance, but for what Telegram's ledger is yet to show.
fn balance_differs(theirs: Balance, ours: &Expected) -> Option<Finding> {
    let [payments, refunds] = [ours.payments, ours.refunds].map(|stars| Balance::new(stars, 0));
    let expected = Balance {
        nanostars: ours.books.nanostars - payments.nanostars + refunds.nanostars,
    };
    let by = Balance {
        nanostars: theirs.nanostars - expected.nanostars,
    };
    (by.nanostars != 0).then(|| Finding {
        code: DifferenceCode::BalanceDiffers,
        // The same gap is the same difference, whatever is sold meanwhile.
        subject: format!("balance {}", by.in_stars()),
        ours: json!({
            "books": ours.books.in_stars(),
            "payments_not_yet_in_telegram": ours.payments,
            "refunds_not_yet_in_telegram": ours.refunds,
            "expected": expected.in_stars(),
        }),
        theirs: json!({ "balance": theirs.in_stars() }),
    })
}
