//! Users and their wallets.

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use crate::event::Event;
use crate::limits::{BIO_CHARS, USERS_MAX, WALLET_STARS};
use crate::sandbox::Shared;
use crate::user::{Account, User};

/// A user with their Stars.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    /// Who it is.
    #[serde(flatten)]
    pub user: User,
    /// What they say of themselves.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bio: String,
    /// Stars in the wallet.
    pub stars: i64,
}

impl From<&Account> for UserView {
    fn from(account: &Account) -> Self {
        Self {
            user: account.user.clone(),
            bio: account.bio.clone(),
            stars: account.stars,
        }
    }
}

/// A user to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// First name, 1 to 64 characters.
    pub first_name: String,
    /// Last name.
    pub last_name: Option<String>,
    /// Name after `@`.
    pub username: Option<String>,
    /// Language of the user's app, such as `en`.
    pub language_code: Option<String>,
    /// Whether the user has Telegram Premium.
    #[serde(default)]
    pub is_premium: bool,
    /// Address of the user's picture.
    pub photo_url: Option<String>,
    /// What they say of themselves, at most 140 characters; bots read it in `chat_join_request`
    /// and `getChat`.
    #[serde(default)]
    pub bio: String,
    /// Stars to begin with.
    #[serde(default)]
    pub stars: i64,
}

/// All users, by id.
#[utoipa::path(get, path = "/users", responses((status = 200, body = [UserView])))]
pub async fn list(State(sandbox): State<Shared>) -> Json<Vec<UserView>> {
    Json(sandbox.state().users.values().map(UserView::from).collect())
}

/// Makes a user.
#[utoipa::path(post, path = "/users", request_body = NewUser,
    responses((status = 200, body = UserView), (status = 400, body = Problem)))]
pub async fn create(State(sandbox): State<Shared>, Body(new): Body<NewUser>) -> Answer<UserView> {
    let first_name = new.first_name.trim().to_owned();
    if !(1..=64).contains(&first_name.chars().count()) {
        return Err(Failure::bad(
            "first_name_invalid",
            "A first name has 1 to 64 characters.",
        ));
    }
    if !(0..=WALLET_STARS).contains(&new.stars) {
        return Err(Failure::bad(
            "stars_invalid",
            "A wallet holds no negative or absurd number.",
        ));
    }
    if new.bio.chars().count() > BIO_CHARS {
        return Err(Failure::bad("bio_too_long", "A bio has 140 characters."));
    }
    let mut state = sandbox.state();
    if state.users.len() >= USERS_MAX {
        return Err(Failure::bad("too_many_users", "This sandbox is full."));
    }
    let user = User {
        id: 0,
        first_name,
        last_name: new.last_name,
        username: new.username,
        language_code: new.language_code,
        is_premium: new.is_premium,
        photo_url: new.photo_url,
    };
    let id = state.add_user(user, new.stars);
    if let Some(account) = state.users.get_mut(&id) {
        account.bio = new.bio;
    }
    state
        .account(id)
        .map(|account| Json(account.into()))
        .ok_or_else(Failure::no_user)
}

/// One user.
#[utoipa::path(get, path = "/users/{id}", params(("id" = i64, Path, description = "User id")),
    responses((status = 200, body = UserView), (status = 404, body = Problem)))]
pub async fn show(State(sandbox): State<Shared>, Path(id): Path<i64>) -> Answer<UserView> {
    let state = sandbox.state();
    state
        .account(id)
        .map(|account| Json(account.into()))
        .ok_or_else(Failure::no_user)
}

/// What is to change about a user; fields left out stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserChange {
    /// Language of the user's app, such as `en`; empty for none.
    pub language_code: Option<String>,
    /// Whether the user has Telegram Premium.
    pub is_premium: Option<bool>,
}

/// Changes a user's language or Premium. Bots learn of it with the next update
/// or launch, as with Telegram.
#[utoipa::path(patch, path = "/users/{id}", request_body = UserChange,
    params(("id" = i64, Path, description = "User id")),
    responses((status = 200, body = UserView), (status = 404, body = Problem)))]
pub async fn change(
    State(sandbox): State<Shared>,
    Path(id): Path<i64>,
    Body(change): Body<UserChange>,
) -> Answer<UserView> {
    let mut state = sandbox.state();
    let account = state.users.get_mut(&id).ok_or_else(Failure::no_user)?;
    if let Some(code) = change.language_code {
        account.user.language_code = Some(code).filter(|code| !code.is_empty());
    }
    if let Some(premium) = change.is_premium {
        account.user.is_premium = premium;
    }
    let view = UserView::from(&*account);
    state.tell(Event::User { user_id: id });
    Ok(Json(view))
}

/// Stars to be added to a wallet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TopUp {
    /// Whose wallet.
    pub user_id: i64,
    /// How many, at least 1.
    pub amount: i64,
}

/// A wallet's content.
#[derive(Debug, Serialize, ToSchema)]
pub struct Balance {
    /// Stars in the wallet.
    pub balance: i64,
}

/// Adds Stars to a wallet, as if bought.
#[utoipa::path(post, path = "/stars", request_body = TopUp,
    responses((status = 200, body = Balance), (status = 404, body = Problem)))]
pub async fn top_up(State(sandbox): State<Shared>, Body(top_up): Body<TopUp>) -> Answer<Balance> {
    if !(1..=WALLET_STARS).contains(&top_up.amount) {
        return Err(Failure::bad(
            "amount_invalid",
            "An amount is at least 1 Star.",
        ));
    }
    let mut state = sandbox.state();
    if state.account(top_up.user_id).is_none() {
        return Err(Failure::no_user());
    }
    let balance = state.move_stars(top_up.user_id, top_up.amount);
    Ok(Json(Balance { balance }))
}
