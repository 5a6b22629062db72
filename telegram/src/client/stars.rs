//! Telegram's Star ledger.

use serde_json::json;

use super::{ApiError, Client};
use crate::limit_error::range;
use crate::limits;
use crate::stars::{StarAmount, StarTransactions};

impl Client {
    /// `getStarTransactions`: one page of the ledger, oldest row first. `offset` counts rows from
    /// the oldest, so it works as a cursor; `limit` is 1 to 100.
    ///
    /// # Errors
    ///
    /// [`ApiError`]. Rows that cannot be read are no error, see
    /// [`StarTransactions::rows`].
    pub async fn get_star_transactions(
        &self,
        offset: u64,
        limit: u32,
    ) -> Result<StarTransactions, ApiError> {
        range(
            "limit",
            limit.into(),
            1,
            limits::STAR_TRANSACTIONS_PAGE.into(),
        )?;
        self.call(
            "getStarTransactions",
            &json!({"offset": offset, "limit": limit}),
        )
        .await
    }

    /// `getMyStarBalance`: the bot's Stars. May be negative after store chargebacks.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn get_my_star_balance(&self) -> Result<StarAmount, ApiError> {
        self.call("getMyStarBalance", &json!({})).await
    }
}
