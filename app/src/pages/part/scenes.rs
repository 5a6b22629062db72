//! Screens that an island may have to put in place of its content, drawn ahead.

use leptos::prelude::*;
use words::groups::Scene;

use crate::{
    page::PageContext,
    ui::{
        Button, ButtonKind, EmptyState, LinkButton,
        art::{self, Art},
    },
};

/// `<template>`s named after what happened: `scene-offline`, `scene-error`, `scene-expired`,
/// `scene-open_in_telegram`. Islands clone them (`client::slot`).
#[component]
pub(in crate::pages) fn SceneTemplates(page: PageContext) -> impl IntoView {
    let scenes = page.words().scenes();
    let link = page.host.telegram_link(None);
    let open = link.map(|link| {
        let label = scenes.open_in_telegram.action;
        view! { <LinkButton href=link>{label}</LinkButton> }
    });
    view! {
        <template id="scene-offline">
            <WithButton art=art::OFFLINE scene=&scenes.offline action="reload"/>
        </template>
        <template id="scene-error">
            <WithButton art=art::ERROR scene=&scenes.error action="reload"/>
        </template>
        <template id="scene-expired">
            <WithButton art=art::EXPIRED scene=&scenes.expired action="close"/>
        </template>
        <template id="scene-open_in_telegram">
            <EmptyState art=art::OPEN_IN_TELEGRAM scene=&scenes.open_in_telegram>
                {open}
            </EmptyState>
        </template>
    }
}

#[component]
fn WithButton(art: Art, scene: &'static Scene, action: &'static str) -> impl IntoView {
    view! {
        <EmptyState art=art scene=scene>
            <Button kind=ButtonKind::Tinted attr:data-action=action>
                {scene.action}
            </Button>
        </EmptyState>
    }
}
