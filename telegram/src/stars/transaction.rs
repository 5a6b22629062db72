//! Rows of the Star ledger.

use serde::Deserialize;
use serde_json::Value;

use super::{StarAmount, TransactionPartner};

/// One page of the ledger, oldest row first.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct StarTransactions {
    /// Each row in its place; one without id, amount or date whole. The next offset grows by all.
    pub rows: Vec<Result<StarTransaction, Value>>,
}

impl StarTransactions {
    /// The rows that could be read.
    pub fn readable(&self) -> impl Iterator<Item = &StarTransaction> {
        self.rows.iter().filter_map(|row| row.as_ref().ok())
    }
}

impl<'de> Deserialize<'de> for StarTransactions {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Page {
            transactions: Vec<Value>,
        }
        let page = Page::deserialize(deserializer)?.transactions;
        let rows = page.into_iter().map(StarTransaction::read).collect();
        Ok(Self { rows })
    }
}

/// One row of the ledger.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StarTransaction {
    /// Equal to the charge id for a payment, and for its refund.
    pub id: String,
    /// How many Stars moved; never negative, see [`StarTransaction::direction`].
    pub amount: StarAmount,
    /// When, in unix seconds.
    pub date: i64,
    /// Who the Stars came from; set for incoming rows.
    pub source: Option<TransactionPartner>,
    /// Who the Stars went to; set for outgoing rows.
    pub receiver: Option<TransactionPartner>,
    /// The row as it came.
    pub raw: Value,
}

/// Which way the Stars of a row went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the bot.
    Incoming,
    /// From the bot.
    Outgoing,
    /// The row names both sides or none.
    Unclear,
}

#[derive(Deserialize)]
struct Fields {
    id: String,
    #[serde(flatten)]
    amount: StarAmount,
    date: i64,
}

impl StarTransaction {
    /// Reads one row, or hands it back.
    fn read(raw: Value) -> Result<Self, Value> {
        let Ok(fields) = Fields::deserialize(&raw) else {
            return Err(raw);
        };
        let partner = |name: &str| {
            raw.get(name)
                .filter(|side| !side.is_null())
                .map(TransactionPartner::read)
        };
        Ok(Self {
            id: fields.id,
            amount: fields.amount,
            date: fields.date,
            source: partner("source"),
            receiver: partner("receiver"),
            raw,
        })
    }

    /// Which way the Stars went.
    pub fn direction(&self) -> Direction {
        match (&self.source, &self.receiver) {
            (Some(_), None) => Direction::Incoming,
            (None, Some(_)) => Direction::Outgoing,
            _ => Direction::Unclear,
        }
    }

    /// The partner: source or receiver, whichever there is.
    pub fn partner(&self) -> Option<&TransactionPartner> {
        self.source.as_ref().or(self.receiver.as_ref())
    }
}
