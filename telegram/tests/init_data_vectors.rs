//! Known launch data, good and spoilt.

// Tests say what went wrong by stopping.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use telegram::BotToken;
use telegram::init_data::{
    AgeLimits, InitDataError, PublicKey, SigningKey, check_ed25519, check_hmac, sign_ed25519,
    sign_hmac,
};

/// `auth_date` of all vectors below.
const ISSUED: i64 = 1_650_385_342;

/// Plain: hash last, no signature.
const PLAIN: &str = "auth_date=1650385342&user=%7B%22id%22%3A42%2C%22first_name%22%3A%22Test%22%7D&query_id=test&hash=46d2ea5e32911ec8d30999b56247654460c0d20949b6277af519e76271182803";

/// Spaces as `+`, JSON escapes that must stay text, numbers and flags written as text.
const ODD: &str = "auth_date=1650385342&user=%7B%22id%22%3A+%22123456789%22%2C+%22first_name%22%3A+%22PlaceholderFirstName%22%2C+%22last_name%22%3A+%22PlaceholderLastName+%5Cud83c%5Cuddfa%5Cud83c%5Cudde6%22%2C+%22username%22%3A+%22Latand%22%2C+%22language_code%22%3A+%22en%22%2C+%22is_premium%22%3A+%22true%22%2C+%22allows_write_to_pm%22%3A+%22true%22%7D&query_id=test&hash=b3c8b293f14ad0f7f0abcf769aea1209a72295d30a87eb0e74df855d32e53bfe";

/// Slashes of the JSON escaped, as Telegram writes them.
const ESCAPED: &str = "auth_date=1650385342&user=%7B%22id%22%3A42%2C%22first_name%22%3A%22Test%22%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2Ftest.svg%22%7D&query_id=test&hash=93086e5b9747ccfafc89634ade290ea4eeb2807915c70a4e2ccd68dee0787d19";

/// Signed by a throw-away key.
const SIGNED: &str = "auth_date=1650385342&user=%7B%22id%22%3A42%2C%22first_name%22%3A%22Test%22%7D&query_id=test&signature=JQ0JR2tjC65yq_jNZV0wuJVX6J-SWPMV0mprUXG34g-NvxL4RcF1Rz5n4VVo00VRghEUBf5t___uoeb1-jU_Cw";
const SIGNER: &str = "4112765021341e5415e772cd65903f6b94e3ea1c2ab669e6d3e18ee2db00da61";

fn token(text: &str) -> BotToken {
    BotToken::parse(text).unwrap()
}

fn check(raw: &str) -> Result<telegram::init_data::InitData, InitDataError> {
    check_hmac(raw, &token("42:TEST"), ISSUED, &AgeLimits::SESSION)?.parse()
}

fn check_signed(raw: &str, bot_id: i64, key: &PublicKey) -> Result<(), InitDataError> {
    check_ed25519(raw, bot_id, key, ISSUED, &AgeLimits::SESSION).map(drop)
}

#[test]
fn plain_data_is_checked_and_read() {
    let data = check(PLAIN).unwrap();
    let user = data.user.unwrap();
    assert_eq!((user.id, user.first_name.as_str()), (42, "Test"));
    assert_eq!(data.query_id.as_deref(), Some("test"));
    assert_eq!(data.auth_date, ISSUED);
    assert!(data.other.is_empty());
}

#[test]
fn escaped_slashes_are_hashed_as_they_stand_and_read_as_slashes() {
    let user = check(ESCAPED).unwrap().user.unwrap();
    let url = "https://t.me/i/userpic/320/test.svg";
    assert_eq!(user.photo_url.as_deref(), Some(url));
    let rewritten = ESCAPED.replace("%5C%2F", "%2F");
    assert_eq!(check(&rewritten).unwrap_err(), InitDataError::HashMismatch);
}

#[test]
fn another_token_is_a_mismatch() {
    let other = token("42:INVALID");
    let error = check_hmac(PLAIN, &other, ISSUED, &AgeLimits::SESSION).unwrap_err();
    assert_eq!(error, InitDataError::HashMismatch);
    assert_eq!(error.code(), "init_data_hash_mismatch");
    assert!(error.to_string().contains("another bot"), "{error}");
}

#[test]
fn what_is_no_init_data_is_named() {
    let (without_hash, _) = PLAIN.rsplit_once('&').unwrap();
    assert_eq!(check(without_hash).unwrap_err(), InitDataError::MissingHash);
    assert_eq!(check("").unwrap_err(), InitDataError::Empty);
    assert_eq!(
        check("test&foo=bar=baz").unwrap_err(),
        InitDataError::Malformed
    );
    assert_eq!(
        check("foo=bar=baz").unwrap_err(),
        InitDataError::MissingHash
    );
    let cut = &PLAIN[..PLAIN.len() - 1];
    assert_eq!(check(cut).unwrap_err(), InitDataError::BadHash);
    let with_line_end = format!("{PLAIN}\n");
    assert_eq!(check(&with_line_end).unwrap_err(), InitDataError::BadHash);
}

#[test]
fn odd_data_passes_when_plus_is_a_space() {
    let user = check(ODD).unwrap().user.unwrap();
    assert_eq!(user.id, 123_456_789, "a number written as text");
    assert!(
        user.is_premium && user.allows_write_to_pm,
        "flags written as text"
    );
    assert_eq!(user.last_name.as_deref(), Some("PlaceholderLastName 🇺🇦"));
    assert_eq!(user.language_code.as_deref(), Some("en"));
}

#[test]
fn odd_data_fails_when_plus_stays_plus() {
    let literal = ODD.replace('+', "%2B");
    assert_eq!(check(&literal).unwrap_err(), InitDataError::HashMismatch);
    let spaced = ODD.replace('+', "%20");
    assert!(check(&spaced).is_ok(), "the same text, written otherwise");
}

#[test]
fn rebuilt_json_is_a_mismatch() {
    let rebuilt = ODD.replace("%3A+", "%3A").replace("%2C+", "%2C");
    assert_eq!(check(&rebuilt).unwrap_err(), InitDataError::HashMismatch);
}

#[test]
fn data_encoded_twice_is_named_and_not_mended() {
    let twice = PLAIN
        .replace('%', "%25")
        .replace('=', "%3D")
        .replace('&', "%26");
    assert_eq!(check(&twice).unwrap_err(), InitDataError::EncodedTwice);
    let fragment = format!("tgWebAppData={twice}&tgWebAppVersion=8.0");
    assert_eq!(check(&fragment).unwrap_err(), InitDataError::WholeFragment);
}

#[test]
fn signed_data_is_checked_without_the_token() {
    let key = PublicKey::from_hex(SIGNER).unwrap();
    let checked = check_ed25519(SIGNED, 42, &key, ISSUED, &AgeLimits::SESSION).unwrap();
    assert_eq!(checked.parse().unwrap().user.unwrap().id, 42);
    // A hash beside the signature is not part of what is signed.
    assert_eq!(check_signed(&format!("{SIGNED}&hash=00"), 42, &key), Ok(()));
}

#[test]
fn a_wrong_signature_fails() {
    let key = PublicKey::from_hex(SIGNER).unwrap();
    let mismatch = Err(InitDataError::SignatureMismatch);
    let spoilt = SIGNED.replace("-jU_Cw", "-j1U_w");
    assert_ne!(spoilt, SIGNED);
    assert_eq!(check_signed(&spoilt, 42, &key), mismatch);
    assert_eq!(check_signed(SIGNED, 43, &key), mismatch, "another bot");
    assert_eq!(
        check_signed(SIGNED, 42, &PublicKey::PRODUCTION),
        mismatch,
        "another key"
    );
    assert_eq!(
        check_signed(SIGNED, 42, &PublicKey::TEST),
        mismatch,
        "another key"
    );
    let other_user = SIGNED.replace("%3A42%2C", "%3A43%2C");
    assert_eq!(check_signed(&other_user, 42, &key), mismatch);
    let cut = &SIGNED[..SIGNED.len() - 2];
    assert_eq!(
        check_signed(cut, 42, &key),
        Err(InitDataError::BadSignature)
    );
    let spare_bits = SIGNED.replace("-jU_Cw", "-jU_Cx");
    assert_eq!(
        check_signed(&spare_bits, 42, &key),
        Err(InitDataError::BadSignature)
    );
    assert_eq!(
        check_signed(PLAIN, 42, &key),
        Err(InitDataError::MissingSignature)
    );
}

#[test]
fn a_zero_key_signs_nothing() {
    // The all-zero key is a point of small order; a lax check would take forged signatures.
    let zero = PublicKey::from_bytes([0; 32]);
    let forged = format!("auth_date={ISSUED}&signature={}", "A".repeat(86));
    assert_eq!(
        check_signed(&forged, 42, &zero),
        Err(InitDataError::SignatureMismatch)
    );
}

#[test]
fn the_signature_stays_in_the_text_that_the_hash_covers() {
    let token = token("42:TEST");
    let key = SigningKey::from_seed(&[7; 32]);
    let pairs = [
        ("auth_date", "1650385342"),
        ("user", r#"{"id":42,"photo_url":"https:\/\/t.me"}"#),
    ];
    let signed = sign_ed25519(&pairs, 42, &key).unwrap();
    let (_, signature) = signed.rsplit_once('=').unwrap();
    let all = [pairs[0], pairs[1], ("signature", signature)];
    let raw = sign_hmac(&all, &token).unwrap();

    assert!(check_hmac(&raw, &token, ISSUED, &AgeLimits::SESSION).is_ok());
    assert_eq!(check_signed(&raw, 42, &key.public_key()), Ok(()));
    let removed = raw.replace(&format!("signature={signature}&"), "");
    assert_ne!(removed, raw);
    let error = check_hmac(&removed, &token, ISSUED, &AgeLimits::SESSION).unwrap_err();
    assert_eq!(error, InitDataError::HashMismatch);
}

#[test]
fn age_counts_both_ways_and_only_for_genuine_data() {
    let at = |now| check_hmac(PLAIN, &token("42:TEST"), now, &AgeLimits::SESSION).map(drop);
    assert_eq!(at(ISSUED + 3_600), Ok(()));
    assert_eq!(
        at(ISSUED + 3_601),
        Err(InitDataError::Expired {
            age_seconds: 3_601,
            limit_seconds: 3_600
        })
    );
    assert!(at(ISSUED + 3_601).unwrap_err().asks_for_reopening());
    assert_eq!(at(ISSUED - 300), Ok(()));
    assert_eq!(
        at(ISSUED - 301),
        Err(InitDataError::FromTheFuture { ahead_seconds: 301 })
    );
    let day = AgeLimits::TOOL;
    assert!(check_hmac(PLAIN, &token("42:TEST"), ISSUED + 86_400, &day).is_ok());
    let forged = PLAIN.replace("1650385342", "1650999999");
    assert_eq!(
        check(&forged).unwrap_err(),
        InitDataError::HashMismatch,
        "not an age error"
    );
}

#[test]
fn genuine_data_with_an_unreadable_field_says_which() {
    let token = token("42:TEST");
    let unreadable = |name: &str, value: &str| {
        let raw = sign_hmac(&[("auth_date", "1650385342"), (name, value)], &token).unwrap();
        let checked = check_hmac(&raw, &token, ISSUED, &AgeLimits::SESSION).unwrap();
        checked.parse().unwrap_err()
    };
    let cases = [
        ("user", "Ada Lovelace"),
        ("user", "{}"),
        ("user", r#"{"id":"Ada Lovelace"}"#),
        ("user", r#"{"id":0}"#),
        ("user", r#"{"id":-5}"#),
        ("user", r#"{"id":4503599627370496}"#),
        ("user", r#"{"id":1,"is_premium":"perhaps"}"#),
        ("chat", "[]"),
        ("can_send_after", "soon"),
    ];
    for (name, value) in cases {
        let error = unreadable(name, value);
        assert_eq!(error.code(), "init_data_unreadable", "{name}={value}");
        assert!(error.to_string().contains(name), "{error}");
        assert!(
            !error.to_string().contains("Lovelace"),
            "personal data in: {error}"
        );
    }
}

#[test]
fn every_field_is_read_and_unknown_ones_are_kept() {
    let token = token("42:TEST");
    let pairs = [
        ("auth_date", "1650385342"),
        ("query_id", "AAE="),
        (
            "user",
            r#"{"id":4503599627370495,"first_name":"A","shoe_size":41}"#,
        ),
        ("receiver", r#"{"id":7,"first_name":"B","is_bot":true}"#),
        (
            "chat",
            r#"{"id":-1001234567890,"type":"supergroup","title":"T"}"#,
        ),
        ("chat_type", "sender"),
        ("chat_instance", "-3788475317572404878"),
        ("start_param", "p_cats=="),
        ("can_send_after", "10"),
        ("chat_join_request_query_id", "q"),
        ("from_tomorrow", "1+1 & more"),
    ];
    let raw = sign_hmac(&pairs, &token).unwrap();
    let data = check_hmac(&raw, &token, ISSUED, &AgeLimits::SESSION)
        .unwrap()
        .parse()
        .unwrap();
    let user = data.user.unwrap();
    assert_eq!(user.id, 4_503_599_627_370_495);
    assert_eq!(user.other["shoe_size"], 41);
    assert!(data.receiver.unwrap().is_bot);
    assert_eq!(data.chat.unwrap().id, -1_001_234_567_890);
    assert_eq!(data.chat_type.as_deref(), Some("sender"));
    assert_eq!(data.chat_instance.as_deref(), Some("-3788475317572404878"));
    assert_eq!(data.start_param.as_deref(), Some("p_cats=="));
    assert_eq!(data.can_send_after, Some(10));
    assert_eq!(data.chat_join_request_query_id.as_deref(), Some("q"));
    assert_eq!(data.other.len(), 1, "hash is not among them");
    assert_eq!(data.other["from_tomorrow"], "1+1 & more");
}

#[test]
fn debug_output_holds_no_names() {
    let checked = check_hmac(ODD, &token("42:TEST"), ISSUED, &AgeLimits::SESSION).unwrap();
    let shown = format!("{checked:?} {:?}", checked.parse().unwrap());
    assert!(
        shown.contains("123456789") && !shown.contains("Placeholder"),
        "{shown}"
    );
    assert!(!shown.contains("b3c8b293"), "{shown}");
}
