//! A bot's Stars: its balance and every row that moved it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::amount::Amount;
use crate::compact::Compact;

/// Which way Stars went, as seen by the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// To the bot; the partner is the `source`.
    In,
    /// From the bot; the partner is the `receiver`.
    Out,
}

/// One movement. A payment and its refund share the id; (id, flow) is unique.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    /// The charge id, for payments and refunds.
    pub id: String,
    /// How much, not negative.
    pub amount: Amount,
    /// When, seconds since 1970.
    pub date: i64,
    /// Which way.
    pub flow: Flow,
    /// The Bot API's `TransactionPartner`.
    pub partner: Compact,
}

impl Row {
    /// The Bot API's `StarTransaction`. Source: tdlib/telegram-bot-api Client.cpp
    /// `JsonStarTransaction`.
    #[must_use]
    pub fn to_api(&self) -> Value {
        let side = if self.flow == Flow::In {
            "source"
        } else {
            "receiver"
        };
        let mut row = json!({ "id": self.id, "date": self.date, side: self.partner.value() });
        self.amount.store(&mut row);
        row
    }
}

/// The rows in the order of time, and their sum.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Ledger {
    rows: Vec<Row>,
    balance: Amount,
}

impl Ledger {
    /// Books a row.
    pub fn book(&mut self, row: Row) {
        match row.flow {
            Flow::In => self.balance = self.balance + row.amount,
            Flow::Out => self.balance = self.balance - row.amount,
        }
        self.rows.push(row);
    }

    /// What the bot has; below zero after chargebacks.
    #[must_use]
    pub fn balance(&self) -> Amount {
        self.balance
    }

    /// What is left of the rows up to `date` once everything that went out is taken off.
    #[must_use]
    pub fn received_before(&self, date: i64) -> Amount {
        let later = self
            .rows
            .iter()
            .filter(|row| row.flow == Flow::In && row.date > date);
        later.fold(self.balance, |left, row| left - row.amount)
    }

    /// The row with this id and direction.
    pub fn row_mut(&mut self, id: &str, flow: Flow) -> Option<&mut Row> {
        self.rows
            .iter_mut()
            .find(|row| row.id == id && row.flow == flow)
    }

    /// A page, oldest first.
    #[must_use]
    pub fn page(&self, offset: usize, limit: usize) -> Vec<Value> {
        self.rows
            .iter()
            .skip(offset)
            .take(limit)
            .map(Row::to_api)
            .collect()
    }

    /// All rows, oldest first.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(flow: Flow, date: i64) -> Row {
        Row {
            id: "c".into(),
            amount: Amount::stars(5),
            date,
            flow,
            partner: json!({}).into(),
        }
    }

    #[test]
    fn a_refund_repeats_the_id_on_the_other_side() {
        let mut ledger = Ledger::default();
        ledger.book(row(Flow::In, 1));
        ledger.book(row(Flow::Out, 1));
        assert_eq!(ledger.balance(), Amount::default());
        let page = ledger.page(0, 10);
        assert!(page[0].get("source").is_some() && page[1].get("receiver").is_some());
        assert_eq!(ledger.page(1, 10).len(), 1);
    }

    #[test]
    fn what_came_lately_is_on_hold() {
        let mut ledger = Ledger::default();
        ledger.book(row(Flow::In, 1));
        ledger.book(row(Flow::In, 50));
        assert_eq!(ledger.received_before(10), Amount::stars(5));
        assert_eq!(ledger.received_before(50), Amount::stars(10));
    }
}
