//! Groups and channels as their owner sees them, and the owner's rulings.

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::error::{Answer, Body, Problem, Query};
use super::ledger::OfBot;
use crate::community::link::Link;
use crate::community::owner::Ruling;
use crate::community::{BotPlace, Community, Kind, Place, Rights};
use crate::sandbox::Shared;
use crate::token::Token;

/// A group or channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommunityView {
    /// Chat id.
    pub id: i64,
    /// What it is.
    pub kind: Kind,
    /// Name.
    pub title: String,
    /// Name after `@`, of public ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Where the bot stands.
    pub bot_place: BotPlace,
    /// What the bot may do as an administrator.
    pub rights: Rights,
    /// User ids of those who are in.
    pub members: Vec<i64>,
    /// Everybody who is or was in, by user id.
    pub people: Vec<Standing>,
    /// Its invite links.
    pub links: Vec<LinkView>,
    /// Who asks to come in.
    pub requests: Vec<Request>,
    /// Stars that members paid.
    pub stars: i64,
}

/// Where somebody stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Standing {
    /// The user.
    pub user_id: i64,
    /// `creator`, `member`, `left` or `kicked`, as in the Bot API's `ChatMember`.
    pub status: &'static str,
    /// Until when, seconds since 1970; nothing when it has no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}

/// An invite link.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkView {
    /// Address.
    pub invite_link: String,
    /// Name, for administrators.
    pub name: String,
    /// Whether somebody can still come by it.
    pub is_open: bool,
    /// Whether whoever uses it has to be let in.
    pub creates_join_request: bool,
    /// How many may be in by it; 0 for no limit.
    pub member_limit: i64,
    /// Works until then, seconds since 1970; 0 for ever.
    pub expire_date: i64,
    /// Stars for each 30 days, if it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
    /// How many of those who came in by it are in.
    pub used: i64,
}

/// Somebody who asks to come in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Request {
    /// The user.
    pub user_id: i64,
    /// The link by which they ask.
    pub invite_link: String,
}

impl CommunityView {
    fn new(found: &Community, now: i64) -> Self {
        let requests = found.requests.iter().map(|(user_id, url)| Request {
            user_id: *user_id,
            invite_link: url.clone(),
        });
        let members = found.places.keys().copied();
        Self {
            id: found.id,
            kind: found.kind,
            title: found.title.clone(),
            username: found.username.clone(),
            bot_place: found.bot,
            rights: found.rights,
            members: members.filter(|user| found.has(*user)).collect(),
            people: found.places.iter().map(standing).collect(),
            links: found.links.values().map(|link| view(link, now)).collect(),
            requests: requests.collect(),
            stars: found.stars,
        }
    }
}

fn standing((user_id, place): (&i64, &Place)) -> Standing {
    let (status, until) = match *place {
        Place::Creator => ("creator", None),
        Place::Member(until) => ("member", until),
        Place::Left => ("left", None),
        Place::Banned(until) => ("kicked", (until > 0).then_some(until)),
    };
    Standing {
        user_id: *user_id,
        status,
        until,
    }
}

fn view(link: &Link, now: i64) -> LinkView {
    LinkView {
        invite_link: link.url.clone(),
        name: link.name.clone(),
        is_open: link.is_open(now),
        creates_join_request: link.creates_join_request,
        member_limit: link.member_limit,
        expire_date: link.expire_date,
        price: link.price,
        used: link.used,
    }
}

/// The groups and channels of a bot, with their people and links.
#[utoipa::path(get, path = "/communities", params(OfBot),
    responses((status = 200, body = [CommunityView]), (status = 401, body = Problem)))]
pub async fn list(
    State(sandbox): State<Shared>,
    Query(of): Query<OfBot>,
) -> Answer<Vec<CommunityView>> {
    let token = Token::parse(&of.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let now = state.now();
    let theirs = state.communities.values();
    let theirs = theirs.filter(|community| community.bot_id == bot_id);
    Ok(Json(
        theirs.map(|found| CommunityView::new(found, now)).collect(),
    ))
}

/// What the owner does about somebody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The user.
    pub user_id: i64,
    /// What happens.
    pub ruling: Ruling,
}

/// The owner lets somebody in, turns them down, puts them out, bans them or lifts a ban,
/// without the bot; the bot is told.
#[utoipa::path(post, path = "/communities/{id}/rulings", request_body = Rule,
    params(("id" = i64, Path, description = "Chat id")),
    responses((status = 200, body = Object), (status = 400, body = Problem),
              (status = 404, body = Problem)))]
pub async fn rule(
    State(sandbox): State<Shared>,
    Path(id): Path<i64>,
    Body(rule): Body<Rule>,
) -> Answer<Value> {
    sandbox.state().rule(id, rule.user_id, rule.ruling)?;
    Ok(Json(json!({ "ok": true })))
}
