//! Stable names are one word everywhere: in the database, in JSON, in what is read back.

use serde::Serialize;
use serde_json::Value;

use super::*;

/// The word that JSON knows a value by: its own, or that of the tag it is told apart by.
fn in_json(value: impl Serialize, tag: &str) -> String {
    let json = serde_json::to_value(value).unwrap();
    let word = json.get(tag).unwrap_or(&json);
    word.as_str().map(str::to_owned).unwrap()
}

/// Every word, and that each is used once.
fn are_one<T: Serialize>(all: impl IntoIterator<Item = T>, name: impl Fn(&T) -> &'static str) {
    let mut seen = Vec::new();
    for value in all {
        let name = name(&value);
        assert_eq!(name, in_json(value, "code"));
        assert!(!seen.contains(&name), "{name} twice");
        seen.push(name);
    }
}

#[test]
fn the_database_and_json_use_the_same_words() {
    are_one(Account::ALL, |one| one.as_str());
    are_one(ChargeState::ALL, |one| one.as_str());
    are_one(DifferenceCode::ALL, |one| one.as_str());
    are_one(BenefitKind::ALL, |one| one.as_str());
    are_one(SubscriptionState::ALL, |one| one.as_str());
    are_one(OrderState::ALL, |one| one.as_str());
    let directions = [Direction::In, Direction::Out, Direction::Unclear];
    are_one(directions, |one| one.as_str());
    let stoppers = [StoppedBy::Telegram, StoppedBy::Buyer, StoppedBy::Seller];
    are_one(stoppers, |one| one.as_str());
    let now = Stars(1);
    let refusals = [
        Refusal::ShopPaused,
        Refusal::PriceChanged { now },
        Refusal::BuyerLimit,
        Refusal::PromoNotRenewing,
        Refusal::Busy,
    ];
    are_one(refusals, Refusal::code);
}

#[test]
fn each_kind_of_transfer_has_its_word() {
    let (charge, stars): (ChargeId, _) = ("c1".parse().unwrap(), Stars(50));
    let (row, amount) = (|| "out:r1".to_owned(), Amount::whole(stars));
    let transfers = [
        Transfer::payment(&charge, stars, ChargeState::Granted),
        Transfer::promise(&charge, stars),
        Transfer::refund(&charge, stars, ChargeState::Refunding),
        Transfer::commission(&charge, amount, false),
        Transfer::commission(&charge, amount, true),
        Transfer::withdrawal(row(), amount),
        Transfer::movement(row(), amount, Direction::In),
    ];
    are_one(transfers.map(|transfer| transfer.kind), |one| one.as_str());
}

#[test]
fn what_is_stored_is_read_back() {
    for state in SubscriptionState::ALL {
        assert_eq!(state.as_str().parse(), Ok(state));
    }
    for by in [StoppedBy::Telegram, StoppedBy::Buyer, StoppedBy::Seller] {
        assert_eq!(by.as_str().parse(), Ok(by));
    }
    assert!("running".parse::<SubscriptionState>().is_err());
    assert!("nobody".parse::<StoppedBy>().is_err());
}

#[test]
fn people_are_told_in_words() {
    let said = DifferenceCode::ALL.map(|code| code.to_string());
    assert!(said.iter().all(|said| said.contains(' ')));
    assert_eq!(UserId(7).to_string(), "7");
    for state in OrderState::ALL {
        assert_eq!(Value::from(state.to_string()), state.as_str());
    }
}
