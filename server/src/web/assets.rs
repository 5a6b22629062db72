//! Files of the site: compressed ahead of time, cached for good where the name holds a hash.

use std::path::Path;

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use tower_http::services::ServeDir;

use crate::limits::HASH_LETTERS;

/// Serves the site's folder; `.br` and `.gz` neighbours are sent to those who take them.
pub(crate) fn site(root: &Path) -> ServeDir {
    ServeDir::new(root)
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false)
}

/// Sets how long the browser may keep a file.
pub(crate) async fn cache_policy(request: Request, next: Next) -> Response {
    let hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    if response.status().is_success() {
        let policy = if hashed {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=3600"
        };
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    }
    response
}

/// Whether a file's name changes with its content. Builds for daily work leave the hash out.
fn is_hashed(path: &str) -> bool {
    let is_hash = |part: &str| {
        let letter = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'_';
        part.len() == HASH_LETTERS && part.bytes().all(letter)
    };
    let mut parts = path.rsplit('.');
    parts.next();
    parts.next().is_some_and(is_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_makes_a_name_good_for_ever() {
        assert!(is_hashed("/pkg/starfront.Dz4rS0Rul5Efxz9m6kfLbg.js"));
        for path in [
            "/pkg/starfront.js",
            "/robots.txt",
            "/a.Dz4rS0Rul5Efxz9m6kfLbg",
            "/",
        ] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
