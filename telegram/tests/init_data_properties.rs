//! What must hold for any launch data.

// Tests say what went wrong by stopping.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;
use telegram::BotToken;
use telegram::init_data::{
    AgeLimits, InitDataError, PublicKey, SigningKey, check_ed25519, check_hmac, sign_ed25519,
    sign_hmac,
};

const NOW: i64 = 1_650_385_342;

fn token() -> BotToken {
    BotToken::parse("42:TEST").unwrap()
}

fn check(raw: &str) -> Result<(), InitDataError> {
    check_hmac(raw, &token(), NOW, &AgeLimits::SESSION).map(drop)
}

/// Fields with names and values of any letters, and a good date.
fn fields() -> impl Strategy<Value = BTreeMap<String, String>> {
    let name = "[^\n]{1,12}".prop_filter("a name with a meaning of its own", |name| {
        !name.trim_start_matches(['#', '?']).starts_with("tgWebApp")
            && !["hash", "signature", "auth_date"].contains(&name.as_str())
    });
    // `(?s)` lets values hold line breaks, which is allowed.
    proptest::collection::btree_map(name, "(?s).{0,24}", 0..8).prop_map(|mut fields| {
        fields.insert("auth_date".to_owned(), NOW.to_string());
        fields
    })
}

fn pairs(fields: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// The pairs as another library reads them.
fn decoded(raw: &str) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(raw.as_bytes())
        .into_owned()
        .collect()
}

proptest! {
    #[test]
    fn what_is_signed_is_checked(fields in fields()) {
        let raw = sign_hmac(&pairs(&fields), &token()).unwrap();
        prop_assert_eq!(check(&raw), Ok(()));
        let mut seen = decoded(&raw);
        prop_assert!(seen.remove("hash").is_some());
        prop_assert_eq!(seen, fields);
    }

    #[test]
    fn another_token_never_passes(fields in fields(), secret in "[A-Za-z0-9_-]{1,40}") {
        let other = BotToken::parse(&format!("42:{secret}")).unwrap();
        prop_assume!(secret != "TEST");
        let raw = sign_hmac(&pairs(&fields), &other).unwrap();
        prop_assert_eq!(check(&raw), Err(InitDataError::HashMismatch));
    }

    #[test]
    fn one_changed_byte_of_a_pair_fails(
        fields in fields(),
        which: Index,
        place: Index,
        to in "[a-zA-Z0-9{}:]",
        in_value: bool,
    ) {
        let raw = sign_hmac(&pairs(&fields), &token()).unwrap();
        let hash = &raw[raw.rfind('=').unwrap() + 1..];
        let mut changed: Vec<(String, String)> = fields.into_iter().collect();
        let count = changed.len();
        let pair = &mut changed[which.index(count)];
        let text = if in_value { &mut pair.1 } else { &mut pair.0 };
        let places: Vec<usize> =
            text.char_indices().filter(|(_, c)| c.is_ascii()).map(|(place, _)| place).collect();
        prop_assume!(!places.is_empty());
        let at = places[place.index(places.len())];
        prop_assume!(text[at..=at] != to);
        text.replace_range(at..=at, &to);
        let mut encoder = url::form_urlencoded::Serializer::new(String::new());
        encoder.extend_pairs(&changed).append_pair("hash", hash);
        prop_assert!(check(&encoder.finish()).is_err());
    }

    #[test]
    fn a_change_of_the_raw_text_passes_only_when_it_means_the_same(
        fields in fields(),
        place: Index,
        to in 0x20_u8..0x7f,
    ) {
        let raw = sign_hmac(&pairs(&fields), &token()).unwrap();
        let mut bytes = raw.clone().into_bytes();
        let at = place.index(bytes.len());
        bytes[at] = to;
        let changed = String::from_utf8(bytes).unwrap();
        if check(&changed).is_ok() {
            prop_assert_eq!(decoded(&changed), decoded(&raw));
        }
    }

    #[test]
    fn the_order_of_pairs_does_not_matter(fields in fields(), turn: Index) {
        let raw = sign_hmac(&pairs(&fields), &token()).unwrap();
        let mut pieces: Vec<&str> = raw.split('&').collect();
        let count = pieces.len();
        pieces.rotate_left(turn.index(count));
        prop_assert_eq!(check(&pieces.join("&")), Ok(()));
        pieces.reverse();
        prop_assert_eq!(check(&pieces.join("&")), Ok(()));
    }

    #[test]
    fn a_name_given_twice_is_refused(fields in fields(), which: Index, value in "[a-z]{0,4}") {
        let raw = sign_hmac(&pairs(&fields), &token()).unwrap();
        let pieces: Vec<&str> = raw.split('&').collect();
        let (name, _) = pieces[which.index(pieces.len())].split_once('=').unwrap();
        for doubled in [format!("{raw}&{name}={value}"), format!("{name}={value}&{raw}")] {
            prop_assert_eq!(check(&doubled), Err(InitDataError::DuplicateKey));
        }
    }

    #[test]
    fn a_line_break_in_a_name_is_refused(fields in fields(), name in "[a-z]{0,3}\n[a-z]{0,3}") {
        let mut pairs = pairs(&fields);
        pairs.push((&name, "1"));
        prop_assert_eq!(sign_hmac(&pairs, &token()), Err(InitDataError::NewlineInKey));
    }

    #[test]
    fn nothing_makes_it_panic(raw in "(?s).{0,200}", now: i64, max_age_seconds: i64) {
        let ages = AgeLimits { max_age_seconds, max_ahead_seconds: 0 };
        prop_assert!(check_hmac(&raw, &token(), now, &ages).is_err());
        prop_assert!(check_ed25519(&raw, 42, &PublicKey::PRODUCTION, now, &ages).is_err());
    }

    #[test]
    fn no_genuine_data_makes_reading_panic(value in "(?s).{0,80}", kind in 0_usize..4) {
        let name = ["user", "receiver", "chat", "can_send_after"][kind];
        let raw = sign_hmac(&[("auth_date", "1650385342"), (name, &value)], &token()).unwrap();
        let checked = check_hmac(&raw, &token(), NOW, &AgeLimits::SESSION).unwrap();
        if let Err(error) = checked.parse() {
            prop_assert_eq!(error.code(), "init_data_unreadable");
        }
    }
}

proptest! {
    // Curve arithmetic is slow in debug builds.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_signed_without_the_token_is_checked(fields in fields(), seed: [u8; 32], bot_id: i64) {
        let key = SigningKey::from_seed(&seed);
        let raw = sign_ed25519(&pairs(&fields), bot_id, &key).unwrap();
        let check = |key: &PublicKey, bot_id| {
            check_ed25519(&raw, bot_id, key, NOW, &AgeLimits::SESSION).map(drop)
        };
        prop_assert_eq!(check(&key.public_key(), bot_id), Ok(()));
        let mismatch = Err(InitDataError::SignatureMismatch);
        prop_assert_eq!(check(&key.public_key(), bot_id.wrapping_add(1)), mismatch.clone());
        prop_assert_eq!(check(&PublicKey::PRODUCTION, bot_id), mismatch);
    }
}
