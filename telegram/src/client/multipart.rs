//! Uploads: a form with the parameters as text and the file as a part.

use reqwest::multipart::{Form, Part};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ApiError, Client, FileSource, Upload};
use crate::limit_error::LimitError;
use crate::limits;

impl Client {
    /// Sends a file under the parameter `field`: as JSON when it is known to Telegram or fetched
    /// by it, as a form when it is ours.
    pub(super) async fn call_with_file<T, P>(
        &self,
        method: &'static str,
        params: &P,
        field: &'static str,
        file: FileSource,
        limit_bytes: u64,
    ) -> Result<T, ApiError>
    where
        T: DeserializeOwned,
        P: Serialize,
    {
        let mut params = parameters(params)?;
        let upload = match file {
            FileSource::Upload(upload) => upload,
            FileSource::FileId(text) | FileSource::Url(text) => {
                if text.is_empty() {
                    return Err(LimitError::Empty { field: "file" }.into());
                }
                params.insert(field.to_owned(), Value::String(text));
                return self
                    .call_within(limits::TRANSFER_TIMEOUT, method, &params)
                    .await;
            }
        };
        upload.check(limit_bytes)?;
        let form = form(params).part(field, part(upload)?);
        let request = self
            .request(method)
            .multipart(form)
            .timeout(limits::TRANSFER_TIMEOUT);
        self.answer(method, request).await
    }
}

/// Parameters as a JSON object.
fn parameters<P: Serialize>(params: &P) -> Result<serde_json::Map<String, Value>, ApiError> {
    match serde_json::to_value(params) {
        Ok(Value::Object(params)) => Ok(params),
        _ => Err(LimitError::NotAllowed {
            field: "parameters",
            rule: "they must be an object",
        })?,
    }
}

/// In forms plain values stand as they are and nested ones as JSON text.
fn form(params: serde_json::Map<String, Value>) -> Form {
    params
        .into_iter()
        .fold(Form::new(), |form, (name, value)| match value {
            Value::String(text) => form.text(name, text),
            other => form.text(name, other.to_string()),
        })
}

fn part(upload: Upload) -> Result<Part, ApiError> {
    Part::stream_with_length(upload.body, upload.length)
        .file_name(upload.name)
        .mime_str(&upload.mime)
        .map_err(|_| {
            LimitError::NotAllowed {
                field: "file type",
                rule: "it is no MIME type",
            }
            .into()
        })
}
