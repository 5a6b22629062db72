//! What a browser fetches for a page before anyone touches it.

use crate::{
    failure::{Done, Failure, OrSay},
    net,
};
use std::collections::BTreeSet;

/// Kinds of files that count against the budget, as the ends of their addresses.
const KINDS: [&str; 3] = ["css", "js", "wasm"];

/// Bytes on the wire, by kind.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Weight {
    /// The document.
    pub(crate) html: usize,
    /// Style sheets.
    pub(crate) css: usize,
    /// Our scripts.
    pub(crate) js: usize,
    /// The module.
    pub(crate) wasm: usize,
    /// Telegram's own script, which every Mini App loads.
    pub(crate) official: usize,
}

impl Weight {
    /// What counts against the budget.
    pub(crate) fn total(&self) -> usize {
        self.html + self.css + self.js + self.wasm
    }
}

/// Fetches a page and what it names, as a browser that takes brotli does.
pub(crate) fn weigh(shop: &str, path: &str) -> Done<Weight> {
    let (html, bytes) = fetch(&format!("{shop}{path}"), "identity")?;
    let (_, packed) = fetch(&format!("{shop}{path}"), "br")?;
    let mut weight = Weight {
        html: packed.min(bytes),
        ..Weight::default()
    };
    for address in addresses(&html) {
        let url = if address.starts_with('/') {
            format!("{shop}{address}")
        } else {
            address.clone()
        };
        let (_, bytes) = fetch(&url, "br")?;
        let file = address.split(['?', '#']).next().unwrap_or_default();
        match file.rsplit('.').next() {
            _ if file.ends_with("telegram-web-app.js") => weight.official += bytes,
            Some("css") => weight.css += bytes,
            Some("js") => weight.js += bytes,
            _ => weight.wasm += bytes,
        }
    }
    Ok(weight)
}

/// The first product that the home page links to.
pub(crate) fn first_product(shop: &str) -> Done<String> {
    let (html, _) = fetch(&format!("{shop}/"), "identity")?;
    let links = html
        .split("href=\"/p/")
        .nth(1)
        .and_then(|rest| rest.split(['"', '?']).next());
    links
        .map(|code| format!("/p/{code}"))
        .ok_or_else(|| Failure::new("The home page links to no product."))
}

fn fetch(url: &str, encoding: &str) -> Done<(String, usize)> {
    let answer = net::client()
        .get(url)
        .header("accept-encoding", encoding)
        .call();
    let mut answer = answer.or_say(format!("{url} can't be fetched"))?;
    if answer.status() != 200 {
        return Err(Failure::new(format!("{url} answers {}.", answer.status())));
    }
    let body = answer
        .body_mut()
        .with_config()
        .limit(20_000_000)
        .read_to_vec();
    let body = body.or_say(format!("{url} can't be read"))?;
    Ok((String::from_utf8_lossy(&body).into_owned(), body.len()))
}

/// Scripts, style sheets and preloads of a document, each once.
fn addresses(html: &str) -> BTreeSet<String> {
    let tags = html
        .split('<')
        .filter(|tag| tag.starts_with("link ") || tag.starts_with("script "));
    let values = tags.filter_map(|tag| {
        let tag = tag.split('>').next()?;
        let start = ["href=\"", "src=\""]
            .iter()
            .find_map(|name| Some(tag.find(name)? + name.len()))?;
        tag[start..].split('"').next()
    });
    let counted = |address: &&str| {
        let file = address.split(['?', '#']).next().unwrap_or_default();
        KINDS.iter().any(|kind| file.ends_with(&format!(".{kind}")))
    };
    values.filter(counted).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_budget_counts_is_fetched() {
        let html = r#"<link rel="modulepreload" href="/pkg/a.js"><link rel="preload" href="/pkg/a.wasm">
            <link rel="stylesheet" href="/pkg/a.css"><script src="/telegram-web-app.js?1"></script>
            <link rel="icon" href="/icon.svg"><a href="/p/x.js">x</a><script src="/pkg/a.js"></script>"#;
        let found: Vec<String> = addresses(html).into_iter().collect();
        assert_eq!(
            found,
            [
                "/pkg/a.css",
                "/pkg/a.js",
                "/pkg/a.wasm",
                "/telegram-web-app.js?1"
            ]
        );
    }
}
