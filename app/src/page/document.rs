//! The document around a page's content.

use std::sync::LazyLock;

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use leptos::{nonce::Nonce, prelude::*};
use words::Lang;

use super::{PageContext, draw};
use crate::{
    host::PageNonce,
    paths,
    phrase::Phrase,
    ui::{Tab as TabLink, TabBar, glyph},
};

/// Runs before the first paint. Remarks and indents are for those who read the source.
static BOOT: LazyLock<String> = LazyLock::new(|| {
    let lines = include_str!("boot.js").lines().map(str::trim);
    lines
        .filter(|line| !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
});

/// Fetches a page of this shop as soon as its link is about to be followed.
const AHEAD: &str = r#"{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":"/files/*"}},{"not":{"href_matches":"/media/*"}}]},"eagerness":"moderate"}]}"#;

/// A main screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The front of the shop.
    Shop,
    /// The buyer's purchases.
    Library,
    /// Settings and papers.
    Settings,
}

/// What a page says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its title.
    pub title: String,
    /// One or two sentences for search engines and link previews; empty for none.
    pub description: String,
    /// Address of a picture for link previews.
    pub picture: Option<String>,
    /// The main screen that it is, or else the path of the page that it belongs to.
    pub place: Place,
    /// Its status.
    pub status: StatusCode,
}

/// Where a page stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// One of the main screens.
    Tab(Tab),
    /// Below another page.
    Below(&'static str),
}

impl Head {
    /// A page with this title at this place.
    pub fn new(title: impl Into<String>, place: Place) -> Self {
        Self {
            title: title.into(),
            description: String::new(),
            picture: None,
            place,
            status: StatusCode::OK,
        }
    }

    /// With a description.
    pub fn describe(mut self, description: &str) -> Self {
        self.description = description.to_owned();
        self
    }

    /// With another status than 200.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

/// Draws the whole document. The nonce is left for the layer that writes the policy.
pub(crate) fn respond<V: IntoView + 'static>(
    page: &PageContext,
    head: Head,
    content: impl FnOnce() -> V,
) -> Response {
    let nonce = Nonce::new();
    let kept = PageNonce(nonce.as_inner().clone());
    let status = head.status;
    let html = draw(|| {
        // Leptos's live reload looks for it there.
        provide_context(nonce.clone());
        view! { <Document page=page.clone() head=head nonce=nonce content=content()/> }
    });
    let vary = [
        (header::VARY, "Accept-Language"),
        // The nonce must be fresh, and prices and stock too; back and forward may still use the
        // browser's own copy.
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::CONTENT_LANGUAGE, page.lang.tag()),
    ];
    let mut response = (status, vary, Html(format!("<!DOCTYPE html>{html}"))).into_response();
    response.extensions_mut().insert(kept);
    response
}

#[component]
fn Document<V: IntoView + 'static>(
    page: PageContext,
    head: Head,
    nonce: Nonce,
    content: V,
) -> impl IntoView {
    let langs = Lang::ALL.map(Lang::tag).join(" ");
    let (tab, up) = match head.place {
        Place::Tab(tab) => (Some(tab), None),
        Place::Below(up) => (None, Some(up)),
    };
    let phrases = Phrase::ALL.map(|phrase| view! { <i>{phrase.text(page.words())}</i> });
    let tabs = tab.map(|tab| view! { <Tabs page=page.clone() tab=tab/> });
    view! {
        <html lang=page.lang.tag() dir=page.lang.dir() data-langs=langs>
            <head>
                <meta charset="utf-8"/>
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover"
                />
                <About head=head.clone()/>
                <script nonce=nonce.clone() inner_html=BOOT.as_str()></script>
                <Scripts page=page.clone() nonce=nonce/>
            </head>
            <body data-up=up>
                {content} {tabs} <div class="toast" id="toast" role="status"></div>
                <template id="phrases">{phrases.collect_view()}</template>
            </body>
        </html>
    }
}

#[component]
fn About(head: Head) -> impl IntoView {
    let description = (!head.description.is_empty()).then(|| {
        view! {
            <meta name="description" content=head.description.clone()/>
            {preview("og:description", head.description)}
        }
    });
    let picture = head.picture.map(|address| preview("og:image", address));
    view! {
        <title>{head.title.clone()}</title>
        {preview("og:title", head.title)}
        {description}
        {picture}
        <meta name="color-scheme" content="light dark"/>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
    }
}

/// A line for link previews (ogp.me).
fn preview(property: &'static str, content: String) -> impl IntoView {
    leptos::html::meta()
        .attr("property", property)
        .content(content)
}

/// Style, Telegram's script and the islands. Both scripts wait for the document; Telegram's comes
/// first, since the islands look for it.
#[component]
fn Scripts(page: PageContext, nonce: Nonce) -> impl IntoView {
    let names = &page.host.assets;
    let telegram = (page.host.script_url)();
    view! {
        <link rel="stylesheet" href=names.style.clone()/>
        <link rel="modulepreload" href=names.script.clone() nonce=nonce.clone()/>
        <link
            rel="preload"
            href=names.wasm.clone()
            r#as="fetch"
            r#type="application/wasm"
            crossorigin="anonymous"
            fetchpriority="low"
        />
        <script nonce=nonce.clone() src=telegram defer=true></script>
        <script
            type="module"
            nonce=nonce.clone()
            inner_html=islands(&names.script, &names.wasm)
        ></script>
        <script type="speculationrules" nonce=nonce.clone() inner_html=AHEAD></script>
        <AutoReload options=page.host.leptos.as_ref().clone()/>
    }
}

/// Loads the WebAssembly and wakes each island. Islands are never nested here, so a plain walk
/// does; Leptos's own script would wait for an idle moment, and the buyer does not.
fn islands(script: &str, wasm: &str) -> String {
    format!(
        "import init,* as app from\"{script}\";\
         await init({{module_or_path:\"{wasm}\"}});\
         app.hydrate();\
         for(const island of document.querySelectorAll(\"leptos-island\"))\
         app[island.dataset.component]?.(island);"
    )
}

/// The ways between the main screens.
#[component]
fn Tabs(page: PageContext, tab: Tab) -> impl IntoView {
    let nav = page.words().nav();
    view! {
        <TabBar label=nav.menu>
            <TabLink
                href=page.link(paths::HOME)
                icon=glyph::SHOP
                label=nav.shop
                current=tab == Tab::Shop
            />
            <TabLink
                href=page.link(paths::LIBRARY)
                icon=glyph::PURCHASES
                label=nav.purchases
                current=tab == Tab::Library
            />
            <TabLink
                href=page.link(paths::SETTINGS)
                icon=glyph::SETTINGS
                label=nav.settings
                current=tab == Tab::Settings
            />
        </TabBar>
    }
}
