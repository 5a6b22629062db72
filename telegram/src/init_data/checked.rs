//! initData that passed its check.

use std::fmt;

use super::pairs::Pairs;
use super::{InitData, InitDataError};

/// initData that passed its check; the only way to [`InitData`].
#[derive(Clone)]
pub struct CheckedInitData {
    auth_date: i64,
    pairs: Vec<(Vec<u8>, Vec<u8>)>,
}

impl CheckedInitData {
    pub(super) fn new(auth_date: i64, pairs: Pairs<'_>) -> Self {
        Self {
            auth_date,
            pairs: pairs.into_owned(),
        }
    }

    /// When Telegram issued the data, in unix seconds.
    pub fn auth_date(&self) -> i64 {
        self.auth_date
    }

    /// Reads the checked fields.
    ///
    /// # Errors
    ///
    /// [`InitDataError::Unreadable`] when a known field is not what it should be.
    pub fn parse(&self) -> Result<InitData, InitDataError> {
        InitData::read(self.auth_date, &self.pairs)
    }
}

/// Shows the date alone: the rest is personal, or a credential while it is young.
impl fmt::Debug for CheckedInitData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckedInitData")
            .field("auth_date", &self.auth_date)
            .finish_non_exhaustive()
    }
}
