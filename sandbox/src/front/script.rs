//! `/js/telegram-web-app.js`: the official script, from the installed npm
//! package. It is read when asked for and never part of this repository.

use std::path::{Path, PathBuf};

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

use crate::sandbox::Shared;

/// Where the package keeps the script.
const IN_PACKAGE: &str = "node_modules/@twa-dev/sdk/src/telegram-web-apps.js";

/// Any page may load the script, as from its official address.
const ANY_ORIGIN: (HeaderName, HeaderValue) = (
    HeaderName::from_static("cross-origin-resource-policy"),
    HeaderValue::from_static("cross-origin"),
);

/// Sends the script, or says how to get it.
pub async fn serve(State(sandbox): State<Shared>) -> Response {
    let places = places(sandbox.config.script_path.as_deref());
    for place in &places {
        if let Ok(bytes) = tokio::fs::read(place).await {
            let headers = [
                ANY_ORIGIN,
                (
                    CONTENT_TYPE,
                    HeaderValue::from_static("text/javascript; charset=utf-8"),
                ),
                (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            ];
            return (headers, bytes).into_response();
        }
    }
    let looked: Vec<String> = places
        .iter()
        .map(|place| place.display().to_string())
        .collect();
    let text = format!(
        "The official telegram-web-app.js is not installed.\n\
         Run `npm ci --prefix sandbox`, or name the file with --script-path.\n\
         Looked in:\n  {}\n",
        looked.join("\n  ")
    );
    (StatusCode::NOT_FOUND, text).into_response()
}

/// Where to look: the given path alone, or the package here and in each folder above.
fn places(given: Option<&Path>) -> Vec<PathBuf> {
    if let Some(path) = given {
        return vec![path.to_owned()];
    }
    let here = std::env::current_dir().unwrap_or_default();
    here.ancestors()
        .flat_map(|folder| {
            [
                folder.join("sandbox").join(IN_PACKAGE),
                folder.join(IN_PACKAGE),
            ]
        })
        .collect()
}
