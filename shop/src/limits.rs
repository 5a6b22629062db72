//! Every bound of this crate, with its unit and its reason.

use std::time::Duration;

// ---- orders

/// Seconds that an unpaid order keeps its hold. Telegram keeps a payment form for 10 minutes
/// (core.telegram.org/method/payments.sendStarsForm), so an order lives a little longer.
pub const ORDER_LIFE_SECONDS: i64 = 15 * 60;

/// Seconds that an order must still have for a buyer to be given it again: a payment form opened
/// now can be paid 10 minutes later. With less left a fresh order is opened instead.
pub const ORDER_REUSE_SECONDS: i64 = 10 * 60;

/// Seconds that a pre-checked order keeps its hold. Telegram moves the money at once, but its word
/// may come late: a webhook that fails is tried again for hours. A payment later than this is
/// still granted if a copy can be had, else given back.
pub const PRECHECKED_LIFE_SECONDS: i64 = 30 * 60;

/// Seconds after a pre-checkout in which its payment is taken to be on its way: Telegram moves the money
/// within moments, and a payment that is heard of later is granted all the same where it can be.
pub const PAYING_SECONDS: i64 = 60;

/// Orders ended by one call of `expire_orders`: bounds the time that a sweep keeps the writer.
pub const EXPIRE_BATCH: i64 = 200;

/// Purchases in a library: beyond this the oldest are left out. 1 000 purchases are some 300 kB.
pub const LIBRARY_MOST: i64 = 1_000;

// ---- prices

/// The lowest price in whole Stars: an invoice needs one.
pub const PRICE_LEAST: u64 = 1;

/// The highest price in whole Stars that a catalogue may ask. Telegram publishes no maximum for
/// one-time invoices; 10 000 is its maximum for subscriptions, and a slip of the key above it is
/// likelier than a sale.
pub const PRICE_MOST: u64 = 10_000;

/// The longest pass, in days: ten years. What is meant for longer is sold for good.
pub const PASS_DAYS_MOST: u64 = 3_650;

// ---- subscriptions

/// Seconds by which Telegram may charge before a period is over: a day. Nobody has written it down.
/// What is paid earlier than that is no renewal.
pub const RENEWAL_EARLY_SECONDS: i64 = 24 * 3600;

/// The same for the short periods of Telegram's test environment: one of so many parts of them.
pub const RENEWAL_EARLY_PARTS: i64 = 10;

/// Parts of a period that the grace after a failed renewal and the time of the reminder before
/// its end are one of: 3 days of 30, and 6 seconds of the minute of Telegram's test environment.
pub const GRACE_PARTS: i64 = 10;

// ---- promo codes

/// Characters of a promo code: more are not typed on a phone.
pub const PROMO_CHARS: usize = 32;

// ---- lists

/// Tiles in one answer: a screenful several times over.
pub const TILES_MOST: u32 = 100;

/// Words of a search; what follows is left out. Each costs one comparison a product.
pub const SEARCH_WORDS: usize = 6;

/// Characters of a search that are looked at.
pub const SEARCH_CHARS: usize = 128;

// ---- database

/// How long a statement waits for another process's write on SQLite (the command line beside a
/// running server). Below Telegram's 10 s for pre-checkout.
pub const SQLITE_BUSY: Duration = Duration::from_secs(5);

/// Readers on SQLite. More than the cores of a small machine would only queue elsewhere.
pub const SQLITE_READERS: u32 = 4;

/// Connections to PostgreSQL of one process, out of its usual 100 for all.
pub const POSTGRES_CONNECTIONS: u32 = 16;

/// Connections to PostgreSQL for writes that need not reach the disk at once.
pub const POSTGRES_RELAXED: u32 = 8;

/// Transactions of one long piece of work that PostgreSQL is given at once: their commits share a
/// sync of its disk. Few beside its connections, which belong to buyers first.
pub const POSTGRES_WRITERS: u64 = 4;

/// How long a connection to PostgreSQL may lie idle before it is tested: testing each time would
/// cost every transaction a round trip.
pub const POSTGRES_UNTESTED: Duration = Duration::from_secs(5);

/// How long a connection to PostgreSQL that is tested may take to answer before another is made: well
/// within the time in which a call waits for one.
pub const POSTGRES_ANSWER: Duration = Duration::from_secs(2);

/// How long a connection that comes back may take to end what was begun on it: a call that was given up
/// may have left a statement under way.
pub const POSTGRES_LEFT: Duration = Duration::from_secs(5);

/// How long a statement on PostgreSQL waits for another's lock before its step starts again. Much
/// longer than any transaction of ours takes.
pub const POSTGRES_LOCK_WAIT: Duration = Duration::from_secs(5);

/// How long a statement on PostgreSQL may take: one that takes longer hangs.
pub const POSTGRES_STATEMENT: Duration = Duration::from_secs(60);

/// How long a transaction on PostgreSQL may lie still: longer, and its process hangs or is gone, and
/// the locks go to the others.
pub const POSTGRES_IDLE: Duration = Duration::from_secs(20);

/// How long a call waits for a connection before it fails.
pub const ACQUIRE_WAIT: Duration = Duration::from_secs(8);

/// How long a pre-checkout may take before it is refused as busy. Telegram waits 10 s for the
/// answer, which must still travel.
pub const PRECHECK_WAIT: Duration = Duration::from_secs(4);

/// Times that a step starts again because another writer was faster. Each time means that the
/// other one got ahead, so that it ends; the bound is for mistakes.
pub const STEP_TRIES: u32 = 16;

/// Codes that a settle reaches for because others took the same one in the same moment.
pub const CODE_TRIES: u32 = 64;

// ---- queues

/// Seconds that a worker may keep an update before another one gets it. The worker gives up before
/// that: two calls to Telegram and some steps, which wait for each other, take a minute at worst.
pub const INBOX_LEASE_SECONDS: i64 = 100;

/// Seconds that a worker may keep an effect. It gives up before that: a file that Telegram forgot goes
/// up again, and 50 MB take five minutes on a slow line. So long wait goods whose process died.
pub const OUTBOX_LEASE_SECONDS: i64 = 390;

/// Rows leased by one call at most.
pub const LEASE_MOST: u32 = 100;

/// Seconds that an update worked to the end is kept. Telegram repeats one for about a day; a week
/// leaves time to look into a complaint.
pub const INBOX_KEPT_SECONDS: i64 = 7 * 24 * 3600;

/// Seconds that an effect carried out is kept.
pub const OUTBOX_KEPT_SECONDS: i64 = 30 * 24 * 3600;

/// Seconds that an effect is parked for somebody whom the bot may not write to: a year. Who comes later
/// finds what it says in the shop.
pub const OUTBOX_PARKED_SECONDS: i64 = 365 * 24 * 3600;

/// Rows of each queue deleted by one call of `sweep`, to keep its transaction short.
pub const SWEEP_BATCH: i64 = 1_000;

/// Order changes that a slow listener may fall behind before it misses some.
pub const ORDER_CHANGES: usize = 1_024;

/// Refused pre-checkouts that the story of an order keeps: the last ones say why it is not paid.
pub const REFUSALS_KEPT: i64 = 5;

/// How long the note of a refused pre-checkout may take, once it was answered: it is for the story
/// alone, and a database that is slower has better things to do.
pub const REFUSAL_NOTE_WAIT: Duration = Duration::from_secs(1);

/// Rows in trouble of each kind, put aside or waiting, shown at once: more would only scroll away.
pub const OWED_SHOWN: i64 = 200;

/// Rows of one kind in the story of an order or a charge: more would only scroll away.
pub const STORY_MOST: i64 = 1_000;

/// Benefits that were never sent and are owed to a buyer's chat at once: that many messages take
/// minutes, and the rest is owed the next time.
pub const UNSENT_MOST: i64 = 500;

/// Orders of a bulk refund chosen at a time.
pub const REFUNDS_BATCH: i64 = 500;

// ---- reconcile

/// Seconds after which a charge that we booked must stand in Telegram's ledger: it does at once,
/// and a look every few minutes has then passed at least twice.
pub const LEDGER_GRACE_SECONDS: i64 = 15 * 60;

/// Rows of Telegram's ledger worked by one call.
pub const STAR_ROWS_BATCH: i64 = 200;

/// Withdrawals under way that are looked at again by one look; the next one goes on behind them.
/// Telegram allows few at a time.
pub const WITHDRAWALS_MOST: i64 = 20;

/// Differences of one kind found by one look, and shown by one command.
pub const DIFFERENCES_MOST: i64 = 100;

/// Seconds between two warnings of one kind to the owners: a day, so that a lasting trouble is
/// told again and a bulk of it is told once.
pub const WARNING_SECONDS: i64 = 24 * 3600;

/// Seconds between two words to the owners about what was put aside: an hour, so that a bulk of it is
/// told in a few messages, and what comes after a word that was heeded is told soon.
pub const PUT_ASIDE_SECONDS: i64 = 3600;

// ---- files

/// Bytes read at a time when a file is hashed, stored or streamed.
pub const FILE_CHUNK_BYTES: usize = 1 << 20;

/// Bytes of a picture. A page shows several; Telegram takes photos up to 10 MB.
pub const PICTURE_MOST_BYTES: u64 = 10 << 20;

/// Bytes of a goods file: Telegram's own bound for a document through a local Bot API server.
pub const GOODS_MOST_BYTES: u64 = 2_000 << 20;

// ---- catalogue files

/// Bytes of a catalogue file or of a text beside it.
pub const CATALOGUE_TEXT_BYTES: u64 = 4 << 20;

/// Complaints told at once; more would only scroll away.
pub const COMPLAINTS_MOST: usize = 50;

/// Characters of a shop's name: Telegram's bound for a bot's name.
pub const SHOP_NAME_CHARS: usize = 64;

/// Characters of a product's title. An invoice has room for 32: there it is cut.
pub const TITLE_CHARS: usize = 64;

/// Characters of a summary or tagline: two lines on a phone.
pub const SUMMARY_CHARS: usize = 140;

/// Characters of a description or another Markdown text on a page.
pub const MARKDOWN_CHARS: usize = 20_000;

/// Charges of one buyer and invoice that Telegram is asked about when nobody said which of them
/// began a subscription: more than eight years of monthly ones.
pub const SUBSCRIPTIONS_ASKED: i64 = 100;

/// Characters of the alternative text of a picture.
pub const ALT_CHARS: usize = 250;

/// Characters of a code that is given out.
pub const CODE_CHARS: usize = 200;

/// Codes in one pool.
pub const CODES_MOST: usize = 100_000;

/// Benefits of one product. Each is a message to the buyer, and all are granted by one statement.
pub const BENEFITS_MOST: usize = 50;

/// Characters of an unlocked text.
pub const UNLOCKED_TEXT_CHARS: usize = 100_000;

/// Characters of an unlocked address.
pub const LINK_CHARS: usize = 2_000;

/// Characters of the name under which a file is saved.
pub const FILE_NAME_CHARS: usize = 120;

#[cfg(test)]
#[allow(clippy::assertions_on_constants, reason = "bounds are constants")]
mod tests {
    use super::*;
    use crate::domain::term::SUBSCRIPTION_SECONDS;

    /// An order can be given again as long as its payment form can be paid, and a payment that is
    /// on its way finds its hold.
    #[test]
    fn a_hold_outlives_what_may_need_it() {
        let lives = [
            ORDER_REUSE_SECONDS,
            ORDER_LIFE_SECONDS,
            PRECHECKED_LIFE_SECONDS,
        ];
        assert!(lives.is_sorted_by(|shorter, longer| shorter < longer));
    }

    /// Who waits for another gives up before others wait for it in vain.
    #[test]
    fn waits_for_the_database_end_in_order() {
        let waits = [
            PRECHECK_WAIT,
            POSTGRES_LOCK_WAIT,
            ACQUIRE_WAIT,
            POSTGRES_IDLE,
            POSTGRES_STATEMENT,
        ];
        assert!(waits.is_sorted_by(|shorter, longer| shorter < longer));
        assert!(POSTGRES_WRITERS < u64::from(POSTGRES_CONNECTIONS));
    }

    /// In a month the day counts, and a renewal that is early never pays for the month before.
    #[test]
    fn a_renewal_is_early_by_less_than_its_period() {
        let parts = SUBSCRIPTION_SECONDS / RENEWAL_EARLY_PARTS;
        assert!((1..parts).contains(&RENEWAL_EARLY_SECONDS));
        assert!(
            [RENEWAL_EARLY_PARTS, GRACE_PARTS]
                .iter()
                .all(|parts| *parts > 1)
        );
    }

    /// What is done is forgotten after what may still ask for it.
    #[test]
    fn history_outlives_its_leases() {
        assert!(INBOX_KEPT_SECONDS > INBOX_LEASE_SECONDS);
        assert!(OUTBOX_KEPT_SECONDS > WARNING_SECONDS.max(OUTBOX_LEASE_SECONDS));
        assert!(UNSENT_MOST >= i64::try_from(BENEFITS_MOST).unwrap());
    }
}
