//! The bot itself.

use crate::world::World;
use crate::{Check, Outcome};
use frankenstein::TelegramApi;
use frankenstein::methods::{
    DeleteMyCommandsParams, GetChatMenuButtonParams, GetMyCommandsParams, GetMyDescriptionParams,
    GetMyNameParams, GetMyShortDescriptionParams, SetChatMenuButtonParams, SetMyCommandsParams,
    SetMyDescriptionParams, SetMyNameParams, SetMyShortDescriptionParams,
};
use frankenstein::types::{BotCommand, MenuButton, MenuButtonWebApp, WebAppInfo};

pub const ALL: &[Check] = &[
    ("getMe", get_me),
    ("setMyCommands, getMyCommands, deleteMyCommands", commands),
    (
        "setMyName, setMyDescription, setMyShortDescription, and their getters",
        names,
    ),
    ("setChatMenuButton, getChatMenuButton", menu),
];

fn get_me(w: &mut World) -> Outcome {
    let me = w.bot.get_me().unwrap().result;
    assert!(
        me.id == 4205 && me.is_bot && me.username.is_some(),
        "{me:?}"
    );
    w.buyer = w.desk.user("Ada", 1000);
    Ok(())
}

fn commands(w: &mut World) -> Outcome {
    let command = |name: &str| {
        BotCommand::builder()
            .command(name)
            .description("Do it")
            .build()
    };
    let wanted = vec![command("start"), command("buy")];
    let set = SetMyCommandsParams::builder()
        .commands(wanted.clone())
        .build();
    w.bot.set_my_commands(&set).unwrap();
    let get = GetMyCommandsParams::builder().build();
    assert_eq!(w.bot.get_my_commands(&get).unwrap().result, wanted);
    w.bot
        .delete_my_commands(&DeleteMyCommandsParams::builder().build())
        .unwrap();
    assert_eq!(w.bot.get_my_commands(&get).unwrap().result, []);
    Ok(())
}

fn names(w: &mut World) -> Outcome {
    let bot = &w.bot;
    bot.set_my_name(&SetMyNameParams::builder().name("Postcards").build())
        .unwrap();
    let german = SetMyNameParams::builder()
        .name("Postkarten")
        .language_code("de")
        .build();
    bot.set_my_name(&german).unwrap();
    let long = SetMyDescriptionParams::builder()
        .description("Pictures of the sea")
        .build();
    bot.set_my_description(&long).unwrap();
    let short = SetMyShortDescriptionParams::builder()
        .short_description("The sea")
        .build();
    bot.set_my_short_description(&short).unwrap();
    let name = |language: &str| {
        let get = GetMyNameParams::builder().language_code(language).build();
        bot.get_my_name(&get).unwrap().result.name
    };
    assert_eq!(
        (name("de"), name("fr")),
        ("Postkarten".to_owned(), "Postcards".to_owned())
    );
    let long = bot
        .get_my_description(&GetMyDescriptionParams::builder().build())
        .unwrap();
    assert_eq!(long.result.description, "Pictures of the sea");
    let get = GetMyShortDescriptionParams::builder().build();
    let short = bot.get_my_short_description(&get).unwrap();
    assert_eq!(short.result.short_description, "The sea");
    assert_eq!(bot.get_me().unwrap().result.first_name, "Postcards");
    Ok(())
}

fn menu(w: &mut World) -> Outcome {
    let web_app = WebAppInfo::builder().url("https://shop.example/").build();
    let button = MenuButton::WebApp(
        MenuButtonWebApp::builder()
            .text("Shop")
            .web_app(web_app)
            .build(),
    );
    let set = SetChatMenuButtonParams::builder()
        .menu_button(button.clone())
        .build();
    w.bot.set_chat_menu_button(&set).unwrap();
    let get = GetChatMenuButtonParams::builder().build();
    assert_eq!(w.bot.get_chat_menu_button(&get).unwrap().result, button);
    let set = SetChatMenuButtonParams::builder()
        .chat_id(w.buyer)
        .menu_button(MenuButton::Commands)
        .build();
    w.bot.set_chat_menu_button(&set).unwrap();
    let get = GetChatMenuButtonParams::builder().chat_id(w.buyer).build();
    assert_eq!(
        w.bot.get_chat_menu_button(&get).unwrap().result,
        MenuButton::Commands
    );
    Ok(())
}
