//! The life of an order: every way it can change, by name. Anything else is refused.
//!
//! ```text
//! opened ──Precheck──▶ prechecked ──Pay──▶ paid ──Deliver──▶ delivered
//!   │  └──────────────Pay──────────────────▲ │                   │
//!   └──Expire──▶ expired ◀──Expire── prechecked                  │
//!                   └──────PayLate──▶ paid   └──Refund──▶ refunded ◀──Refund
//! ```
//!
//! | | precheck | pay | pay late | deliver | expire | refund |
//! |---|---|---|---|---|---|---|
//! | opened | prechecked | paid | – | – | expired | – |
//! | prechecked | prechecked | paid | – | – | expired | – |
//! | paid | – | – | – | delivered | – | refunded |
//! | delivered | – | – | – | – | – | refunded |
//! | expired | – | – | paid | – | – | – |
//! | refunded | – | – | – | – | – | – |

use super::OrderState;

/// One named way for an order to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transition {
    /// The shop told Telegram to go ahead. May be told again: Telegram may ask again.
    Precheck,
    /// The charge came while the order held its copy. A pre-checkout need not have been seen: the
    /// ledger may be the first to tell of the payment.
    Pay,
    /// The charge came after the order had expired, and a copy could still be had.
    PayLate,
    /// The last of the goods was sent in the chat.
    Deliver,
    /// Nobody paid in time.
    Expire,
    /// The money went back.
    Refund,
}

impl Transition {
    /// All of them, for tests and tables.
    pub const ALL: [Self; 6] = [
        Self::Precheck,
        Self::Pay,
        Self::PayLate,
        Self::Deliver,
        Self::Expire,
        Self::Refund,
    ];
}

/// A change that no order may make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an order that is {from} cannot {transition:?}")]
pub struct IllegalTransition {
    /// Where the order stood.
    pub from: OrderState,
    /// What was asked of it.
    pub transition: Transition,
}

impl OrderState {
    /// All states, for tests and tables.
    pub const ALL: [Self; 6] = [
        Self::Opened,
        Self::Prechecked,
        Self::Paid,
        Self::Delivered,
        Self::Expired,
        Self::Refunded,
    ];

    /// The state after a transition.
    ///
    /// # Errors
    /// [`IllegalTransition`] where the diagram above has no such arrow.
    pub const fn after(self, transition: Transition) -> Result<Self, IllegalTransition> {
        use OrderState::{Delivered, Expired, Opened, Paid, Prechecked, Refunded};
        match (self, transition) {
            (Opened | Prechecked, Transition::Precheck) => Ok(Prechecked),
            (Opened | Prechecked, Transition::Pay) | (Expired, Transition::PayLate) => Ok(Paid),
            (Paid, Transition::Deliver) => Ok(Delivered),
            (Opened | Prechecked, Transition::Expire) => Ok(Expired),
            (Paid | Delivered, Transition::Refund) => Ok(Refunded),
            (from, transition) => Err(IllegalTransition { from, transition }),
        }
    }

    /// Whether the order waits for its payment and holds a copy.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Opened | Self::Prechecked)
    }

    /// Whether the goods are the buyer's.
    pub const fn is_granted(self) -> bool {
        matches!(self, Self::Paid | Self::Delivered)
    }

    /// The stable name, as the database and clients know it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Prechecked => "prechecked",
            Self::Paid => "paid",
            Self::Delivered => "delivered",
            Self::Expired => "expired",
            Self::Refunded => "refunded",
        }
    }
}

impl std::fmt::Display for OrderState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for OrderState {
    type Err = super::ids::BadId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| super::ids::BadId {
                what: "order state",
                value: text.chars().take(64).collect(),
            })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever happens to an order in whatever order, it is paid at most once, and once its
        /// money went back nothing moves it any more.
        #[test]
        fn no_story_pays_twice(steps in prop::collection::vec(0..Transition::ALL.len(), 0..60)) {
            let (mut state, mut paid, mut refunded) = (OrderState::Opened, 0, false);
            for step in steps.into_iter().map(|index| Transition::ALL[index]) {
                let Ok(next) = state.after(step) else { continue };
                prop_assert!(!refunded, "{state} moved to {next} after its refund");
                if matches!(step, Transition::Pay | Transition::PayLate) {
                    paid += 1;
                    prop_assert_eq!(next, OrderState::Paid);
                }
                refunded = next == OrderState::Refunded;
                state = next;
            }
            prop_assert!(paid <= 1);
            prop_assert_eq!(state.is_granted() || refunded, paid == 1);
        }

        /// Expiry frees a copy; only an open order has one to free.
        #[test]
        fn only_open_orders_expire(index in 0..OrderState::ALL.len()) {
            let state = OrderState::ALL[index];
            prop_assert_eq!(state.after(Transition::Expire).is_ok(), state.is_open());
            prop_assert_eq!(state.after(Transition::Pay).is_ok(), state.is_open());
        }
    }

    /// The table in the module's head says what the machine does.
    #[test]
    fn the_table_is_true() {
        let head = include_str!("transition.rs");
        let told: Vec<&str> = head.lines().filter(|l| l.starts_with("//! | ")).collect();
        let mut made =
            vec!["//! | | precheck | pay | pay late | deliver | expire | refund |".to_owned()];
        for state in OrderState::ALL {
            let after = |step| state.after(step).map_or("–", OrderState::as_str);
            let cells = Transition::ALL.map(after).join(" | ");
            made.push(format!("//! | {state} | {cells} |"));
        }
        assert_eq!(told, made);
    }

    #[test]
    fn names_are_read_back() {
        for state in OrderState::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
        assert!("Paid".parse::<OrderState>().is_err());
    }
}
