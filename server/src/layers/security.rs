//! Headers that tell the browser what this shop's pages may do.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

const PERMISSIONS_POLICY: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

/// The headers of one instance, worked out once.
#[derive(Debug, Clone)]
pub struct SecurityHeaders {
    frame_ancestors: String,
    development: bool,
    https: bool,
}

impl SecurityHeaders {
    /// `sandbox` is the origin of a stand-in for Telegram, which then may frame the pages too;
    /// `development` lets the live-reload socket through.
    pub fn new(sandbox: Option<&str>, development: bool, https: bool) -> Self {
        // source: Web K and Web A live below web.telegram.org.
        let mut frame_ancestors = "https://web.telegram.org https://*.telegram.org".to_owned();
        if let Some(origin) = sandbox {
            frame_ancestors.push(' ');
            frame_ancestors.push_str(origin);
        }
        Self {
            frame_ancestors,
            development,
            https,
        }
    }

    /// The policy of a page whose scripts and styles carry this nonce.
    pub fn page_policy(&self, nonce: &str) -> String {
        let live_reload = if self.development { " ws:" } else { "" };
        format!(
            "default-src 'none'; \
             script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval' 'inline-speculation-rules'; \
             style-src 'self' 'nonce-{nonce}'; \
             img-src 'self' data: blob:; media-src 'self'; font-src 'self'; \
             connect-src 'self'{live_reload}; manifest-src 'self'; \
             form-action 'self'; base-uri 'none'; object-src 'none'; \
             frame-ancestors {}",
            self.frame_ancestors
        )
    }

    /// The policy of everything that is no page.
    fn plain_policy(&self) -> String {
        format!(
            "default-src 'none'; frame-ancestors {}",
            self.frame_ancestors
        )
    }
}

/// Sets the headers that every answer carries. A page's handler has set its own policy already.
pub async fn security_headers(
    State(security): State<SecurityHeaders>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    put_if_absent(
        headers,
        header::CONTENT_SECURITY_POLICY,
        &security.plain_policy(),
    );
    put_if_absent(headers, header::REFERRER_POLICY, "no-referrer");
    put_if_absent(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put_if_absent(
        headers,
        HeaderName::from_static("permissions-policy"),
        PERMISSIONS_POLICY,
    );
    if security.https {
        put_if_absent(
            headers,
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000",
        );
    }
    response
}

fn put_if_absent(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.entry(name).or_insert(value);
    }
}
