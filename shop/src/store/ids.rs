//! Making ids. The domain gets them handed in; this is where they come from.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::domain::{EffectId, EntitlementId, OrderId, UnixSeconds};

/// 128 random bits from the thread's cryptographic generator, seeded by the system.
fn random() -> [u8; 16] {
    rand::random()
}

/// A fresh order id.
pub(crate) fn order() -> OrderId {
    OrderId::from_bytes(random())
}

/// A fresh entitlement id.
pub(crate) fn entitlement() -> EntitlementId {
    EntitlementId::from_bytes(random())
}

/// A fresh id for rows that need no order, such as a benefit.
pub(crate) fn plain() -> String {
    hex::encode(random())
}

/// An id that sorts by time: 40 bits of seconds, 24 bits that count up in this process, 64 random
/// bits. As lower-case hex it sorts alike in every collation.
pub(crate) fn ordered(now: UnixSeconds) -> EffectId {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let mut bytes = random();
    bytes[..5].copy_from_slice(&seconds(now));
    bytes[5..8].copy_from_slice(&count.to_be_bytes()[1..]);
    EffectId::from_bytes(bytes)
}

/// An inbox id: 40 bits of seconds, the 64-bit update id, 24 bits of the body's hash. It sorts in
/// the order in which Telegram told the updates, over several processes.
pub(crate) fn update(now: UnixSeconds, update_id: i64, body_hash: &[u8; 32]) -> EffectId {
    let mut bytes = [0; 16];
    bytes[..5].copy_from_slice(&seconds(now));
    // The sign bit flipped, so that negative ids sort first.
    let sortable = update_id.cast_unsigned() ^ (1 << 63);
    bytes[5..13].copy_from_slice(&sortable.to_be_bytes());
    bytes[13..].copy_from_slice(&body_hash[..3]);
    EffectId::from_bytes(bytes)
}

fn seconds(now: UnixSeconds) -> [u8; 5] {
    let bytes = now.0.max(0).to_be_bytes();
    [bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The payload of an invoice is nothing that could be guessed: every one of its 128 bits varies,
    /// and each about half of the time.
    #[test]
    fn an_order_has_128_random_bits() {
        const COUNT: usize = 400;
        let mut ones = [0_usize; 128];
        let mut known = std::collections::HashSet::new();
        for _ in 0..COUNT {
            let text = order().to_string();
            assert_eq!(text.len(), 32, "{text}");
            let bits = u128::from_str_radix(&text, 16).unwrap();
            assert!(known.insert(bits));
            for (bit, ones) in ones.iter_mut().enumerate() {
                *ones += usize::from(bits >> bit & 1 == 1);
            }
        }
        // Ten standard deviations to either side: never by chance, always where a bit is fixed.
        assert!(
            ones.iter()
                .all(|ones| (COUNT / 4..COUNT * 3 / 4).contains(ones)),
            "{ones:?}"
        );
    }

    #[test]
    fn ids_sort_by_time() {
        let ids: Vec<String> = [5, 5, 6, 300, 1_800_000_000]
            .map(|now| ordered(UnixSeconds(now)).to_string())
            .to_vec();
        assert!(ids.is_sorted(), "{ids:?}");
        let update = |now, id| update(UnixSeconds(now), id, &[9; 32]).to_string();
        assert!(update(5, -1) < update(5, 0) && update(5, 255) < update(5, 256));
        assert!(update(5, 900) < update(6, 1));
    }
}
