//! Reads a call's parameters from its query and body.

use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::Value;
use url::form_urlencoded;

use crate::api_error::{ApiError, ApiResult};
use crate::limits::{BODY_BYTES, UPLOAD_BYTES};
use crate::params::{Params, Upload};

/// Takes the parameters out of a request. The body wins over the query.
///
/// # Errors
/// 400 for what cannot be read, 413 for what is too large. Telegram documents the codes and not
/// the texts: those are after tdlib/td HttpReader.cpp, the JSON parser's are our own.
pub async fn params(request: Request) -> ApiResult<Params> {
    let mut params = Params::default();
    if let Some(query) = request.uri().query() {
        read_form(&mut params, query.as_bytes());
    }
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_lowercase();
    // To its very end, also behind a form's last boundary: with a rest unread, the connection would
    // be closed under a client that goes on using it.
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, BODY_BYTES)
        .await
        .map_err(|_| ApiError::new(413, "Request Entity Too Large"))?;
    if kind.starts_with("multipart/form-data") {
        read_multipart(&mut params, Request::from_parts(head, Body::from(body))).await?;
        return Ok(params);
    }
    if kind.starts_with("application/json") {
        read_json(&mut params, &body)?;
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        read_form(&mut params, &body);
    }
    Ok(params)
}

fn read_form(params: &mut Params, body: &[u8]) {
    for (name, value) in form_urlencoded::parse(body) {
        params.set(name, Value::String(value.into_owned()));
    }
}

fn read_json(params: &mut Params, body: &[u8]) -> ApiResult<()> {
    if body.is_empty() {
        return Ok(());
    }
    let value: Value = serde_json::from_slice(body)
        .map_err(|error| ApiError::bad(&format!("can't parse parameter value: {error}")))?;
    let Value::Object(object) = value else {
        return Err(ApiError::bad("JSON object expected"));
    };
    for (name, value) in object {
        params.set(name, value);
    }
    Ok(())
}

async fn read_multipart(params: &mut Params, request: Request) -> ApiResult<()> {
    let bad = |_| ApiError::bad("can't parse form data headers");
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| ApiError::bad("boundary not found"))?;
    while let Some(field) = form.next_field().await.map_err(bad)? {
        let Some(name) = field.name().map(str::to_owned) else {
            return Err(ApiError::bad("field name in multipart/form-data not found"));
        };
        let file_name = file_name(&field);
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field
            .bytes()
            .await
            .map_err(|_| ApiError::new(413, "Request Entity Too Large"))?;
        match file_name {
            // One text for a file and for a body that are too large: how Telegram words the
            // first is not documented.
            Some(_) if bytes.len() > UPLOAD_BYTES => {
                return Err(ApiError::new(413, "Request Entity Too Large"));
            }
            Some(file_name) => {
                let given = content_type.filter(|mime| mime != "application/octet-stream");
                let mime = given.unwrap_or_else(|| {
                    mime_guess::from_path(&file_name)
                        .first_or_octet_stream()
                        .to_string()
                });
                params.attach(
                    name,
                    Upload {
                        name: file_name,
                        mime,
                        bytes,
                    },
                );
            }
            None => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                params.set(name, Value::String(text));
            }
        }
    }
    Ok(())
}

/// The name of an uploaded file. Some clients send it without quotes; it then ends at the next
/// semicolon, not at the first space. Source: tdlib/td HttpReader.cpp, `content-disposition`.
fn file_name(field: &Field<'_>) -> Option<String> {
    let given = field.file_name()?;
    let header = field.headers().get(CONTENT_DISPOSITION)?.as_bytes();
    let header = String::from_utf8_lossy(header);
    let bare = header
        .split_once("filename=")
        .map(|(_, name)| name)
        .filter(|name| !name.starts_with('"'))
        .and_then(|name| name.split(';').next());
    Some(bare.map_or(given, str::trim).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::extract::DefaultBodyLimit;

    async fn name_of(disposition: &str) -> Option<String> {
        let body = format!("--x\r\ncontent-disposition: {disposition}\r\n\r\nsea\r\n--x--\r\n");
        let request = Request::builder()
            .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body))
            .unwrap();
        let params = params(request).await.unwrap();
        params.file("document").map(|upload| upload.name.clone())
    }

    #[tokio::test]
    async fn file_names_may_have_spaces_with_and_without_quotes() {
        for (disposition, name) in [
            (
                "form-data; name=\"document\"; filename=\"sea ü.bin\"",
                "sea ü.bin",
            ),
            (
                "form-data;name=\"document\";filename=sea ü.bin",
                "sea ü.bin",
            ),
            ("form-data; filename=sea ü.bin ; name=document", "sea ü.bin"),
        ] {
            assert_eq!(
                name_of(disposition).await.as_deref(),
                Some(name),
                "{disposition}"
            );
        }
        assert_eq!(name_of("form-data; name=\"document\"").await, None);
    }

    #[tokio::test]
    async fn a_file_is_too_large_by_one_byte() {
        for (size, fits) in [(UPLOAD_BYTES, true), (UPLOAD_BYTES + 1, false)] {
            let mut body = b"--x\r\ncontent-disposition: form-data; name=\"document\"; \
                filename=\"a.bin\"\r\n\r\n"
                .to_vec();
            body.resize(body.len() + size, b'a');
            body.extend_from_slice(b"\r\n--x--\r\n");
            let mut request = Request::builder()
                .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
                .body(Body::from(body))
                .unwrap();
            // As the router has it.
            DefaultBodyLimit::max(BODY_BYTES).apply(&mut request);
            let read = super::params(request).await;
            assert_eq!(read.is_ok(), fits, "{size}");
            assert_eq!(read.err().map(|error| error.code), (!fits).then_some(413));
        }
    }
}
