//! Webhook and polling.

use crate::hook;
use crate::world::{World, refused};
use crate::{Check, Outcome};
use frankenstein::TelegramApi;
use frankenstein::methods::{DeleteWebhookParams, GetUpdatesParams, SetWebhookParams};
use frankenstein::types::{AllowedUpdate, ChatType, Message, MessageEntityType};
use frankenstein::updates::{Update, UpdateContent};
use std::thread;
use std::time::Duration;

pub const ALL: &[Check] = &[
    (
        "setWebhook, getWebhookInfo, deleteWebhook: a command arrives with the secret",
        webhook,
    ),
    ("webhook: delivered again after a failure", again),
    ("409 Conflict", conflict),
    ("getUpdates: a command arrives", polling),
];

const SECRET: &str = "a-secret_of-ours";
/// A bound for a loaded machine, never the measure of anything.
const PATIENCE: Duration = Duration::from_secs(60);

fn message(update: Update) -> Message {
    match update.content {
        UpdateContent::Message(message) => *message,
        other => panic!("no message: {other:?}"),
    }
}

/// Waits until our 200 has reached the sandbox, then removes the webhook: an update without it
/// would come again.
fn remove(w: &World) {
    while w
        .bot
        .get_webhook_info()
        .unwrap()
        .result
        .pending_update_count
        > 0
    {
        thread::sleep(Duration::from_millis(20));
    }
    w.bot
        .delete_webhook(&DeleteWebhookParams::builder().build())
        .unwrap();
}

fn webhook(w: &mut World) -> Outcome {
    let (address, deliveries) = hook::serve(0);
    let wanted = vec![AllowedUpdate::Message, AllowedUpdate::CallbackQuery];
    let set = SetWebhookParams::builder()
        .url(&address)
        .secret_token(SECRET);
    w.bot
        .set_webhook(&set.allowed_updates(wanted.clone()).build())
        .unwrap();
    let info = w.bot.get_webhook_info().unwrap().result;
    assert_eq!((info.url, info.allowed_updates), (address, Some(wanted)));
    w.desk.write(w.buyer, "/start hook");
    let (secret, update) = deliveries.recv_timeout(PATIENCE).expect("a delivery");
    let message = message(update);
    assert_eq!(
        (secret.as_str(), message.text.as_deref()),
        (SECRET, Some("/start hook"))
    );
    assert_eq!(
        message.entities.unwrap()[0].type_field,
        MessageEntityType::BotCommand
    );
    remove(w);
    assert_eq!(w.bot.get_webhook_info().unwrap().result.url, "");
    Ok(())
}

fn again(w: &mut World) -> Outcome {
    let (address, deliveries) = hook::serve(1);
    w.desk.advance(2); // setWebhook is answered once a second
    w.bot
        .set_webhook(&SetWebhookParams::builder().url(address).build())
        .unwrap();
    w.desk.write(w.buyer, "/start again");
    let (_, update) = deliveries
        .recv_timeout(PATIENCE)
        .expect("a second delivery");
    assert_eq!(message(update).text.as_deref(), Some("/start again"));
    let info = w.bot.get_webhook_info().unwrap().result;
    assert!(
        info.last_error_message
            .is_some_and(|text| text.contains("500"))
    );
    remove(w);
    Ok(())
}

fn conflict(w: &mut World) -> Outcome {
    w.desk.advance(2);
    let set = SetWebhookParams::builder()
        .url("https://shop.example/hook")
        .build();
    w.bot.set_webhook(&set).unwrap();
    refused(
        w.bot.get_updates(&GetUpdatesParams::builder().build()),
        409,
        "webhook is active",
    );
    let drop = DeleteWebhookParams::builder()
        .drop_pending_updates(true)
        .build();
    w.bot.delete_webhook(&drop).unwrap();
    Ok(())
}

fn polling(w: &mut World) -> Outcome {
    w.desk.write(w.buyer, "/start ref-7");
    let message = w.message(|message| Some(message.clone()));
    assert_eq!(message.text.as_deref(), Some("/start ref-7"));
    assert_eq!(message.chat.type_field, ChatType::Private);
    Ok(())
}
