//! How calls travel: Postcard both ways, over one `POST`.
//!
//! Leptos's own protocols can also stream, upload, redirect and open sockets, and JSON's reader
//! brings the formatting of floats along: together they weigh more than all of our islands. This
//! one weighs next to nothing, since everything but the shapes themselves is compiled once.
//!
//! People with `curl`, tests and scripts may speak JSON instead: the server answers in the form in
//! which it was asked.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
mod form;

use std::future::Future;

use bytes::Bytes;
use http::Method;
use leptos::server_fn::{
    Decodes, Encodes, Protocol,
    client::Client,
    codec::PostcardEncoding,
    error::{IntoAppError, ServerFnErrorErr},
    server::Server,
};
use serde::{Serialize, de::DeserializeOwned};

use super::ApiError;

/// The protocol of all server functions here.
pub struct Wire;

impl<Input, Output, C, S> Protocol<Input, Output, C, S, ApiError> for Wire
where
    Input: Serialize + DeserializeOwned + Send,
    Output: Serialize + DeserializeOwned + Send,
    C: Client<ApiError>,
    S: Server<ApiError>,
{
    const METHOD: Method = Method::POST;

    #[cfg(feature = "ssr")]
    async fn run_server<F, Fut>(request: S::Request, function: F) -> Result<S::Response, ApiError>
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<Output, ApiError>> + Send,
    {
        use leptos::server_fn::request::Req;

        let form = form::Form::of(request.to_content_type().as_deref());
        let done = match form.read(request.try_into_bytes().await?) {
            Ok(input) => function(input).await,
            Err(error) => Err(error),
        };
        form.write(done)
    }

    /// A browser serves nobody.
    #[cfg(not(feature = "ssr"))]
    async fn run_server<F, Fut>(_: S::Request, _: F) -> Result<S::Response, ApiError>
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<Output, ApiError>> + Send,
    {
        Err(unreachable_shop())
    }

    async fn run_client(path: &str, input: Input) -> Result<Output, ApiError> {
        decode(call(path, encode(&input)?).await?)
    }
}

fn encode<T: Serialize>(value: &T) -> Result<Bytes, ApiError> {
    let unwritable = |_| ServerFnErrorErr::Serialization(String::new()).into_app_error();
    PostcardEncoding::encode(value).map_err(unwritable)
}

fn decode<T: DeserializeOwned>(bytes: Bytes) -> Result<T, ApiError> {
    let unreadable = |_| ServerFnErrorErr::Deserialization(String::new()).into_app_error();
    PostcardEncoding::decode(bytes).map_err(unreadable)
}

fn unreachable_shop() -> ApiError {
    ServerFnErrorErr::Request(String::new()).into_app_error()
}

/// Sends a call and gives back the answer's bytes.
#[cfg(feature = "hydrate")]
fn call(path: &str, body: Bytes) -> browser::Pending {
    browser::post(path, &body)
}

/// On the server nobody calls: it has the functions themselves.
#[cfg(not(feature = "hydrate"))]
async fn call(_path: &str, _body: Bytes) -> Result<Bytes, ApiError> {
    Err(unreachable_shop())
}
