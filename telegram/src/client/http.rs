//! One call: request out, answer in, errors named, token hidden.

use std::time::Duration;

use reqwest::{RequestBuilder, Response};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use super::base::chain;
use super::classify::Failure;
use super::{ApiError, Client};
use crate::limits;

/// An answer: `result` when `ok`, the rest otherwise.
#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Answer<T> {
    ok: bool,
    #[serde(default = "nothing")]
    result: Option<T>,
    #[serde(flatten)]
    failure: Failure,
}

fn nothing<T>() -> Option<T> {
    None
}

impl Client {
    /// Calls any method with JSON parameters, within [`limits::CALL_TIMEOUT`]. The typed methods
    /// are built on this; use it for those that have no typed form yet.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn call<T, P>(&self, method: &'static str, params: &P) -> Result<T, ApiError>
    where
        T: DeserializeOwned,
        P: Serialize + ?Sized,
    {
        self.call_within(limits::CALL_TIMEOUT, method, params).await
    }

    /// As [`Client::call`], for methods that answer `true`.
    pub(super) async fn act<P>(&self, method: &'static str, params: &P) -> Result<(), ApiError>
    where
        P: Serialize + ?Sized,
    {
        self.call::<IgnoredAny, P>(method, params).await.map(drop)
    }

    /// As [`Client::call`], with another time limit.
    pub(super) async fn call_within<T, P>(
        &self,
        timeout: Duration,
        method: &'static str,
        params: &P,
    ) -> Result<T, ApiError>
    where
        T: DeserializeOwned,
        P: Serialize + ?Sized,
    {
        let request = self.request(method).json(params).timeout(timeout);
        self.answer(method, request).await
    }

    /// A request without a body yet.
    pub(super) fn request(&self, method: &'static str) -> RequestBuilder {
        let Self { inner } = self;
        inner.http.post(format!(
            "{}/bot{}/{method}",
            inner.base,
            inner.token.expose()
        ))
    }

    /// Sends a request and reads its answer; one line in the log, without content.
    pub(super) async fn answer<T: DeserializeOwned>(
        &self,
        method: &'static str,
        request: RequestBuilder,
    ) -> Result<T, ApiError> {
        tracing::trace!(method, "Bot API call begins");
        let outcome = self.exchange(request).await;
        match &outcome {
            Ok(_) => tracing::debug!(method, "Bot API call done"),
            Err(error) => tracing::debug!(method, code = error.code(), "Bot API call failed"),
        }
        outcome
    }

    async fn exchange<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, ApiError> {
        let response = request.send().await.map_err(|error| self.failed(error))?;
        let status = response.status().as_u16();
        let retry_after = retry_after(&response);
        let body = self.body(response, limits::RESPONSE_BYTES).await?;
        match serde_json::from_slice::<Answer<T>>(&body) {
            Ok(Answer {
                ok: true,
                result: Some(result),
                ..
            }) => Ok(result),
            Ok(Answer { ok: true, .. }) => Err(ApiError::Malformed {
                status,
                problem: "it has no result".to_owned(),
            }),
            Ok(Answer { failure, .. }) => Err(self.refused(failure, status, retry_after)),
            Err(error) => Err(unreadable(&body, status, retry_after, &error)),
        }
    }

    /// Reads a body up to a bound.
    pub(super) async fn body(
        &self,
        mut response: Response,
        limit: usize,
    ) -> Result<Vec<u8>, ApiError> {
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failed(error))? {
            if body.len() + chunk.len() > limit {
                let problem = format!("it is longer than {limit} bytes");
                return Err(ApiError::Malformed { status, problem });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// An error of the connection, without its address, for that holds the token.
    pub(super) fn failed(&self, error: reqwest::Error) -> ApiError {
        if error.is_timeout() {
            return ApiError::Timeout;
        }
        let problem = self.inner.token.redact(&chain(&error.without_url()));
        ApiError::Network { problem }
    }

    /// A failure that the server names; its words might repeat the address.
    fn refused(&self, mut failure: Failure, status: u16, retry_after: Option<u64>) -> ApiError {
        failure.description = self.inner.token.redact(&failure.description);
        failure.classify(status, retry_after)
    }
}

/// The header that goes with status 429, in seconds.
fn retry_after(response: &Response) -> Option<u64> {
    response
        .headers()
        .get("retry-after")?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
}

/// An answer of an unexpected shape, or none of the Bot API's but a proxy's on the way. Its text is
/// not repeated, since error pages like to quote the address.
fn unreadable(
    body: &[u8],
    status: u16,
    retry_after: Option<u64>,
    error: &serde_json::Error,
) -> ApiError {
    let is_answer = serde_json::from_slice::<Answer<IgnoredAny>>(body).is_ok();
    match status {
        401 | 413 | 429 | 500.. => Failure::default().classify(status, retry_after),
        _ if is_answer => {
            let (line, column) = (error.line(), error.column());
            let problem =
                format!("it is not the JSON that was expected (line {line}, column {column})");
            ApiError::Malformed { status, problem }
        }
        _ => ApiError::NotTelegram { status },
    }
}
