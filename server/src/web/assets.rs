//! Files of the site: compressed ahead of time, cached for good where the name holds a hash.

use std::path::Path;

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use tower_http::services::ServeDir;

/// Names in this folder change with their content.
const HASHED: &str = "/pkg/";

/// Serves the site's folder; `.br` and `.gz` neighbours are sent to those who take them.
pub(crate) fn site(root: &Path) -> ServeDir {
    ServeDir::new(root)
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false)
}

/// Sets how long the browser may keep a file.
pub(crate) async fn cache_policy(request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with(HASHED);
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
