//! What bounds say of each other, of this crate and of those below it.

#![allow(
    clippy::assertions_on_constants,
    reason = "that bounds are constants is why what they say of each other can be tested"
)]

use std::time::Duration;

use super::*;

fn seconds(number: i64) -> Duration {
    Duration::from_secs(number.try_into().unwrap())
}

/// Telegram hears the answer in time: the look at our state ends first, and as much is left for
/// telling it.
#[test]
fn a_precheckout_is_answered_in_time() {
    let telegram_waits = Duration::from_secs(telegram::limits::PRE_CHECKOUT_SECONDS);
    assert!(shop::limits::PRECHECK_WAIT < PRECHECK_PATIENCE);
    assert!(
        PRECHECK_PATIENCE + PRECHECK_LANGUAGE_PATIENCE + PRECHECK_ANSWER_PAUSE < PRECHECK_ANSWERED
    );
    assert!(PRECHECK_ANSWERED < telegram_waits);
    assert!(shop::limits::SQLITE_BUSY < telegram_waits);
}

/// What can still be paid is still held, and its page still hears of it.
#[test]
fn an_order_outlives_its_payment_form() {
    let form = sandbox::limits::FORM_SECONDS;
    assert!(shop::limits::ORDER_REUSE_SECONDS >= form);
    assert!(shop::limits::ORDER_LIFE_SECONDS > shop::limits::ORDER_REUSE_SECONDS);
    assert!(app::limits::TICKET_SECONDS > shop::limits::ORDER_LIFE_SECONDS);
    assert!(seconds(app::limits::TICKET_SECONDS) > STREAM_LIFE);
}

/// What Telegram may say again is still known.
#[test]
fn an_update_is_remembered_while_it_may_come_again() {
    assert!(shop::limits::INBOX_KEPT_SECONDS > sandbox::limits::UPDATE_SECONDS);
    // A pre-checkout is kept for its answer alone, which is worthless by then.
    assert!(sandbox::limits::PRECHECKOUT_UPDATE_SECONDS < sandbox::limits::UPDATE_SECONDS);
}

/// An effect is tried for about a day, as long as Telegram tries a webhook.
#[test]
fn an_effect_is_tried_for_a_day() {
    let longest = |tries: u32| {
        (BACKOFF_FIRST_SECONDS << tries.min(30)).clamp(BACKOFF_FIRST_SECONDS, BACKOFF_MOST_SECONDS)
    };
    let average: i64 = (1..EFFECT_TRIES)
        .map(|tries| (BACKOFF_FIRST_SECONDS + longest(tries)) / 2)
        .sum();
    assert!((20 * 3600..28 * 3600).contains(&average), "{average}");
}

/// Ten seconds in all, as the documents say.
#[test]
fn a_server_stops_in_ten_seconds() {
    assert!(SHUTDOWN_GRACE + CLOSING_GRACE <= Duration::from_secs(10));
}

/// We ask for no more than Telegram gives, and take as much as it sends.
#[test]
fn what_is_asked_of_telegram_can_be_had() {
    use telegram::limits as theirs;
    assert!(POLL_SECONDS <= theirs::LONG_POLL_SECONDS_MAX);
    assert!(POLL_BATCH <= theirs::GET_UPDATES_MAX);
    assert!(LEDGER_PAGE <= theirs::STAR_TRANSACTIONS_PAGE);
    assert!(WEBHOOK_BODY_BYTES >= theirs::UPDATE_BYTES);
    assert!(MACHINE_REQUESTS >= theirs::WEBHOOK_CONNECTIONS_MAX as usize);
    assert!(INIT_DATA_BYTES >= theirs::INIT_DATA_BYTES as u64);
    assert!(BODY_BYTES >= 2 * theirs::INIT_DATA_BYTES);
    assert!(shop::limits::PICTURE_MOST_BYTES <= theirs::PHOTO_UPLOAD_BYTES);
}

/// A message fits with all that is put into it.
#[test]
fn what_is_said_fits_into_a_message() {
    use telegram::limits as theirs;
    let around = words::limits::CAPTION_CHARS;
    assert!(PARCEL_CHARS + around <= theirs::MESSAGE_TEXT_CHARS);
    assert!(PAPER_CHARS + around <= theirs::MESSAGE_TEXT_CHARS);
    assert!(around + 2 * CAPTION_TITLE_CHARS <= theirs::CAPTION_CHARS);
    assert!(words::limits::COMMAND_CHARS <= theirs::COMMAND_DESCRIPTION_CHARS);
    assert!(words::limits::DESCRIPTION_CHARS <= theirs::DESCRIPTION_CHARS);
    assert!(words::limits::SHORT_DESCRIPTION_CHARS <= theirs::SHORT_DESCRIPTION_CHARS);
}

/// The page takes what the shop takes.
#[test]
fn the_page_and_the_shop_agree() {
    assert_eq!(app::limits::PROMO_CHARS, shop::limits::PROMO_CHARS);
    assert!(app::limits::SEARCH_CHARS <= shop::limits::SEARCH_CHARS);
    assert!(app::limits::TILES_A_PAGE <= shop::limits::TILES_MOST);
}

/// A stream is asked more often than it ends, and than a proxy cuts it.
#[test]
fn a_stream_lives_on() {
    assert!(STREAM_POLL < STREAM_KEEP_ALIVE && STREAM_KEEP_ALIVE < Duration::from_secs(60));
    assert!(STREAM_KEEP_ALIVE < STREAM_LIFE);
    let jitter = Duration::from_millis(CLOCK_JITTER_MS.unsigned_abs());
    assert!(CLOCK_LOOK_EVERY < jitter && CLOCK_LOOK_EVERY < CLOCK_LOOK_PATIENCE);
    assert!(RETRY_FIRST < RETRY_MOST && SCRIPT_RETRY < SCRIPT_REFRESH);
}

/// Two readings of Telegram's documents, made apart from each other.
#[test]
fn our_client_and_the_judge_read_the_same() {
    use sandbox::limits as judge;
    use telegram::limits as ours;
    assert_eq!(ours::INVOICE_TITLE_CHARS, judge::INVOICE_TITLE_CHARS);
    assert_eq!(
        ours::INVOICE_DESCRIPTION_CHARS,
        judge::INVOICE_DESCRIPTION_CHARS
    );
    assert_eq!(ours::INVOICE_PAYLOAD_BYTES, judge::INVOICE_PAYLOAD_BYTES);
    assert_eq!(ours::INVOICE_STARS_MAX, judge::CURRENCY_AMOUNT_MAX);
    assert_eq!(ours::SUBSCRIPTION_STARS_MAX, judge::SUBSCRIPTION_PRICE_MAX);
    assert_eq!(
        ours::SUBSCRIPTION_PERIOD_SECONDS,
        judge::SUBSCRIPTION_PERIOD
    );
    assert_eq!(
        ours::SUBSCRIPTION_PERIODS_TEST_SECONDS,
        judge::TEST_SUBSCRIPTION_PERIODS
    );
    assert_eq!(
        i64::try_from(ours::PRE_CHECKOUT_SECONDS).unwrap() * 1000,
        judge::PRECHECKOUT_MS
    );
    assert_eq!(ours::MESSAGE_TEXT_CHARS, judge::TEXT_CHARS);
    assert_eq!(ours::CAPTION_CHARS, judge::CAPTION_CHARS);
    assert_eq!(ours::CALLBACK_DATA_BYTES, judge::CALLBACK_DATA_BYTES);
    assert_eq!(ours::COPY_TEXT_CHARS, judge::COPY_TEXT_CHARS);
    assert_eq!(ours::CALLBACK_ANSWER_CHARS, judge::CALLBACK_ANSWER_CHARS);
    assert_eq!(ours::KEYBOARD_BUTTONS, judge::KEYBOARD_BUTTONS);
    assert_eq!(ours::UPLOAD_BYTES, judge::UPLOAD_BYTES as u64);
    assert_eq!(ours::PHOTO_UPLOAD_BYTES, judge::PHOTO_BYTES as u64);
    assert_eq!(ours::DOWNLOAD_BYTES, judge::DOWNLOAD_BYTES as u64);
    assert_eq!(ours::COMMANDS, judge::COMMANDS_MAX);
    assert_eq!(ours::COMMAND_CHARS, judge::COMMAND_CHARS);
    assert_eq!(
        ours::COMMAND_DESCRIPTION_CHARS,
        judge::COMMAND_DESCRIPTION_CHARS
    );
    assert_eq!(ours::DESCRIPTION_CHARS, judge::BOT_DESCRIPTION_CHARS);
    assert_eq!(
        ours::SHORT_DESCRIPTION_CHARS,
        judge::BOT_SHORT_DESCRIPTION_CHARS
    );
    assert_eq!(ours::WEBHOOK_SECRET_CHARS, judge::SECRET_BYTES);
    assert_eq!(
        i64::from(ours::WEBHOOK_CONNECTIONS_MAX),
        judge::WEBHOOK_CONNECTIONS.1
    );
    assert_eq!(i64::from(ours::GET_UPDATES_MAX), judge::PAGE_MAX);
    assert_eq!(i64::from(ours::STAR_TRANSACTIONS_PAGE), judge::PAGE_MAX);
    assert_eq!(
        i64::try_from(ours::LONG_POLL_SECONDS_MAX).unwrap(),
        judge::LONG_POLL_SECONDS
    );
}
