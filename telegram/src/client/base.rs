//! Where the Bot API is, and how it is connected to.

use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, Url};

use super::ApiError;
use crate::limits;

/// The address of a Bot API server, checked.
pub(super) struct Base {
    address: String,
    encrypted: bool,
    on_this_machine: bool,
}

impl Base {
    /// Reads an address such as `https://api.telegram.org` or `http://127.0.0.1:8081/`.
    pub(super) fn parse(text: &str) -> Result<Self, ApiError> {
        let bad = |problem| ApiError::BadBase { problem };
        let url = Url::parse(text.trim()).map_err(|_| bad("it is not an address"))?;
        let encrypted = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(bad("it must begin with https:// or http://")),
        };
        if url.query().is_some() || url.fragment().is_some() {
            return Err(bad("it must have no ? and no #"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("it must hold no user name and no password"));
        }
        let host = url.host_str().ok_or_else(|| bad("it has no host"))?;
        Ok(Self {
            on_this_machine: matches!(host, "localhost" | "127.0.0.1" | "[::1]"),
            address: url.as_str().trim_end_matches('/').to_owned(),
            encrypted,
        })
    }

    /// The address without a slash at the end.
    pub(super) fn into_address(self) -> String {
        self.address
    }

    /// Builds the HTTP client. Opens no connection.
    pub(super) fn connect(&self) -> Result<reqwest::Client, ApiError> {
        // The binary has one TLS provider; installing it again is an error that means nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        self.builder().build().map_err(|error| ApiError::Setup {
            problem: chain(&error),
        })
    }

    fn builder(&self) -> ClientBuilder {
        let builder = reqwest::Client::builder()
            .connect_timeout(limits::CONNECT_TIMEOUT)
            .tcp_nodelay(true)
            .tcp_keepalive(limits::KEEP_ALIVE)
            .tcp_keepalive_interval(limits::KEEP_ALIVE_TIMEOUT)
            .tcp_keepalive_retries(limits::KEEP_ALIVE_TRIES)
            // With HTTP/2 all calls share one connection, and would all be lost with it.
            .http2_keep_alive_interval(limits::KEEP_ALIVE)
            .http2_keep_alive_timeout(limits::KEEP_ALIVE_TIMEOUT)
            .http2_keep_alive_while_idle(true)
            .user_agent(concat!("starfront/", env!("CARGO_PKG_VERSION")))
            // The address holds the token: it must not travel on in a redirect or a Referer.
            .redirect(Policy::none())
            .referer(false);
        // A proxy set for the machine cannot reach the machine's own sandbox.
        let builder = if self.on_this_machine {
            builder.no_proxy()
        } else {
            builder
        };
        // Without TLS no certificates are needed, so a bare machine can run the sandbox.
        if self.encrypted {
            builder
        } else {
            builder.tls_certs_only([])
        }
    }
}

/// An error and its causes in one line, without the address of the request.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_addresses() {
        let base = Base::parse("https://api.telegram.org/").unwrap();
        assert!(base.encrypted && !base.on_this_machine);
        assert_eq!(base.into_address(), "https://api.telegram.org");
        let base = Base::parse("http://127.0.0.1:8081/behind/").unwrap();
        assert!(!base.encrypted && base.on_this_machine);
        assert_eq!(base.into_address(), "http://127.0.0.1:8081/behind");
        assert!(Base::parse("http://[::1]:1").unwrap().on_this_machine);
    }

    #[test]
    fn names_what_is_wrong_with_an_address() {
        for text in [
            "",
            "api.telegram.org",
            "ftp://a",
            "https://a/?b",
            "https://a#b",
            "https://u:p@a",
        ] {
            let error = Base::parse(text).err().unwrap();
            assert_eq!(error.code(), "bad_base", "{text:?}");
        }
    }
}
