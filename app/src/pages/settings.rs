//! Settings and papers.

use axum::response::Response;
use leptos::prelude::*;
use words::Lang;

use crate::{
    page::{Head, PageContext, Place, Tab, respond},
    paths,
    ui::{Icon, LinkCell, Screen, Section, glyph},
};

/// `GET /settings`
pub(super) async fn page(page: PageContext) -> Response {
    let words = page.words();
    let (title, say) = (words.nav().settings, words.settings());
    let head = Head::new(title, Place::Tab(Tab::Settings));
    let context = page.clone();
    respond(&page, head, move || {
        let languages = Lang::ALL
            .map(|lang| language(lang, context.lang))
            .collect_view();
        let papers = [
            (paths::TERMS, glyph::TERMS, say.terms),
            (paths::PRIVACY, glyph::PRIVACY, say.privacy),
            (paths::SUPPORT, glyph::HELP, say.support),
            (paths::ABOUT, glyph::INFO, say.about),
        ]
        .map(|(path, icon, title)| {
            view! { <LinkCell href=context.link(path) icon=icon title=title/> }
        })
        .collect_view();
        let version = say.version.fill(&[("version", env!("CARGO_PKG_VERSION"))]);
        view! {
            <Screen title=title words=words>
                <Section header=say.language footer=say.language_note>
                    {languages}
                </Section>
                <Section header=say.papers>
                    {papers}
                </Section>
                <p class="section-footer">{version}</p>
            </Screen>
        }
    })
}

/// A language as a link, so that it can be chosen without scripts; with them the choice is kept.
fn language(lang: Lang, current: Lang) -> impl IntoView {
    let chosen = lang == current;
    let mark = chosen.then(|| view! { <Icon glyph=glyph::CHECK/> });
    view! {
        <a
            class="cell"
            href=format!("{}?lang={}", paths::SETTINGS, lang.tag())
            lang=lang.tag()
            aria-current=chosen.then_some("true")
            data-action="choose-language"
            data-id=lang.tag()
        >
            <span class="cell-main">
                <span class="cell-title">{lang.own_name()}</span>
            </span>
            {mark}
        </a>
    }
}
