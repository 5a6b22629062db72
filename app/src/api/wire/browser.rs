//! Calls by `fetch`.

use std::{future::Future, pin::Pin};

use bytes::Bytes;
use js_sys::Uint8Array;
use leptos::server_fn::error::FromServerFnError;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use super::unreachable_shop;
use crate::{
    api::ApiError,
    client::{page, session},
};

/// An answer on its way. A browser has one thread, so that what lives in it may be called `Send`.
pub(super) type Pending = SendWrapper<Pin<Box<dyn Future<Output = Result<Bytes, ApiError>>>>>;

/// Posts bytes with the page's language and the buyer's session, if there is one. Compiled once
/// for all functions: the boxed future keeps it apart from their shapes.
pub(super) fn post(path: &str, body: &[u8]) -> Pending {
    let request = request(body);
    let path = page::localised(path);
    SendWrapper::new(Box::pin(async move {
        let (good, body) = answer(&path, request)
            .await
            .map_err(|_| unreachable_shop())?;
        if good {
            Ok(body)
        } else {
            Err(ApiError::de(body))
        }
    }))
}

fn request(body: &[u8]) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    headers.set("Content-Type", "application/x-postcard")?;
    headers.set("Accept-Language", &page::lang())?;
    if let Some(token) = session::token() {
        headers.set("Authorization", &["Bearer ", &token].concat())?;
    }
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_headers(&headers);
    request.set_body(&Uint8Array::from(body));
    Ok(request)
}

/// Whether the shop did as asked, and what it said.
async fn answer(
    path: &str,
    request: Result<RequestInit, JsValue>,
) -> Result<(bool, Bytes), JsValue> {
    let window = page::window().ok_or(JsValue::NULL)?;
    let sent = JsFuture::from(window.fetch_with_str_and_init(path, &request?)).await?;
    let response = sent.unchecked_into::<Response>();
    let body = JsFuture::from(response.array_buffer()?).await?;
    Ok((response.ok(), Uint8Array::new(&body).to_vec().into()))
}
