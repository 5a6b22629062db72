//! Messages, buttons and files.

use crate::world::{World, refused};
use crate::{Check, Outcome};
use frankenstein::methods::{
    AnswerCallbackQueryParams, DeleteMessageParams, EditMessageCaptionParams,
    EditMessageReplyMarkupParams, EditMessageTextParams, GetChatParams, GetFileParams,
    GetUserProfilePhotosParams, SendChatActionParams, SendDocumentParams, SendMessageParams,
    SendPhotoParams,
};
use frankenstein::response::MessageOrBool;
use frankenstein::types::{
    ChatAction, ChatType, InlineKeyboardButton, InlineKeyboardMarkup, MaybeInaccessibleMessage,
    Message, MessageEntityType, ReplyMarkup, ReplyParameters, WebAppInfo,
};
use frankenstein::updates::UpdateContent;
use frankenstein::{ParseMode, TelegramApi};
use std::fs;
use std::path::PathBuf;

pub const ALL: &[Check] = &[
    ("sendMessage: entities and a keyboard", send),
    ("callback_query, answerCallbackQuery", callback),
    (
        "editMessageText, editMessageReplyMarkup, deleteMessage",
        edit,
    ),
    ("sendPhoto, editMessageCaption", photo),
    (
        "sendDocument: upload, getFile and download, send again by file_id",
        document,
    ),
    ("sendChatAction", action),
    ("getChat, getUserProfilePhotos", chat),
];

fn keyboard(button: InlineKeyboardButton) -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::builder()
        .inline_keyboard(vec![vec![button]])
        .build()
}

fn changed(answer: MessageOrBool) -> Message {
    match answer {
        MessageOrBool::Message(message) => *message,
        MessageOrBool::Bool(_) => panic!("no message"),
    }
}

/// A file of our own in the temporary folder: this client uploads from disk only.
pub fn file(name: &str, content: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("sandbox-clients-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    fs::write(&path, content).expect("a file");
    path
}

fn send(w: &mut World) -> Outcome {
    let buttons = keyboard(
        InlineKeyboardButton::builder()
            .text("More")
            .callback_data("more")
            .build(),
    );
    let text = SendMessageParams::builder()
        .chat_id(w.buyer)
        .text("<b>Sea</b> &amp; <tg-spoiler>salt</tg-spoiler>")
        .parse_mode(ParseMode::Html)
        .reply_markup(ReplyMarkup::InlineKeyboardMarkup(buttons.clone()))
        .build();
    let sent = w.bot.send_message(&text).unwrap().result;
    assert_eq!(sent.text.as_deref(), Some("Sea & salt"));
    let kinds: Vec<_> = sent
        .entities
        .unwrap()
        .iter()
        .map(|entity| entity.type_field)
        .collect();
    assert_eq!(kinds, [MessageEntityType::Bold, MessageEntityType::Spoiler]);
    assert_eq!(sent.reply_markup.as_deref(), Some(&buttons));
    let to = ReplyParameters::builder()
        .message_id(sent.message_id)
        .build();
    let reply = SendMessageParams::builder()
        .chat_id(w.buyer)
        .text("A reply")
        .reply_parameters(to);
    let reply = w.bot.send_message(&reply.build()).unwrap().result;
    assert_eq!(reply.reply_to_message.unwrap().message_id, sent.message_id);
    w.keyboard = sent.message_id;
    Ok(())
}

fn callback(w: &mut World) -> Outcome {
    w.desk.press(w.buyer, w.keyboard, "more");
    let query = w.take(|update| match update {
        UpdateContent::CallbackQuery(query) => Some(query.clone()),
        _ => None,
    });
    assert_eq!(query.data.as_deref(), Some("more"));
    let Some(MaybeInaccessibleMessage::Message(message)) = &query.message else {
        panic!("no message: {query:?}")
    };
    assert_eq!(message.text.as_deref(), Some("Sea & salt"));
    let answer = AnswerCallbackQueryParams::builder()
        .callback_query_id(&query.id)
        .text("Here")
        .build();
    w.bot.answer_callback_query(&answer).unwrap();
    refused(
        w.bot.answer_callback_query(&answer),
        400,
        "query is too old",
    );
    Ok(())
}

fn edit(w: &mut World) -> Outcome {
    let text = EditMessageTextParams::builder()
        .chat_id(w.buyer)
        .message_id(w.keyboard)
        .text("Salt");
    let edited = changed(w.bot.edit_message_text(&text.build()).unwrap().result);
    assert_eq!(edited.text.as_deref(), Some("Salt"));
    assert!(edited.edit_date.is_some() && edited.reply_markup.is_none());
    let shop = WebAppInfo::builder().url("https://shop.example/").build();
    let buttons = keyboard(
        InlineKeyboardButton::builder()
            .text("Shop")
            .web_app(shop)
            .build(),
    );
    let markup = EditMessageReplyMarkupParams::builder()
        .chat_id(w.buyer)
        .message_id(w.keyboard);
    let markup = markup.reply_markup(buttons.clone()).build();
    let edited = changed(w.bot.edit_message_reply_markup(&markup).unwrap().result);
    assert_eq!(edited.reply_markup.as_deref(), Some(&buttons));
    let delete = DeleteMessageParams::builder()
        .chat_id(w.buyer)
        .message_id(w.keyboard)
        .build();
    w.bot.delete_message(&delete).unwrap();
    assert!(
        w.desk
            .chat(w.buyer)
            .iter()
            .all(|found| found["message_id"] != w.keyboard)
    );
    Ok(())
}

fn photo(w: &mut World) -> Outcome {
    let picture = file("sea.png", include_bytes!("sea.png"));
    let send = SendPhotoParams::builder()
        .chat_id(w.buyer)
        .photo(picture)
        .caption("The sea")
        .build();
    let sent = w.bot.send_photo(&send).unwrap().result;
    assert_eq!(sent.photo.unwrap().last().unwrap().width, 2);
    let caption = EditMessageCaptionParams::builder()
        .chat_id(w.buyer)
        .message_id(sent.message_id);
    let edited = w
        .bot
        .edit_message_caption(&caption.caption("Salt").build())
        .unwrap()
        .result;
    assert_eq!(changed(edited).caption.as_deref(), Some("Salt"));
    Ok(())
}

fn document(w: &mut World) -> Outcome {
    let content: Vec<u8> = (0..300_000_u32).map(|n| (n * 31 % 251) as u8).collect();
    let path = file("sea ü.bin", &content);
    let send = SendDocumentParams::builder()
        .chat_id(w.buyer)
        .document(path)
        .protect_content(true);
    let sent = w.bot.send_document(&send.build()).unwrap().result;
    assert_eq!(sent.has_protected_content, Some(true));
    let stored = sent.document.unwrap();
    assert_eq!(stored.file_name.as_deref(), Some("sea ü.bin"));
    assert_eq!(stored.file_size, Some(300_000));
    let get = GetFileParams::builder().file_id(&stored.file_id).build();
    let path = w
        .bot
        .get_file(&get)
        .unwrap()
        .result
        .file_path
        .expect("a path");
    // The client itself has no download: Telegram's documentation gives this address.
    let url = format!("{}/file/bot{}/{path}", w.url, w.desk.token);
    let down = ureq::get(url)
        .call()
        .unwrap()
        .body_mut()
        .read_to_vec()
        .unwrap();
    assert!(down == content, "another content came back");
    let again = SendDocumentParams::builder()
        .chat_id(w.buyer)
        .document(stored.file_id.clone())
        .build();
    let again = w
        .bot
        .send_document(&again)
        .unwrap()
        .result
        .document
        .unwrap();
    assert_eq!(again.file_unique_id, stored.file_unique_id);
    Ok(())
}

fn action(w: &mut World) -> Outcome {
    let action = SendChatActionParams::builder()
        .chat_id(w.buyer)
        .action(ChatAction::UploadDocument);
    assert!(w.bot.send_chat_action(&action.build()).unwrap().result);
    Ok(())
}

fn chat(w: &mut World) -> Outcome {
    let found = w
        .bot
        .get_chat(&GetChatParams::builder().chat_id(w.buyer).build())
        .unwrap()
        .result;
    assert_eq!(
        (found.type_field, found.first_name.as_deref()),
        (ChatType::Private, Some("Ada"))
    );
    let photos = GetUserProfilePhotosParams::builder()
        .user_id(w.buyer_id())
        .build();
    assert_eq!(
        w.bot
            .get_user_profile_photos(&photos)
            .unwrap()
            .result
            .total_count,
        0
    );
    Ok(())
}
