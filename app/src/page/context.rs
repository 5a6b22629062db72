//! Who asks for a page.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Query},
    http::{HeaderMap, Uri, header, request::Parts},
};
use serde::Deserialize;
use words::{Lang, Words};

use crate::host::Host;

/// What every page and fragment is drawn with.
#[derive(Clone)]
pub struct PageContext {
    /// The shop and its surroundings.
    pub host: Host,
    /// The language of the page.
    pub lang: Lang,
    /// Whether the address names the language, so that links must name it too.
    pinned: bool,
}

#[derive(Deserialize)]
struct Chosen {
    lang: Option<String>,
}

impl PageContext {
    /// For a page, or a call from one: the language that the address names, else the one that the
    /// browser asks for.
    pub fn of(host: Host, uri: &Uri, headers: &HeaderMap) -> Self {
        let (lang, pinned) = language(uri, headers);
        Self { host, lang, pinned }
    }

    /// The words of the page's language.
    pub fn words(&self) -> Words {
        words::words(self.lang)
    }

    /// The tag of the page's language, where the page's own address names it.
    pub fn named_lang(&self) -> Option<&'static str> {
        self.pinned.then(|| self.lang.tag())
    }

    /// An address of this shop, with the language where the page's own address names it. Islands
    /// and the script in the head rely on the parameter's name.
    pub fn link(&self, path: &str) -> String {
        let Some(lang) = self.named_lang() else {
            return path.to_owned();
        };
        let join = if path.contains('?') { '&' } else { '?' };
        format!("{path}{join}lang={lang}")
    }
}

/// The language, and whether the address names it.
fn language(uri: &Uri, headers: &HeaderMap) -> (Lang, bool) {
    let query = Query::<Chosen>::try_from_uri(uri).ok();
    match query.and_then(|query| Lang::from_tag(&query.0.lang?)) {
        Some(lang) => (lang, true),
        None => (accepted(headers).unwrap_or_default(), false),
    }
}

/// The language that a request's `Accept-Language` asks for.
fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    Lang::from_accept_language(header)
}

impl FromRequestParts<Host> for PageContext {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, host: &Host) -> Result<Self, Infallible> {
        Ok(Self::of(host.clone(), &parts.uri, &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(address: &'static str, accepts: &'static str) -> (Lang, bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accepts.parse().unwrap());
        language(&Uri::from_static(address), &headers)
    }

    #[test]
    fn the_address_comes_before_the_browser() {
        assert_eq!(spoken("/?q=a&lang=ru", "en"), (Lang::Ru, true));
        assert_eq!(spoken("/p/x?lang=en-GB", "ru"), (Lang::En, true));
        assert_eq!(spoken("/", "ru, en;q=0.5"), (Lang::Ru, false));
        assert_eq!(spoken("/", "de"), (Lang::En, false));
    }

    #[test]
    fn a_language_that_nobody_speaks_here_is_no_choice() {
        assert_eq!(spoken("/?lang=xx", "ru"), (Lang::Ru, false));
        assert_eq!(spoken("/?lang=", "ru"), (Lang::Ru, false));
        assert_eq!(spoken("/?lang=ru&lang=en", "ru"), (Lang::Ru, false));
    }
}
