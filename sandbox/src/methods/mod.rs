//! The Bot API's methods. What the sandbox does not have answers 404, as an
//! unknown method does at Telegram.

pub mod about;
mod address;
pub mod callback;
pub mod chats;
pub mod commands;
pub mod communities;
pub mod edit;
pub mod files;
pub mod forward;
pub mod gifts;
pub mod inline;
pub mod inline_result;
mod input_sticker;
pub mod media;
pub mod paid_media;
pub mod payments;
pub mod pin;
pub mod profile;
pub mod send;
pub mod set_stickers;
pub mod stars;
pub mod stickers;
pub mod updates;
pub mod webhooks;

use std::time::Duration;

use serde_json::{Value, json};

use crate::api_error::{ApiError, ApiResult};
use crate::params::Params;
use crate::sandbox::Shared;
use crate::state::State;
use crate::token::Token;

/// What a successful call answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The `result`.
    pub result: Value,
    /// The `description`, which few methods add.
    pub description: Option<&'static str>,
}

impl From<Value> for Reply {
    fn from(result: Value) -> Self {
        Self {
            result,
            description: None,
        }
    }
}

impl Reply {
    /// `true` with a remark.
    #[must_use]
    pub fn done(description: &'static str) -> Self {
        Self {
            result: json!(true),
            description: Some(description),
        }
    }

    /// The answer's JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut answer = json!({ "ok": true, "result": self.result });
        if let Some(description) = self.description {
            answer["description"] = json!(description);
        }
        answer
    }
}

/// A method's result.
pub type MethodResult = ApiResult<Reply>;

/// One call on its way through a method.
#[derive(Debug)]
pub struct Call<'a> {
    /// The world.
    pub state: &'a mut State,
    /// Who calls.
    pub bot_id: i64,
    /// With what.
    pub params: &'a Params,
    /// Whether the rules of Telegram's test servers hold.
    pub is_test: bool,
}

/// Runs a method for the bot of a token, with the faults that are set.
///
/// # Errors
/// Telegram's error, or the one that a fault demands.
pub async fn call(
    sandbox: &Shared,
    token: &Token,
    method: &str,
    params: &mut Params,
) -> MethodResult {
    let name = method.to_lowercase();
    let bot_id = token.bot_id();
    let fault = {
        let mut state = sandbox.state();
        state.bot_of(token)?;
        state.faults.for_method(bot_id, &name)
    };
    address::fetch(params).await?;
    let Some(fault) = fault else {
        return run(sandbox, bot_id, &name, params).await;
    };
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    let error = fault.error();
    if error.is_none() || fault.executed {
        let reply = run(sandbox, bot_id, &name, params).await;
        return error.map_or(reply, Err);
    }
    error.map_or_else(|| Err(ApiError::method_not_found()), Err)
}

async fn run(sandbox: &Shared, bot_id: i64, name: &str, params: &Params) -> MethodResult {
    match name {
        "getupdates" => updates::get_updates(sandbox, bot_id, params).await,
        "setwebhook" if !params.text("url").is_empty() => {
            webhooks::set_webhook(sandbox, bot_id, params)
        }
        _ => dispatch(
            &mut Call {
                state: &mut sandbox.state(),
                bot_id,
                params,
                is_test: params.is_test || sandbox.config.is_test,
            },
            name,
        ),
    }
}

fn dispatch(call: &mut Call<'_>, name: &str) -> MethodResult {
    match name {
        "getme" => Ok(call.state.bot_mut(call.bot_id)?.to_me().into()),
        "logout" | "close" => Ok(json!(true).into()),
        "setwebhook" | "deletewebhook" => webhooks::delete_webhook(call),
        "getwebhookinfo" => Ok(call.state.webhook_info(call.bot_id).into()),
        "setmycommands" => commands::set(call),
        "getmycommands" => commands::get(call),
        "deletemycommands" => commands::delete(call),
        "setmyname" => profile::set_text(call, &profile::NAME),
        "getmyname" => profile::get_text(call, &profile::NAME),
        "setmydescription" => profile::set_text(call, &profile::DESCRIPTION),
        "getmydescription" => profile::get_text(call, &profile::DESCRIPTION),
        "setmyshortdescription" => profile::set_text(call, &profile::SHORT_DESCRIPTION),
        "getmyshortdescription" => profile::get_text(call, &profile::SHORT_DESCRIPTION),
        "setchatmenubutton" => profile::set_menu(call),
        "getchatmenubutton" => profile::get_menu(call),
        "sendmessage" => send::message(call),
        "sendphoto" => send::photo(call),
        "senddocument" => send::document(call),
        "sendpaidmedia" => paid_media::send_paid_media(call),
        "sendchataction" => send::chat_action(call),
        "editmessagetext" => edit::text(call),
        "editmessagecaption" => edit::caption(call),
        "editmessagereplymarkup" => edit::reply_markup(call),
        "deletemessage" => edit::delete(call),
        "answercallbackquery" => callback::answer(call),
        "createinvoicelink" => payments::create_link(call),
        "sendinvoice" => payments::send_invoice(call),
        "answerprecheckoutquery" => payments::answer_precheckout(call),
        "refundstarpayment" => stars::refund(call),
        "edituserstarsubscription" => stars::edit_subscription(call),
        "getstartransactions" => stars::transactions(call),
        "getmystarbalance" => stars::balance(call),
        "getavailablegifts" => gifts::list(call),
        "sendgift" => gifts::send(call),
        "giftpremiumsubscription" => gifts::premium(call),
        "getfile" => files::get(call),
        "getchat" => chats::get(call),
        "getuserprofilephotos" => chats::profile_photos(call),
        "answerwebappquery" => inline::answer_web_app_query(call),
        "savepreparedinlinemessage" => inline::save_prepared(call),
        _ => dispatch_message(call, name),
    }
}

/// Methods for messages of every kind, and what is done to sent ones.
fn dispatch_message(call: &mut Call<'_>, name: &str) -> MethodResult {
    match name {
        "sendvideo" => media::file(call, "video"),
        "sendanimation" => media::file(call, "animation"),
        "sendaudio" => media::file(call, "audio"),
        "sendvoice" => media::file(call, "voice"),
        "sendvideonote" => media::file(call, "video_note"),
        "sendsticker" => stickers::send_sticker(call),
        "sendmediagroup" => media::album(call),
        "sendlocation" => media::place(call, false),
        "sendvenue" => media::place(call, true),
        "sendcontact" => media::contact(call),
        "senddice" => media::dice(call),
        "forwardmessage" => forward::forward(call),
        "forwardmessages" => forward::several(call, false),
        "copymessage" => forward::copy(call),
        "copymessages" => forward::several(call, true),
        "editmessagemedia" => edit::media(call),
        "deletemessages" => edit::delete_several(call),
        "pinchatmessage" => pin::pin(call),
        "unpinchatmessage" => pin::unpin(call),
        "unpinallchatmessages" => pin::unpin_all(call),
        "setmessagereaction" => pin::react(call),
        _ => dispatch_stickers(call, name),
    }
}

/// Methods for sticker sets.
fn dispatch_stickers(call: &mut Call<'_>, name: &str) -> MethodResult {
    match name {
        "getstickerset" => stickers::get(call),
        "getcustomemojistickers" => stickers::custom_emoji(call),
        "uploadstickerfile" => stickers::upload(call),
        "createnewstickerset" => stickers::create(call),
        "setstickersettitle" => stickers::set_title(call),
        "setstickersetthumbnail" => stickers::set_thumbnail(call),
        "deletestickerset" => stickers::delete(call),
        "addstickertoset" => set_stickers::add(call),
        "replacestickerinset" => set_stickers::replace(call),
        "deletestickerfromset" => set_stickers::remove(call),
        "setstickerpositioninset" => set_stickers::move_to(call),
        "setstickeremojilist" => set_stickers::set_emoji(call),
        "setstickerkeywords" => set_stickers::set_keywords(call),
        "setstickermaskposition" => set_stickers::set_mask(call),
        _ => dispatch_community(call, name),
    }
}

/// Methods for groups and channels.
fn dispatch_community(call: &mut Call<'_>, name: &str) -> MethodResult {
    match name {
        "createchatinvitelink" => communities::create_link(call),
        "createchatsubscriptioninvitelink" => communities::create_paid_link(call),
        "exportchatinvitelink" => communities::export_link(call),
        "editchatinvitelink" => communities::edit_link(call),
        "editchatsubscriptioninvitelink" => communities::edit_paid_link(call),
        "revokechatinvitelink" => communities::revoke_link(call),
        "approvechatjoinrequest" => communities::decide(call, true),
        "declinechatjoinrequest" => communities::decide(call, false),
        "banchatmember" => communities::ban(call),
        "unbanchatmember" => communities::unban(call),
        "getchatmember" => communities::member(call),
        "getchatmembercount" => communities::count(call),
        "getchatadministrators" => about::administrators(call),
        "leavechat" => about::leave(call),
        "setchattitle" => about::set_title(call),
        "setchatdescription" => about::set_description(call),
        _ => Err(ApiError::method_not_found()),
    }
}
