//! Starts and stops the sandbox.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::front::router;
use crate::sandbox::{Config, Sandbox, Shared};

/// A sandbox that listens.
#[derive(Debug)]
pub struct Running {
    /// Where.
    pub address: SocketAddr,
    /// The world behind it.
    pub sandbox: Shared,
    task: JoinHandle<io::Result<()>>,
}

/// Why the sandbox does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error(
        "cannot listen on {address}: {source}. Is another sandbox running? Choose a port with --port."
    )]
    Listen {
        /// The wanted address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The HTTP client cannot be made.
    #[error("cannot set up the HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

/// Starts listening.
///
/// # Errors
/// When the address is taken or the HTTP client cannot be made.
pub async fn start(address: SocketAddr, config: Config) -> Result<Running, StartError> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| StartError::Listen { address, source })?;
    let address = listener
        .local_addr()
        .map_err(|source| StartError::Listen { address, source })?;
    let sandbox = Sandbox::new(config)?;
    let app = router::build(sandbox.clone());
    let stop = sandbox.stop.clone();
    let task = tokio::spawn(async move {
        axum::serve(listener, app)
            .with_graceful_shutdown(stop.cancelled_owned())
            .await
    });
    Ok(Running {
        address,
        sandbox,
        task,
    })
}

impl Running {
    /// Ends streams and polls, lets other requests finish, and stops.
    ///
    /// # Errors
    /// What the server ended with.
    pub async fn stop(self) -> io::Result<()> {
        self.sandbox.stop.cancel();
        self.task
            .await
            .unwrap_or_else(|error| Err(io::Error::other(error)))
    }
}
