//! Rows of Telegram's Star ledger, from Telegram's words into the shop's.

use sha2::{Digest, Sha256};
use shop::domain::{
    Amount, Balance, Buyer, Direction, StarRow, StarRowKind, Stars, UnixSeconds, UserId,
    WithdrawalState,
};
use telegram::stars::{
    self, StarAmount, StarTransaction, StarTransactions, TransactionPartner, UserPartner,
};

/// Telegram's word for a payment of an invoice, and for its refund the other way.
const INVOICE_PAYMENT: &str = "invoice_payment";

/// Telegram's words for what else passes between a user and the bot.
const NO_SALES: [&str; 4] = [
    "paid_media_payment",
    "gift_purchase",
    "premium_purchase",
    "business_account_transfer",
];

/// All rows of a page in Telegram's order: a row's place is how it is found again.
pub(super) fn star_rows(page: StarTransactions) -> Vec<StarRow> {
    let read = |row: Result<_, _>| row.map_or_else(unreadable, star_row);
    page.rows.into_iter().map(read).collect()
}

/// A row that was kept, as this version reads it.
pub(super) fn read_again(raw: serde_json::Value) -> StarRow {
    let page = serde_json::json!({ "transactions": [raw] });
    let page: Result<StarTransactions, _> = serde_json::from_value(page);
    let row = page.ok().and_then(|page| star_rows(page).pop());
    row.unwrap_or_else(|| unreadable(raw))
}

/// The buyers of a page that paid, as Telegram names them.
pub(super) fn buyers(page: &StarTransactions, now: UnixSeconds) -> Vec<Buyer> {
    let paying = page
        .readable()
        .filter_map(|row| row.source.as_ref()?.user());
    let buyer = |partner: &UserPartner| Buyer {
        id: UserId(partner.user.id),
        first_name: partner.user.first_name.clone(),
        language: partner.user.language_code.clone().unwrap_or_default(),
        // A payment in the Mini App does not prove that the bot may write.
        can_write: false,
        seen_at: now,
    };
    paying.map(buyer).collect()
}

/// A balance, which may be below zero.
pub(super) fn balance(amount: StarAmount) -> Balance {
    Balance::new(amount.amount, amount.nanostar_amount)
}

fn star_row(row: StarTransaction) -> StarRow {
    let direction = match row.direction() {
        stars::Direction::Incoming => Direction::In,
        stars::Direction::Outgoing => Direction::Out,
        stars::Direction::Unclear => Direction::Unclear,
    };
    let amount = amount(row.amount.amount, row.amount.nanostar_amount);
    let kind = match (amount, row.partner()) {
        (Some(_), Some(partner)) => kind(partner, direction),
        _ => StarRowKind::Unreadable,
    };
    StarRow {
        id: row.id,
        direction,
        amount: amount.unwrap_or_default(),
        at: UnixSeconds(row.date),
        kind,
        raw: row.raw,
    }
}

fn kind(partner: &TransactionPartner, direction: Direction) -> StarRowKind {
    let other = |name: &str| StarRowKind::Other {
        name: name.to_owned(),
    };
    match partner {
        TransactionPartner::User(user) if is_sale(user) => {
            // The affiliate's side of a refund may be written below zero.
            let commission = user.affiliate.as_ref();
            let commission =
                commission.and_then(|cut| amount(cut.amount.abs(), cut.nanostar_amount.abs()));
            StarRowKind::Sale {
                buyer: UserId(user.user.id),
                payload: user.invoice_payload.clone().unwrap_or_default(),
                commission: commission.filter(|cut| *cut != Amount::default()),
                recurring: user.subscription_period.is_some(),
            }
        }
        TransactionPartner::User(user) => other(&user.transaction_type),
        TransactionPartner::Fragment {
            withdrawal_state: Some(state),
        } if direction == Direction::Out => StarRowKind::Withdrawal {
            state: match state {
                stars::WithdrawalState::Succeeded { .. } => WithdrawalState::Succeeded,
                stars::WithdrawalState::Failed => WithdrawalState::Failed,
                // A state that is yet to be invented is looked at again.
                _ => WithdrawalState::Pending,
            },
        },
        TransactionPartner::Fragment { .. } => other("fragment"),
        TransactionPartner::Chat(_) => other("chat"),
        TransactionPartner::AffiliateProgram { .. } => other("affiliate_program"),
        TransactionPartner::TelegramAds => other("telegram_ads"),
        TransactionPartner::TelegramApi { .. } => other("telegram_api"),
        // A sale may be among them: it must not pass for a movement of no concern.
        TransactionPartner::Unreadable(_) => StarRowKind::Unreadable,
        TransactionPartner::Other { kind, .. } => other(kind),
        _ => other(""),
    }
}

/// Whether a user paid an invoice, by Telegram's word for it or, where it has none that is known, by
/// the payload that only an invoice has.
fn is_sale(user: &UserPartner) -> bool {
    let word = user.transaction_type.as_str();
    word == INVOICE_PAYMENT || (user.invoice_payload.is_some() && !NO_SALES.contains(&word))
}

fn amount(stars: i64, nanostars: i64) -> Option<Amount> {
    Some(Amount {
        stars: Stars(u64::try_from(stars).ok()?),
        nanostars: u32::try_from(nanostars)
            .ok()
            .filter(|n| *n < 1_000_000_000)?,
    })
}

/// A row without id, amount or date. Its hash is its name: the same row read again is the same.
fn unreadable(raw: serde_json::Value) -> StarRow {
    StarRow {
        id: hex::encode(Sha256::digest(raw.to_string())),
        direction: Direction::Unclear,
        amount: Amount::default(),
        at: UnixSeconds(0),
        kind: StarRowKind::Unreadable,
        raw,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(row: Value) -> StarRow {
        let page = serde_json::from_value(json!({"transactions": [row]})).unwrap();
        star_rows(page).remove(0)
    }

    #[test]
    fn a_sale_with_a_cut_is_read() {
        let user = json!({"type": "user", "transaction_type": "invoice_payment",
            "user": {"id": 5, "is_bot": false, "first_name": "Ann"}, "invoice_payload": "x",
            "affiliate": {"commission_per_mille": 100, "amount": -5, "nanostar_amount": 0}});
        let row = read(json!({"id": "c", "amount": 45, "date": 9, "receiver": user}));
        assert_eq!((row.direction, row.at), (Direction::Out, UnixSeconds(9)));
        let StarRowKind::Sale {
            buyer, commission, ..
        } = row.kind
        else {
            panic!("{row:?}");
        };
        assert_eq!(
            (buyer, commission),
            (UserId(5), Some(Amount::whole(Stars(5))))
        );
    }

    #[test]
    fn a_payload_makes_a_sale_where_the_word_is_not_known() {
        let kind = |word: Value, payload: Value| {
            let mut user = json!({"type": "user", "user": {"id": 5, "first_name": "Ann"}});
            user["transaction_type"] = word;
            user["invoice_payload"] = payload;
            read(json!({"id": "c", "amount": 45, "date": 9, "source": user})).kind
        };
        for word in ["invoice_payment", "", "invoice_payment_of_tomorrow"] {
            let sale = kind(json!(word), json!("x"));
            assert!(matches!(sale, StarRowKind::Sale { .. }), "{word}: {sale:?}");
        }
        for word in NO_SALES.into_iter().chain(["", "payment_of_tomorrow"]) {
            let name = word.to_owned();
            let other = kind(json!(word), Value::Null);
            assert_eq!(other, StarRowKind::Other { name });
        }
        let gift = kind(json!("gift_purchase"), json!("x"));
        assert!(matches!(gift, StarRowKind::Other { .. }), "{gift:?}");
    }

    #[test]
    fn a_known_partner_that_cannot_be_read_is_no_movement() {
        let nameless = json!({"type": "user", "transaction_type": "invoice_payment",
                              "user": {"first_name": "Ann"}, "invoice_payload": "x"});
        for partner in [
            nameless,
            json!({"type": "affiliate_program"}),
            json!({"type": "telegram_api"}),
        ] {
            let row = read(json!({"id": "c", "amount": 45, "date": 9, "source": partner}));
            assert_eq!((row.id.as_str(), row.direction), ("c", Direction::In));
            assert_eq!(row.kind, StarRowKind::Unreadable, "{}", row.raw);
        }
    }

    #[test]
    fn a_row_that_cannot_be_read_moves_no_other() {
        let partner = json!({"type": "fragment", "withdrawal_state": {"type": "pending"}});
        let pending = json!({"id": "w", "amount": 1000, "date": 9, "receiver": partner});
        let page = json!({"transactions": [{"bad": true}, pending]});
        let rows = star_rows(serde_json::from_value(page).unwrap());
        assert_eq!(rows[0].kind, StarRowKind::Unreadable);
        assert_eq!(rows[1].id, "w");
    }

    #[test]
    fn withdrawals_and_strangers_are_read() {
        let state = |state: Value| {
            let partner = json!({"type": "fragment", "withdrawal_state": state});
            read(json!({"id": "w", "amount": 1000, "date": 9, "receiver": partner})).kind
        };
        let withdrawal = |state| StarRowKind::Withdrawal { state };
        assert_eq!(
            state(json!({"type": "pending"})),
            withdrawal(WithdrawalState::Pending)
        );
        assert_eq!(
            state(json!({"type": "failed"})),
            withdrawal(WithdrawalState::Failed)
        );
        let done = json!({"type": "succeeded", "date": 1, "url": "https://example.com/"});
        assert_eq!(state(done), withdrawal(WithdrawalState::Succeeded));

        let ads = json!({"id": "a", "amount": 3, "date": 9, "receiver": {"type": "telegram_ads"}});
        let name = "telegram_ads".to_owned();
        assert_eq!(read(ads).kind, StarRowKind::Other { name });
        let new = json!({"id": "n", "amount": 3, "date": 9, "source": {"type": "lottery"}});
        let name = "lottery".to_owned();
        assert_eq!(read(new).kind, StarRowKind::Other { name });
        for odd in [
            json!({"id": "o"}),
            json!(7),
            json!({"id": "o", "amount": -3, "date": 9,
            "source": {"type": "other"}}),
            json!({"id": "o", "amount": 3, "date": 9}),
        ] {
            assert_eq!(read(odd).kind, StarRowKind::Unreadable);
        }
    }
}
