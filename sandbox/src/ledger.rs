//! A bot's Stars: its balance and every row that moved it.

use serde_json::{Value, json};

/// Which way Stars went, as seen by the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// To the bot; the partner is the `source`.
    In,
    /// From the bot; the partner is the `receiver`.
    Out,
}

/// One movement. A payment and its refund share the id; (id, flow) is unique.
#[derive(Debug, Clone)]
pub struct Row {
    /// The charge id, for payments and refunds.
    pub id: String,
    /// Whole Stars, not negative.
    pub amount: i64,
    /// When, seconds since 1970.
    pub date: i64,
    /// Which way.
    pub flow: Flow,
    /// The Bot API's `TransactionPartner`.
    pub partner: Value,
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
        json!({ "id": self.id, "date": self.date, side: self.partner, "amount": self.amount })
    }
}

/// The rows in the order of time, and their sum.
#[derive(Debug, Default)]
pub struct Ledger {
    rows: Vec<Row>,
    balance: i64,
}

impl Ledger {
    /// Books a row.
    pub fn book(&mut self, row: Row) {
        match row.flow {
            Flow::In => self.balance = self.balance.saturating_add(row.amount),
            Flow::Out => self.balance = self.balance.saturating_sub(row.amount),
        }
        self.rows.push(row);
    }

    /// Whole Stars; below zero after chargebacks.
    #[must_use]
    pub fn balance(&self) -> i64 {
        self.balance
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

    #[test]
    fn a_refund_repeats_the_id_on_the_other_side() {
        let mut ledger = Ledger::default();
        let row = |flow| Row {
            id: "c".into(),
            amount: 5,
            date: 1,
            flow,
            partner: json!({}),
        };
        ledger.book(row(Flow::In));
        ledger.book(row(Flow::Out));
        assert_eq!(ledger.balance(), 0);
        let page = ledger.page(0, 10);
        assert!(page[0].get("source").is_some() && page[1].get("receiver").is_some());
        assert_eq!(ledger.page(1, 10).len(), 1);
    }
}
