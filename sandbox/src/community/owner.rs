//! What the owner of a group or channel does about its people, in the app and without
//! the bot, which is only told.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{By, How, Place};
use crate::state::State;

/// What the owner does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// Lets in who asked.
    Approve,
    /// Turns down who asked.
    Decline,
    /// Puts a member out, who may come back.
    Remove,
    /// Puts somebody out for ever.
    Ban,
    /// Lifts a ban; the user is not in by that.
    Unban,
}

/// Why the owner cannot do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RulingError {
    /// No such community.
    #[error("There is no group or channel with this id.")]
    NotFound,
    /// Nobody has this id.
    #[error("There is no user with this id.")]
    UserNotFound,
    /// They did not ask.
    #[error("The user does not ask to come in.")]
    NoRequest,
    /// Not where the ruling needs them.
    #[error("The user's place in the community does not allow this.")]
    WrongPlace,
}

impl State {
    /// The owner rules about a user. Who is banned also loses a request to come in.
    ///
    /// # Errors
    /// When the community or the user is unknown, or it does not apply to them.
    pub fn rule(&mut self, id: i64, user_id: i64, ruling: Ruling) -> Result<(), RulingError> {
        let community = self.communities.get(&id).ok_or(RulingError::NotFound)?;
        let place = community.places.get(&user_id).copied();
        if self.account(user_id).is_none() {
            return Err(RulingError::UserNotFound);
        }
        let place = match (ruling, place) {
            (Ruling::Approve | Ruling::Decline, _) => {
                let lets_in = ruling == Ruling::Approve;
                let is_done = self.close_request(id, user_id, lets_in, By::Owner);
                return is_done.then_some(()).ok_or(RulingError::NoRequest);
            }
            (Ruling::Remove, Some(Place::Member(_))) | (Ruling::Unban, Some(Place::Banned(_))) => {
                Place::Left
            }
            (Ruling::Ban, None | Some(Place::Member(_) | Place::Left)) => Place::Banned(0),
            _ => return Err(RulingError::WrongPlace),
        };
        if ruling == Ruling::Ban {
            self.close_request(id, user_id, false, By::Owner);
        }
        let how = How {
            by: By::Owner,
            ..How::default()
        };
        self.set_place(id, user_id, place, &how);
        Ok(())
    }

    /// The user who owns a community.
    pub(super) fn owner_of(&self, id: i64) -> Option<i64> {
        let places = &self.communities.get(&id)?.places;
        let mut owners = places.iter().filter(|(_, place)| **place == Place::Creator);
        owners.next().map(|(owner, _)| *owner)
    }
}
