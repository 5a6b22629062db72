//! What Telegram tells the bot.
//!
//! Reading an update never fails over its kind: a kind that this version does not know, or one
//! that looks other than expected, keeps its JSON whole in [`Update::raw`] so that it can be
//! stored and read later.
//!
//! ```
//! use telegram::update::{Update, UpdateKind};
//!
//! let update = Update::parse(br#"{"update_id": 7, "message": {
//!     "message_id": 1, "date": 1650385342, "chat": {"id": 42, "type": "private"},
//!     "text": "/start p_cats", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]
//! }}"#)?;
//! let UpdateKind::Message(message) = &update.kind else { panic!("not a message") };
//! assert_eq!(message.command().map(|command| command.argument), Some("p_cats"));
//!
//! let unknown = Update::parse(br#"{"update_id": 8, "crystal_ball": {"sees": "rain"}}"#)?;
//! assert_eq!(unknown.kind_name(), "crystal_ball");
//! assert_eq!(unknown.raw["crystal_ball"]["sees"], "rain");
//! # Ok::<(), telegram::update::UpdateError>(())
//! ```

mod kind;

use std::fmt;

use serde_json::Value;

pub use kind::{ALLOWED_UPDATES, UpdateKind};

use crate::limits;

/// One update.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Update {
    /// Number of the update. Rises by one, but starts anew after a quiet week: it tells updates
    /// apart, it does not order them.
    pub update_id: i64,
    /// What happened.
    pub kind: UpdateKind,
    /// The update as it came, with all fields that the typed view leaves out.
    pub raw: Value,
}

/// Why bytes are not an update.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpdateError {
    /// More bytes than an update has.
    #[error("the update is longer than {limit} bytes")]
    TooLong {
        /// The bound, [`limits::UPDATE_BYTES`].
        limit: usize,
    },
    /// Not JSON, or nested too deeply.
    #[error("the update is not JSON (line {line}, column {column})")]
    NotJson {
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault, from 1.
        column: usize,
    },
    /// Not an object with a whole number `update_id`.
    #[error("the update has no update_id")]
    NoId,
}

impl UpdateError {
    /// A stable code for programs and documentation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "update_too_long",
            Self::NotJson { .. } => "update_not_json",
            Self::NoId => "update_no_id",
        }
    }
}

impl Update {
    /// Reads the body of a webhook request.
    ///
    /// # Errors
    ///
    /// [`UpdateError`] when the bytes are no update at all. Never because of an unknown kind.
    pub fn parse(bytes: &[u8]) -> Result<Self, UpdateError> {
        if bytes.len() > limits::UPDATE_BYTES {
            return Err(UpdateError::TooLong {
                limit: limits::UPDATE_BYTES,
            });
        }
        let raw = serde_json::from_slice(bytes).map_err(|error| UpdateError::NotJson {
            line: error.line(),
            column: error.column(),
        })?;
        Self::from_value(raw)
    }

    /// Reads an update that is JSON already, such as one of
    /// [`Client::get_updates`](crate::Client::get_updates).
    ///
    /// # Errors
    ///
    /// [`UpdateError::NoId`].
    pub fn from_value(raw: Value) -> Result<Self, UpdateError> {
        let update_id = raw
            .get("update_id")
            .and_then(Value::as_i64)
            .ok_or(UpdateError::NoId)?;
        let kind = UpdateKind::read(&raw);
        Ok(Self {
            update_id,
            kind,
            raw,
        })
    }

    /// The kind in the Bot API's own word, such as `message`.
    pub fn kind_name(&self) -> &str {
        self.kind.name()
    }
}

/// Shows number and kind alone: the content is personal.
impl fmt::Debug for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("update_id", &self.update_id)
            .field("kind", &self.kind_name())
            .finish_non_exhaustive()
    }
}
