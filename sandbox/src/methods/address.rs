//! Files that a call names by their address.

use reqwest::header::CONTENT_TYPE;
use serde_json::Value;

use crate::api_error::{ApiError, ApiResult};
use crate::limits::{ADDRESS_PATIENCE, DOWNLOAD_BYTES, PHOTO_ADDRESS_BYTES};
use crate::params::{Params, Upload};

/// Parameters that may be an address. Source: Bot API, "Sending files".
const FIELDS: [&str; 8] = [
    "photo",
    "document",
    "video",
    "animation",
    "audio",
    "voice",
    "video_note",
    "sticker",
];

/// What `sendDocument` takes by address. Source: Bot API, "Sending files".
const DOCUMENTS: [&str; 3] = ["image/gif", "application/pdf", "application/zip"];

/// Whether a file is named by its address.
pub(super) fn is_address(handle: &str) -> bool {
    handle.starts_with("http://") || handle.starts_with("https://")
}

/// Fetches what the parameters name by address, and lays it beside them under that address.
///
/// # Errors
/// 400 when an address gives nothing, too much, or what Telegram does not take from one.
pub(super) async fn fetch(params: &mut Params) -> ApiResult<()> {
    for (field, address) in addresses(params) {
        let upload = get(&field, &address).await?;
        params.attach(address, upload);
    }
    Ok(())
}

/// What is named by address, each with the kind of file that it is to be.
fn addresses(params: &Params) -> Vec<(String, String)> {
    let own = FIELDS.map(|field| (field.to_owned(), params.text(field)));
    let media = params.json("media", "").ok().flatten();
    let media = match media {
        Some(Value::Array(items)) => items,
        Some(one @ Value::Object(_)) => vec![one],
        _ => Vec::new(),
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let media = media
        .iter()
        .map(|it| (text(&it["type"]), text(&it["media"])));
    let all = own.into_iter().chain(media);
    all.filter(|(_, handle)| is_address(handle)).collect()
}

async fn get(field: &str, address: &str) -> ApiResult<Upload> {
    // source: tdlib/telegram-bot-api Client.cpp, WEBPAGE_CURL_FAILED
    let failed = || ApiError::bad("Failed to get HTTP URL content");
    let most = match field {
        "photo" => PHOTO_ADDRESS_BYTES,
        _ => DOWNLOAD_BYTES,
    };
    let client = reqwest::Client::builder().timeout(ADDRESS_PATIENCE).build();
    let request = client.map_err(|_| failed())?.get(address);
    let mut answer = request.send().await.map_err(|_| failed())?;
    if !answer.status().is_success() {
        return Err(failed());
    }
    let kind = answer.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let mime = kind.split(';').next().unwrap_or_default().trim().to_owned();
    if mime == "text/html" || field == "document" && !DOCUMENTS.contains(&mime.as_str()) {
        // source: tdlib/telegram-bot-api Client.cpp, WEBPAGE_MEDIA_EMPTY
        return Err(ApiError::bad("Wrong type of the web page content"));
    }
    let mut bytes = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|_| failed())? {
        bytes.extend_from_slice(&part);
        if bytes.len() > most {
            return Err(failed());
        }
    }
    let path = answer.url().path();
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    Ok(Upload {
        name,
        mime,
        bytes: bytes.into(),
    })
}
