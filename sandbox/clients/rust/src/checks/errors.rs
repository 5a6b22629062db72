//! Errors as the client tells them, what a Mini App asks for, and the bot of docs/sandbox.md.

use crate::desk::Desk;
use crate::world::{World, refused};
use crate::{Check, Outcome};
use frankenstein::TelegramApi;
use frankenstein::inline_mode::{
    InlineQueryResult, InlineQueryResultArticle, InputMessageContent, InputTextMessageContent,
};
use frankenstein::methods::{
    AnswerWebAppQueryParams, SavePreparedInlineMessageParams, SendMessageParams,
};
use frankenstein::response::MethodResponse;
use serde_json::{Value, json};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

pub const ALL: &[Check] = &[
    ("400 Bad Request", bad_request),
    ("401 Unauthorized", unauthorized),
    ("403 Forbidden", forbidden),
    ("404 method not found", not_found),
    ("429 with retry_after", too_many),
    ("500 Internal Server Error", server_error),
    ("answerWebAppQuery, savePreparedInlineMessage", inline),
    ("the bot of this page sells", page),
];

fn text(chat: i64) -> SendMessageParams {
    SendMessageParams::builder()
        .chat_id(chat)
        .text("Are you there?")
        .build()
}

fn bad_request(w: &mut World) -> Outcome {
    refused(
        w.bot.send_message(&text(1)),
        400,
        "Bad Request: chat not found",
    );
    Ok(())
}

fn unauthorized(w: &mut World) -> Outcome {
    refused(
        World::client(&w.url, "4205:REVOKED").get_me(),
        401,
        "Unauthorized",
    );
    Ok(())
}

fn forbidden(w: &mut World) -> Outcome {
    w.desk.block(w.buyer, true);
    refused(
        w.bot.send_message(&text(w.buyer)),
        403,
        "Forbidden: bot was blocked by the user",
    );
    w.desk.block(w.buyer, false);
    Ok(())
}

fn not_found(w: &mut World) -> Outcome {
    let call: Result<MethodResponse<Value>, _> = w.bot.request("noSuchMethod", None::<()>);
    refused(call, 404, "Not Found: method not found");
    Ok(())
}

fn too_many(w: &mut World) -> Outcome {
    let fault = json!({ "method": "sendMessage", "error_code": 429, "retry_after": 3, "count": 1 });
    w.desk.faults(json!({ "methods": [fault] }));
    let error = refused(w.bot.send_message(&text(w.buyer)), 429, "Too Many Requests");
    assert_eq!(error.parameters.unwrap().retry_after, Some(3));
    w.bot.send_message(&text(w.buyer)).unwrap();
    Ok(())
}

fn server_error(w: &mut World) -> Outcome {
    let fault = json!({ "method": "getMe", "error_code": 500, "count": 1 });
    w.desk.faults(json!({ "methods": [fault] }));
    refused(w.bot.get_me(), 500, "Internal Server Error");
    Ok(())
}

fn inline(w: &mut World) -> Outcome {
    let raw = w.desk.launch(w.buyer);
    let query = raw
        .split('&')
        .find_map(|pair| pair.strip_prefix("query_id="))
        .expect("a query id");
    let content = InputTextMessageContent::builder()
        .message_text("I bought the sea")
        .build();
    let article = InlineQueryResultArticle::builder()
        .id("1")
        .title("Sea")
        .input_message_content(InputMessageContent::Text(content))
        .build();
    let result = InlineQueryResult::Article(article);
    let answer = AnswerWebAppQueryParams::builder()
        .web_app_query_id(query)
        .result(result.clone());
    w.bot.answer_web_app_query(&answer.build()).unwrap();
    let save = SavePreparedInlineMessageParams::builder()
        .user_id(w.buyer_id())
        .result(result);
    let prepared = w
        .bot
        .save_prepared_inline_message(&save.allow_user_chats(true).build())
        .unwrap();
    let now = w.desk.get("/time")["now"].as_u64().unwrap();
    assert!(!prepared.result.id.is_empty() && prepared.result.expiration_date > now);
    Ok(())
}

fn page(w: &mut World) -> Outcome {
    let desk = Desk::new(&w.url, "4299:EXAMPLE");
    let buyer = desk.user("Edda", 50);
    let program = std::env::current_exe().unwrap().with_file_name("bot");
    let mut bot = Command::new(program);
    bot.env("SANDBOX", &w.url).env("BOT_TOKEN", &desk.token);
    let mut bot = bot.spawn().expect("the bot starts");
    let sold = std::panic::catch_unwind(|| buy(&desk, buyer));
    bot.kill().and_then(|()| bot.wait()).expect("the bot ends");
    sold.unwrap_or_else(|cause| std::panic::resume_unwind(cause));
    Ok(())
}

fn buy(desk: &Desk, buyer: i64) {
    desk.write(buyer, "/buy");
    let invoice = newest(desk, buyer, "invoice_slug");
    let answer = desk.pay(buyer, invoice["invoice_slug"].as_str().unwrap(), "normal");
    assert_eq!(answer["status"], "paid", "{answer}");
    let thanks = newest(desk, buyer, "text");
    assert!(
        thanks["text"].as_str().unwrap().starts_with("Thank you"),
        "{thanks}"
    );
}

/// The bot's newest message with this field.
fn newest(desk: &Desk, user: i64, field: &str) -> Value {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        let messages = desk.chat(user);
        let of_bot = |one: &&Value| one["from"]["is_bot"] == true && one.get(field).is_some();
        if let Some(found) = messages.iter().rev().find(of_bot) {
            return found.clone();
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("no message with {field}");
}
