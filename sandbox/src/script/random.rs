//! Mixed events from a seed: what a shop meets in a busy time.

use super::{Step, Who};
use crate::fault::{Faults, MethodFault, PaymentFault, UpdateAction, UpdateFault, WebhookFault};
use crate::ids::Ids;
use crate::limits::SUBSCRIPTION_PERIOD;
use crate::outcome::Outcome;
use crate::subscription::Action;
use crate::withdrawal::Ending;

/// Buyers of a random step that does not say.
#[must_use]
pub fn buyers() -> u32 {
    20
}

/// Ways in which a random sale goes; mostly well.
const OUTCOMES: [Outcome; 8] = [
    Outcome::Normal,
    Outcome::Normal,
    Outcome::Normal,
    Outcome::LostUpdate,
    Outcome::DoubleUpdate,
    Outcome::Late,
    Outcome::Pending,
    Outcome::Cancelled,
];

/// Ways in which payments of the bot's own invoices end oddly.
const ODD_OUTCOMES: [Outcome; 9] = [
    Outcome::Cancelled,
    Outcome::CancelledButPaid,
    Outcome::FailedButPaid,
    Outcome::Pending,
    Outcome::PendingThenPaid,
    Outcome::PaidThenCancelled,
    Outcome::ToldTwice,
    Outcome::NeverTold,
    Outcome::AnsweredTooLate,
];

/// What happens to updates.
const ACTIONS: [UpdateAction; 6] = [
    UpdateAction::Drop,
    UpdateAction::Duplicate,
    UpdateAction::Delay,
    UpdateAction::Reorder,
    UpdateAction::Unheard,
    UpdateAction::UnknownFields,
];

/// What buyers, and the sandbox, do to subscriptions.
const ACTS: [Action; 4] = [
    Action::Cancel,
    Action::Reactivate,
    Action::Pay,
    Action::FailNext,
];

/// Draws `events` steps within `over_seconds`, after the steps that make the buyers.
/// The same seed gives the same steps.
#[must_use]
pub fn steps(seed: u64, events: u32, over_seconds: i64, buyers: u32) -> Vec<(i64, Step)> {
    let mut dice = Ids::new(Some(seed));
    let count = i64::from(buyers.max(1));
    let name = |number: i64| format!("Buyer {number}");
    let mut steps: Vec<(i64, Step)> = (1..=count)
        .map(|number| {
            let stars = dice.between(0..=20_000);
            let name = name(number);
            (0, Step::User { name, stars })
        })
        .collect();
    for number in 0..i64::from(events) {
        let at = over_seconds.max(0) * number / i64::from(events.max(1));
        let buyer = Who::Name(name(dice.between(1..=count)));
        let other = Who::Name(name(dice.between(1..=count)));
        steps.push((at, draw(&mut dice, buyer, other, number)));
    }
    steps
}

/// One event: most are sales, the rest is what may happen to them.
fn draw(dice: &mut Ids, user: Who, other: Who, number: i64) -> Step {
    match dice.between(0..=99) {
        0..=48 => Step::Sell {
            user,
            stars: dice.between(1..=500),
            payload: format!("random-{number}"),
            period: None,
            outcome: one_of(dice, &OUTCOMES),
        },
        // Of no effect unless the bot has made an invoice.
        49..=54 => Step::Pay {
            user,
            payload: None,
            outcome: None,
        },
        55..=62 => Step::Sell {
            user,
            stars: dice.between(1..=100),
            payload: format!("random-{number}"),
            period: Some(SUBSCRIPTION_PERIOD),
            outcome: Outcome::Normal,
        },
        63..=70 => Step::Refund { user },
        71..=74 => Step::Chargeback { user },
        75..=82 => Step::TopUp {
            user,
            stars: dice.between(100..=5_000),
        },
        83..=86 => Step::Subscription {
            user,
            action: one_of(dice, &ACTS),
        },
        87..=88 => Step::Stop {
            user,
            stop: dice.between(0..=1) == 0,
        },
        89..=90 => Step::Block {
            user,
            blocked: dice.between(0..=1) == 0,
        },
        91..=92 => Step::Affiliate {
            user,
            affiliate: other,
            commission_per_mille: dice.between(1..=300),
        },
        93 => Step::Withdraw {
            stars: dice.between(1_000..=3_000),
            ending: match dice.between(0..=2) {
                0 => None,
                1 => Some(Ending::Succeeded),
                _ => Some(Ending::Failed),
            },
        },
        94..=96 => Step::Faults {
            faults: faults(dice),
        },
        _ => Step::Message {
            user,
            text: format!("/start random-{number}"),
        },
    }
}

fn one_of<T: Copy + Default>(dice: &mut Ids, list: &[T]) -> T {
    let last = i64::try_from(list.len()).unwrap_or(1) - 1;
    let at = usize::try_from(dice.between(0..=last)).unwrap_or(0);
    list.get(at).copied().unwrap_or_default()
}

/// Updates go astray, calls fail, payments end oddly or nothing gets through, until the next
/// faults take their place.
fn faults(dice: &mut Ids) -> Faults {
    let count = u32::try_from(dice.between(1..=20)).ok();
    let mut faults = Faults::default();
    match dice.between(0..=9) {
        0..=3 => faults.updates.push(UpdateFault {
            kind: "*".into(),
            action: one_of(dice, &ACTIONS),
            delay_ms: 5_000,
            count,
            ..UpdateFault::default()
        }),
        4..=6 => faults.methods.push(method_fault(dice, count)),
        7..=8 => faults.payments.push(PaymentFault {
            outcome: one_of(dice, &ODD_OUTCOMES),
            delay_ms: 5_000,
            count,
            ..PaymentFault::default()
        }),
        _ => {
            faults.webhook = WebhookFault {
                outage: true,
                delay_ms: 0,
                count,
            }
        }
    }
    faults
}

/// Calls are refused, break, or take effect although their answers say otherwise.
fn method_fault(dice: &mut Ids, count: Option<u32>) -> MethodFault {
    let mut fault = MethodFault {
        method: "*".into(),
        count,
        ..MethodFault::default()
    };
    match dice.between(0..=4) {
        0 => {
            fault.error_code = Some(429);
            fault.retry_after = u32::try_from(dice.between(1..=30)).ok();
        }
        1 => fault.error_code = Some(one_of(dice, &[500, 502, 504])),
        2 => (fault.error_code, fault.executed) = (Some(500), true),
        3 => fault.cut = true,
        _ => (fault.cut, fault.executed) = (true, true),
    }
    fault
}
