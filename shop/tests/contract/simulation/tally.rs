//! What happened in all months together: a run in which something never happened proves nothing
//! about it.

use std::collections::BTreeMap;

/// How often each thing happened.
#[derive(Debug, Default, Clone)]
pub(super) struct Tally(pub(super) BTreeMap<&'static str, u64>);

/// Each kind of event, and each end of a charge, an order and a right.
pub(super) const KINDS: [&str; 53] = [
    "affiliate took a cut",
    "balance too low for a refund",
    "charge booked and back before it was heard of",
    "charge granted in the end",
    "charge known from the ledger alone",
    "charge renewed",
    "charge of a period returned in the end",
    "charge returned in the end",
    "chargeback of a period",
    "chargeback of another charge",
    "order delivered in the end",
    "order expired in the end",
    "order made room for another offer",
    "order opened",
    "order opened again",
    "order opened with a promo code",
    "order refunded in the end",
    "order refused",
    "pass bought",
    "payment of a wrong amount",
    "payment of an expired order granted",
    "payment of an unknown payload",
    "payment by a stranger",
    "plan changed with credit",
    "plan changed without credit",
    "pre-checkout allowed",
    "pre-checkout refused",
    "promo code refused",
    "promo use free again",
    "reading of the ledger died",
    "refund answered by nobody",
    "refund of a period queued",
    "refund queued",
    "refunds queued by a rule",
    "renewal allowed by the buyer in the shop",
    "renewal allowed by the seller",
    "renewal failed",
    "renewal refused at pre-checkout",
    "renewal stopped by the buyer in the shop",
    "renewal stopped by the seller",
    "renewal switched in Telegram",
    "renewal that goes on checked",
    "return after a lapse",
    "step died and was taken again",
    "stop asked about several charges",
    "stop of what Telegram did not know yet",
    "subscription begun",
    "subscription lapsed",
    "subscription paid twice",
    "subscription refunded in the end",
    "subscription paid late",
    "update doubled, late or lost",
    "withdrawal or advertisement",
];

impl Tally {
    /// It happened.
    pub(super) fn note(&mut self, kind: &'static str) {
        debug_assert!(KINDS.contains(&kind), "{kind} is not in the list");
        *self.0.entry(kind).or_default() += 1;
    }

    /// It happened if so.
    pub(super) fn note_if(&mut self, kind: &'static str, happened: bool) {
        if happened {
            self.note(kind);
        }
    }

    /// All of another month.
    pub(super) fn add(&mut self, other: &Self) {
        for (kind, count) in &other.0 {
            *self.0.entry(kind).or_default() += count;
        }
    }

    /// What never happened.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        let missing = KINDS.into_iter().filter(|kind| !self.0.contains_key(kind));
        missing.collect()
    }
}
