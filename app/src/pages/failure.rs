//! Pages that stand in for others.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use words::groups::Scene;

use crate::{
    page::{Head, PageContext, Place, respond},
    paths,
    ui::{
        ButtonKind, EmptyState, LinkButton, Screen,
        art::{self, Art},
    },
};

/// No such page, or no such product any more.
pub(super) fn missing(page: &PageContext) -> Response {
    let scene = &page.words().scenes().not_found;
    stand_in(page, scene, art::NOT_FOUND, StatusCode::NOT_FOUND)
}

/// Something broke here. For failed pages and for panics.
pub fn failed(page: &PageContext) -> Response {
    let scene = &page.words().scenes().error;
    stand_in(page, scene, art::ERROR, StatusCode::INTERNAL_SERVER_ERROR)
}

fn stand_in(page: &PageContext, scene: &'static Scene, art: Art, status: StatusCode) -> Response {
    let (words, home) = (page.words(), page.link(paths::HOME));
    let head = Head::new(scene.title, Place::Below(paths::HOME)).status(status);
    respond(page, head, move || {
        view! {
            <Screen words=words>
                <EmptyState art=art scene=scene page=true>
                    <LinkButton kind=ButtonKind::Tinted href=home>{scene.action}</LinkButton>
                </EmptyState>
            </Screen>
        }
    })
}
