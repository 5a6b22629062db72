//! What is owed to Telegram, in words for the person who runs the shop.

use std::fmt;

use super::{Effect, Note, OrderId, UserId, Warning};

/// An effect of the outbox, for people to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The business fact that it stands for.
    pub fact: String,
    /// What is to be done; nothing where another version wrote it in another way.
    pub effect: Option<Effect>,
    /// What is to be sent, if something is.
    pub goods: Option<TaskGoods>,
}

/// Goods that are to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskGoods {
    /// The benefit's title.
    pub title: String,
    /// To whom.
    pub buyer: UserId,
    /// The order that gave the right to it, where the words are not about this order anyhow.
    pub order: Option<OrderId>,
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(effect) = &self.effect else {
            return write!(
                f,
                "something that this version does not know: {}",
                self.fact
            );
        };
        match effect {
            Effect::Deliver { entitlement } => match &self.goods {
                Some(goods) => goods.fmt(f),
                None => write!(f, "sending goods by a right that is gone ({entitlement})"),
            },
            Effect::Refund { charge, buyer } => write!(
                f,
                "giving the Stars of charge {charge} back to buyer {buyer}"
            ),
            Effect::SwitchRenewal { charge, .. } => write!(
                f,
                "telling Telegram whether it may charge again (charge {charge})"
            ),
            Effect::Tell { buyer, note } => {
                write!(f, "telling buyer {buyer} that ")?;
                tell(f, note)
            }
            Effect::Warn { owner, warning } => {
                write!(f, "telling owner {owner} that ")?;
                warn(f, warning)
            }
        }
    }
}

impl fmt::Display for TaskGoods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (title, buyer) = (&self.title, self.buyer);
        write!(f, "sending “{title}” to buyer {buyer} in the chat")?;
        match self.order {
            Some(order) => write!(f, " (order {order})"),
            None => Ok(()),
        }
    }
}

fn tell(f: &mut fmt::Formatter<'_>, note: &Note) -> fmt::Result {
    match note {
        Note::MoneyComesBack { amount, .. } => write!(f, "their {amount} Stars come back"),
        Note::Refunded { title, amount, .. } => {
            write!(f, "“{title}” was given back for {amount} Stars")
        }
        Note::RenewsSoon { title, .. } => write!(f, "“{title}” renews soon"),
        Note::EndsSoon { title, .. } => write!(f, "“{title}” ends soon"),
        Note::RenewalFailed { title, .. } => write!(f, "“{title}” could not be renewed"),
        Note::Lapsed { title } => write!(f, "“{title}” is over"),
        Note::CameBack { title } => write!(f, "“{title}” goes on"),
    }
}

fn warn(f: &mut fmt::Formatter<'_>, warning: &Warning) -> fmt::Result {
    match warning {
        Warning::BalanceTooLow => f.write_str("the bot has too few Stars for its refunds"),
        Warning::BooksDiffer { difference } => write!(f, "books and Telegram differ: {difference}"),
        Warning::Chargeback { title, amount, .. } => write!(
            f,
            "“{title}” was taken back by Telegram or a store for {amount} Stars"
        ),
        Warning::PutAside { .. } => f.write_str("something was put aside"),
        Warning::UpdatesTaken => f.write_str("another program took the bot's updates"),
        Warning::RefundRefused { charge, .. } => {
            write!(f, "Telegram does not take the refund of charge {charge}")
        }
        Warning::SwitchRefused { charge, .. } => write!(
            f,
            "Telegram does not take the word whether it may charge again (charge {charge})"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EntitlementId, Stars};

    fn task(effect: Effect) -> Task {
        Task {
            fact: "a:fact".into(),
            effect: Some(effect),
            goods: None,
        }
    }

    #[test]
    fn tasks_are_told_in_words() {
        let (charge, buyer) = ("c1".parse().unwrap(), UserId(7));
        let refund = task(Effect::Refund { charge, buyer });
        assert_eq!(
            refund.to_string(),
            "giving the Stars of charge c1 back to buyer 7"
        );
        let note = Note::Refunded {
            title: "Tea".into(),
            amount: Stars(5),
            goods_stay: false,
        };
        assert_eq!(
            task(Effect::Tell { buyer, note }).to_string(),
            "telling buyer 7 that “Tea” was given back for 5 Stars"
        );
        let entitlement = EntitlementId::from_bytes([1; 16]);
        let mut goods = task(Effect::Deliver { entitlement });
        assert!(goods.to_string().contains("a right that is gone"));
        goods.goods = Some(TaskGoods {
            title: "Tea".into(),
            buyer,
            order: Some(OrderId::from_bytes([2; 16])),
        });
        let order = "02".repeat(16);
        assert_eq!(
            goods.to_string(),
            format!("sending “Tea” to buyer 7 in the chat (order {order})")
        );
        goods.effect = None;
        assert!(goods.to_string().ends_with("a:fact"));
    }
}
