//! Commands and wrong settings: each complaint names what is wrong.

use std::process::{Output, Stdio};

use telegram::{BotToken, init_data::sign_hmac};
use tokio::io::AsyncWriteExt;

use crate::support::{Folder, Settings, TOKEN, TestShop};

async fn start(change: impl FnOnce(Settings, &Folder) -> Settings) -> String {
    let folder = Folder::new();
    folder.write("site/robots.txt", "");
    let settings = change(Settings::new(&folder, "http://127.0.0.1:9"), &folder);
    let output = settings.command(folder.path(), &["serve"]).output();
    let output = tokio::time::timeout(crate::support::SOON, output).await;
    let output = output.expect("it does not start").unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn wrong_settings_stop_the_start_with_their_name() {
    for (name, value, part) in [
        (
            "STARFRONT_COLOUR",
            "red",
            "unknown setting STARFRONT_COLOUR",
        ),
        (
            "STARFRONT_UPDATES",
            "pigeon",
            "the setting updates is wrong",
        ),
        (
            "STARFRONT_PUBLIC_URL",
            "shop.example",
            "the setting public_url is wrong",
        ),
        (
            "STARFRONT_BOT_TOKEN",
            "no-token",
            "the setting bot_token is wrong",
        ),
        (
            "STARFRONT_DATABASE_URL",
            "mysql:x",
            "the setting database_url cannot be used",
        ),
        (
            "STARFRONT_FILES",
            "/dev/null/files",
            "the setting files cannot be used",
        ),
        ("STARFRONT_CONFIG", "/nowhere.toml", "STARFRONT_CONFIG"),
        ("LEPTOS_SITE_ROOT", "/nowhere", "LEPTOS_SITE_ROOT"),
        ("LEPTOS_SITE_ADDR", "nowhere", "LEPTOS_"),
    ] {
        let told = start(|settings, _| settings.with(name, value)).await;
        assert!(told.contains(part), "{name}: {told}");
        assert!(told.starts_with("starfront: "), "{told}");
    }
    let told = start(|settings, _| settings.without("STARFRONT_BOT_TOKEN")).await;
    assert!(told.contains("the setting bot_token is missing"), "{told}");
    let told = start(|settings, folder| {
        folder.write("starfront.toml", "bot_token = 123456:SECRET-PART\n");
        settings
    })
    .await;
    assert!(
        told.contains("line 1") && !told.contains("SECRET-PART"),
        "{told}"
    );
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let told = start(|settings, _| settings.with("LEPTOS_SITE_ADDR", &address)).await;
    assert!(
        told.contains(&address) && told.contains("LEPTOS_SITE_ADDR"),
        "{told}"
    );
}

async fn init_data(raw: &str, arguments: &[&str]) -> Output {
    let folder = Folder::new();
    let settings = Settings::new(&folder, "http://127.0.0.1:9");
    let mut all = vec!["init-data"];
    all.extend(arguments);
    let mut command = settings.command(folder.path(), &all);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(raw.as_bytes()).await.unwrap();
    drop(stdin);
    child.wait_with_output().await.unwrap()
}

#[tokio::test]
async fn launch_data_is_explained() {
    let token = BotToken::parse(TOKEN).unwrap();
    let user = r#"{"id":5,"first_name":"Mila","language_code":"ru"}"#;
    let raw = sign_hmac(&[("auth_date", "1650385342"), ("user", user)], &token).unwrap();
    let good = init_data(&format!("{raw}\n"), &["--max-age", "4294967295"]).await;
    assert!(good.status.success(), "{good:?}");
    let told: serde_json::Value = serde_json::from_slice(&good.stdout).unwrap();
    assert_eq!(
        (&told["id"], &told["first_name"]),
        (&5.into(), &"Mila".into())
    );

    for (raw, arguments, code) in [
        (raw.as_str(), &[][..], "init_data_expired"),
        (
            &raw.replace("Mila", "Eve"),
            &["--max-age", "4294967295"],
            "init_data_",
        ),
        ("", &[], "init_data_empty"),
    ] {
        let bad = init_data(raw, arguments).await;
        assert_eq!(bad.status.code(), Some(1));
        let told = String::from_utf8(bad.stderr).unwrap();
        assert!(told.contains(code), "{told}");
        assert!(!told.contains(TOKEN));
    }
}

#[tokio::test]
async fn check_says_how_things_stand() {
    let shop = TestShop::open().await;
    let checked = shop.run(&["check"]).await;
    assert!(checked.status.success(), "{checked:?}");
    let told = String::from_utf8(checked.stdout).unwrap();
    for part in [
        "settings: fine",
        "catalogue: Night Window",
        "owners: none, so nobody is told",
        "work: nothing is in trouble",
        "books: nothing is known to differ",
        "bot: @night_bot",
        "updates: webhook",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[tokio::test]
async fn a_catalogue_goes_in_whole_or_not_at_all_and_comes_out_again() {
    let shop = TestShop::prepare(|settings| settings).await;
    let bad = shop
        .folder
        .write("bad/shop.toml", "[shop]\nname = 5\ncolour = 'red'\n");
    let refused = shop
        .run(&["catalog", "import", bad.to_str().unwrap()])
        .await;
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(
        told.contains("shop.toml:2:8") && told.contains("nothing has changed"),
        "{told}"
    );

    let out = shop.run(&["catalog", "export", "out"]).await;
    assert!(out.status.success(), "{out:?}");
    let exported = std::fs::read_to_string(shop.folder.join("out/shop.toml")).unwrap();
    assert!(exported.contains("Night Window"));
    let back = shop.run(&["catalog", "import", "out/shop.toml"]).await;
    assert!(back.status.success(), "{back:?}");
}
