//! Which page was before this one, for the arrow back.
//!
//! The browser's own history is no help: inside a frame it is shared with the client around it,
//! and its length says nothing about where one came from.

use super::{page, storage::Place};
use crate::limits::TRAIL_STEPS;

const NAME: &str = "starfront.trail";

/// Notes that this page is shown now.
pub(super) fn note() {
    let here = page::path();
    let mut steps = steps();
    let came_back = steps.len() > 1 && steps[steps.len() - 2] == here;
    if came_back {
        steps.pop();
    } else if steps.last() != Some(&here) {
        steps.push(here);
    }
    let skip = steps.len().saturating_sub(TRAIL_STEPS);
    Place::Tab.set(NAME, &steps[skip..].join("\n"));
}

/// Goes to the page before, or up to the page that this one belongs to.
pub(super) fn back(up: &str) {
    let history = page::window().and_then(|window| window.history().ok());
    match history.filter(|_| steps().len() > 1) {
        Some(history) => {
            let _ = history.back();
        }
        None => page::go(up),
    }
}

fn steps() -> Vec<String> {
    let text = Place::Tab.get(NAME).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}
