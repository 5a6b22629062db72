//! Headers that tell the browser what this shop's pages may do.

use app::host::PageNonce;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Where Telegram's web clients live, which show the shop in a frame.
/// source: Web K and Web A, below web.telegram.org.
const TELEGRAM_FRAMES: &str = "https://web.telegram.org https://*.telegram.org";

const PERMISSIONS_POLICY: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

/// The empty style element that Telegram's script adds to every page and fills through the
/// CSSOM, which no policy governs: it carries no nonce, so it is let through by its hash.
const EMPTY_STYLE: &str = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/// The headers of one instance, worked out once.
#[derive(Debug, Clone)]
pub(crate) struct SecurityHeaders {
    frame_ancestors: String,
    /// Where pages may connect to besides our own origin: the live-reload socket of development.
    live_reload: &'static str,
    https: bool,
}

impl SecurityHeaders {
    /// `sandbox` is the origin of a stand-in for Telegram, which then may frame the pages too;
    /// `live_reload` lets the socket of a watching build through; `https` says that buyers come
    /// over https, which they then always must.
    pub(crate) fn new(sandbox: Option<&str>, live_reload: bool, https: bool) -> Self {
        let mut frame_ancestors = TELEGRAM_FRAMES.to_owned();
        if let Some(origin) = sandbox {
            frame_ancestors.push(' ');
            frame_ancestors.push_str(origin);
        }
        Self {
            frame_ancestors,
            live_reload: if live_reload { " ws: wss:" } else { "" },
            https,
        }
    }

    /// The policy of a page whose scripts carry this nonce.
    fn page_policy(&self, nonce: &str) -> String {
        let Self {
            frame_ancestors,
            live_reload,
            ..
        } = self;
        format!(
            "default-src 'none'; \
             script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval' 'inline-speculation-rules'; \
             style-src 'self' 'nonce-{nonce}' {EMPTY_STYLE}; \
             img-src 'self' data: blob:; media-src 'self'; font-src 'self'; \
             connect-src 'self'{live_reload}; manifest-src 'self'; \
             form-action 'self'; base-uri 'none'; object-src 'none'; \
             frame-ancestors {frame_ancestors}"
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

/// Sets the headers that every answer carries. A handler's own policy stays.
pub(crate) async fn security_headers(
    State(security): State<SecurityHeaders>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let policy = match response.extensions().get::<PageNonce>() {
        Some(PageNonce(nonce)) => security.page_policy(nonce),
        None => security.plain_policy(),
    };
    let headers = response.headers_mut();
    put_if_absent(headers, header::CONTENT_SECURITY_POLICY, &policy);
    put_if_absent(headers, header::REFERRER_POLICY, "no-referrer");
    put_if_absent(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    let permissions = HeaderName::from_static("permissions-policy");
    put_if_absent(headers, permissions, PERMISSIONS_POLICY);
    if security.https {
        let year = "max-age=31536000";
        put_if_absent(headers, header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

fn put_if_absent(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.entry(name).or_insert(value);
    }
}
