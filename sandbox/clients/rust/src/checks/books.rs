//! A bot's books beyond plain sales: affiliates, withdrawals, debts, and rows of other kinds.

use super::calls::{DAY, STAR, count, id, nanos, only_row, rows, sell, sum, user};
use crate::world::{World, refused};
use crate::{Check, Outcome};
use frankenstein::methods::{GetStarTransactionsParams, RefundStarPaymentParams};
use frankenstein::payments::{
    RevenueWithdrawalState, StarTransaction, TransactionPartner, TransactionPartnerFragment,
};
use frankenstein::{Error, TelegramApi};
use serde_json::json;

pub const ALL: &[Check] = &[
    ("affiliate: a cut to the billionth of a Star", affiliate),
    ("withdrawals: pending, succeeded, failed", withdrawals),
    (
        "balance below zero, after a chargeback of what was withdrawn",
        debt,
    ),
    (
        "getStarTransactions: advertising, broadcasts, affiliate programs, others",
        others,
    ),
    // The last to look at the books: from then on, this client can't read them.
    (
        "affiliate: the cut comes back with a refund",
        affiliate_back,
    ),
];

/// Seconds for which Telegram holds Stars back before they can be withdrawn, and a day more.
const HOLD: u32 = 22 * DAY;
/// The smallest withdrawal.
const LEAST: i64 = 1000;

fn affiliate(w: &mut World) -> Outcome {
    let (buyer, friend) = (w.desk.user("Kim", 100), w.desk.user("Lou", 0));
    w.desk.refer(buyer, friend, 55);
    let (rows, before) = (count(w), nanos(w));
    w.referred = (buyer, sell(w, buyer, 25, "referred"));
    let row = only_row(w, rows);
    assert_eq!((row.amount, row.nanostar_amount), (23, Some(625_000_000)));
    let cut = user(row.source).affiliate.unwrap();
    assert_eq!((cut.amount, cut.nanostar_amount), (1, Some(375_000_000)));
    assert_eq!(cut.commission_per_mille, 55);
    assert_eq!(cut.affiliate_user.unwrap().id, id(friend));
    assert_eq!(nanos(w), before + 23 * STAR + 625_000_000);
    Ok(())
}

fn affiliate_back(w: &mut World) -> Outcome {
    // A bot in debt gives nothing back.
    let rich = w.desk.user("Rob", 5000);
    sell(w, rich, 4000, "out-of-debt");
    let rows = count(w);
    let (buyer, charge) = w.referred.clone();
    let params = RefundStarPaymentParams::builder().user_id(id(buyer));
    let params = params.telegram_payment_charge_id(charge).build();
    assert!(w.bot.refund_star_payment(&params).unwrap().result);
    let page = GetStarTransactionsParams::builder()
        .offset(u32::try_from(rows).unwrap())
        .limit(100)
        .build();
    match w.bot.get_star_transactions(&page) {
        Err(Error::JsonDecode { input, .. }) => {
            let cut = r#""amount":-1,"commission_per_mille":55,"nanostar_amount":-375000000"#;
            assert!(input.contains(cut), "{input}");
            Err(
                "AffiliateInfo has unsigned numbers, where the Bot API has them negative for \
                 refunds; the suite looks at the answer's text",
            )
        }
        other => panic!("this client reads a cut that comes back by now: {other:?}"),
    }
}

/// A row of Fragment: its id, whether it came in, and what became of the withdrawal.
fn fragment(row: StarTransaction) -> (String, bool, Option<RevenueWithdrawalState>) {
    let is_in = row.source.is_some();
    match row.source.or(row.receiver) {
        Some(TransactionPartner::Fragment(TransactionPartnerFragment { withdrawal_state })) => {
            (row.id, is_in, withdrawal_state)
        }
        other => panic!("not Fragment: {other:?}"),
    }
}

fn withdrawals(w: &mut World) -> Outcome {
    let rich = w.desk.user("Mia", 10_000);
    w.large = sell(w, rich, 3000, "large");
    assert_eq!(w.desk.withdraw(sum(w)).unwrap_err(), "balance_too_low");
    w.desk.advance(HOLD);
    let (known, before) = (count(w), sum(w));
    let kept = w.desk.withdraw(2000).unwrap();
    let lost = w.desk.withdraw(LEAST).unwrap();
    assert_eq!(sum(w), before - 3000);
    for row in rows(w, known, 100) {
        let (_, is_in, state) = fragment(row);
        assert!(!is_in && matches!(state, Some(RevenueWithdrawalState::Pending(_))));
    }
    w.desk.end_withdrawal(&kept, "succeeded");
    w.desk.end_withdrawal(&lost, "failed");
    let [good, bad, back] = <[_; 3]>::try_from(rows(w, known, 100)).expect("three rows");
    assert_eq!(good.amount, 2000);
    let (of, is_in, Some(RevenueWithdrawalState::Succeeded(end))) = fragment(good) else {
        panic!("not paid out")
    };
    assert!(of == kept && !is_in && end.url.starts_with("https://fragment.com/"));
    assert!(end.date.abs_diff(w.desk.now()) < 60);
    let (of, is_in, state) = fragment(bad);
    assert!(of == lost && !is_in && matches!(state, Some(RevenueWithdrawalState::Failed(_))));
    assert_eq!(fragment(back), (lost, true, None));
    assert_eq!(sum(w), before - 2000);
    Ok(())
}

fn debt(w: &mut World) -> Outcome {
    w.desk.advance(HOLD);
    w.desk.withdraw(sum(w) - 500).unwrap();
    let left = sum(w);
    w.desk.chargeback(&w.large);
    let told = w.message(|message| message.refunded_payment.as_deref().cloned());
    assert_eq!(told.telegram_payment_charge_id, w.large);
    assert_eq!(sum(w), left - 3000);
    assert!(sum(w) < 0);
    let buyer = w.desk.user("Ned", 10);
    let charge = sell(w, buyer, 10, "in-debt");
    assert_eq!(sum(w), left - 2990);
    let params = RefundStarPaymentParams::builder().user_id(id(buyer));
    let params = params.telegram_payment_charge_id(charge).build();
    refused(w.bot.refund_star_payment(&params), 400, "BALANCE_TOO_LOW");
    Ok(())
}

fn others(w: &mut World) -> Outcome {
    let sponsor = w.desk.user("Oda", 0);
    let known = count(w);
    let user = json!({ "id": sponsor, "is_bot": false, "first_name": "Oda" });
    let program =
        json!({ "type": "affiliate_program", "commission_per_mille": 70, "sponsor_user": user });
    w.desk
        .book("out", 300, 0, json!({ "type": "telegram_ads" }));
    let broadcast = json!({ "type": "telegram_api", "request_count": 40 });
    w.desk.book("out", 4, 0, broadcast);
    w.desk.book("in", 1, 500_000_000, program);
    w.desk.book("in", 2, 0, json!({ "type": "other" }));
    let [ads, api, share, other] = <[_; 4]>::try_from(rows(w, known, 100)).expect("four rows");
    assert_eq!(ads.amount, 300);
    assert!(matches!(
        ads.receiver,
        Some(TransactionPartner::TelegramAds(_))
    ));
    let Some(TransactionPartner::TelegramApi(api)) = api.receiver else {
        panic!("no broadcast: {api:?}")
    };
    assert_eq!(api.request_count, 40);
    assert_eq!(
        (share.amount, share.nanostar_amount),
        (1, Some(500_000_000))
    );
    let Some(TransactionPartner::AffiliateProgram(program)) = share.source else {
        panic!("no program: {share:?}")
    };
    assert_eq!(
        (program.commission_per_mille, program.sponsor_user.id),
        (70, id(sponsor))
    );
    assert!(matches!(other.source, Some(TransactionPartner::Other(_))));
    Ok(())
}
