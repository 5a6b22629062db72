//! The seller's papers: terms, privacy, help, about.

use leptos::prelude::*;
use shop::domain::ShopProfile;

use super::Answer;
use crate::{
    markdown,
    page::{Head, PageContext, Place, respond},
    paths,
    ui::{ButtonKind, LinkButton, Prose, Screen, Section},
};

/// `GET /terms`
pub(super) async fn terms(page: PageContext) -> Answer {
    let title = page.words().settings().terms;
    paper(page, title, |profile| profile.terms, false).await
}

/// `GET /privacy`
pub(super) async fn privacy(page: PageContext) -> Answer {
    let title = page.words().settings().privacy;
    paper(page, title, |profile| profile.privacy, false).await
}

/// `GET /support`, with a way to the chat.
pub(super) async fn support(page: PageContext) -> Answer {
    let title = page.words().settings().support;
    paper(page, title, |profile| profile.support, true).await
}

/// `GET /about`
pub(super) async fn about(page: PageContext) -> Answer {
    let title = page.words().settings().about;
    paper(page, title, |profile| profile.about, false).await
}

async fn paper(
    page: PageContext,
    title: &'static str,
    text: impl FnOnce(ShopProfile) -> String,
    chat: bool,
) -> Answer {
    let profile = page.host.shop.profile(page.lang.tag()).await;
    let text = text(page.tried(profile)?);
    let words = page.words();
    let say = words.settings();
    let body = if text.trim().is_empty() {
        say.no_paper
    } else {
        text.as_str()
    };
    let html = markdown::to_html(body);
    let bot = (page.host.bot_username)();
    let chat = (chat && !bot.is_empty()).then(|| {
        view! {
            <LinkButton kind=ButtonKind::Tinted href=format!("https://t.me/{bot}")>
                {say.open_chat}
            </LinkButton>
            <p class="section-footer">{say.support_note}</p>
        }
    });
    let back = page.link(paths::SETTINGS);
    let head = Head::new(title, Place::Below(paths::SETTINGS));
    Ok(respond(&page, head, move || {
        view! {
            <Screen title=title back=back words=words>
                <Section><Prose html=html/></Section>
                {chat}
            </Screen>
        }
    }))
}
