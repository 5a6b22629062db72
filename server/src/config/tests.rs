use super::*;

const EXAMPLE: &str = include_str!("../../../starfront.example.toml");

fn read(toml: &str) -> Result<Config, ConfigError> {
    Config::read(toml, &[])
}

fn sentence(toml: &str) -> String {
    read(toml).unwrap_err().to_string()
}

#[test]
fn the_example_holds_every_setting_and_is_right() {
    let example = read(EXAMPLE).unwrap();
    assert_eq!(example.updates, Updates::Webhook);
    // Whoever copies it must not send alarms to a stranger.
    assert!(example.owners.is_empty());
    let names: Vec<&str> = EXAMPLE
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.trim_start_matches("# "))
        .collect();
    for setting in SETTINGS {
        assert!(names.contains(setting), "{setting} is not in the example");
    }
}

#[test]
fn every_setting_is_listed_and_every_listed_one_exists() {
    for setting in SETTINGS {
        let told = sentence(&format!("{setting} = {{ no = \"such value\" }}"));
        assert!(
            told.contains(&format!("the setting {setting} is wrong")),
            "{setting}: {told}"
        );
    }
    assert!(sentence("colour = 1").contains("unknown setting colour"));
}

#[test]
fn nothing_said_means_the_defaults() {
    let settings = read("").unwrap();
    assert!(settings.bot_token.is_none());
    assert_eq!(settings.updates, Updates::Polling);
    assert_eq!(settings.stand_in(), None);
}

#[test]
fn only_a_sandbox_has_another_clock_and_period() {
    let told = sentence("clock = 'sandbox'");
    assert!(told.contains("the setting clock is wrong"), "{told}");
    let stand_in = "clock = 'sandbox'\ntelegram_api = 'http://127.0.0.1:8081'";
    assert_eq!(read(stand_in).unwrap().clock, ClockSource::Sandbox);
    let told = sentence("subscription_seconds = 3600");
    assert!(told.contains("2592000 (30 days)"), "{told}");
    let minute = read("subscription_seconds = 60").unwrap();
    assert_eq!(minute.shop_settings().subscription_seconds, 60);
}

#[test]
fn some_processes_share_a_bot_and_not_many() {
    assert_eq!(read("").unwrap().processes, 1);
    let shared = "public_url = 'https://a.example'\nupdates = 'webhook'\nprocesses = 2";
    let postgres = format!("{shared}\ndatabase_url = 'postgres://a.example/shop'");
    assert_eq!(read(&postgres).unwrap().processes, 2);
    for alone in [shared, &postgres.replace("webhook", "polling")] {
        let told = sentence(alone);
        assert!(told.contains("it must be 1, unless"), "{told}");
    }
    for wrong in ["processes = 0", "processes = 9"] {
        let told = sentence(wrong);
        assert!(
            told.contains("processes is wrong: it must be a number from 1"),
            "{told}"
        );
    }
}

#[test]
fn addresses_are_checked_and_lose_their_slash() {
    let settings = read("public_url = 'https://a.example/'").unwrap();
    assert_eq!(settings.public_url, "https://a.example");
    for bad in [
        "a.example",
        "ftp://a.example",
        "https://a.example/shop",
        "https://",
    ] {
        let told = sentence(&format!("public_url = '{bad}'"));
        assert!(
            told.contains("the setting public_url is wrong"),
            "{bad}: {told}"
        );
    }
    assert!(sentence("telegram_api = 'x'").contains("the setting telegram_api is wrong"));
    let sandbox = read("telegram_api = 'http://127.0.0.1:8081/behind/'").unwrap();
    assert_eq!(sandbox.stand_in(), Some("http://127.0.0.1:8081/behind"));
    assert_eq!(
        sandbox.stand_in_origin().as_deref(),
        Some("http://127.0.0.1:8081")
    );
}

#[test]
fn a_webhook_needs_https_or_a_sandbox() {
    let told = sentence("updates = 'webhook'");
    assert!(told.contains("the setting updates is wrong"), "{told}");
    assert!(read("updates = 'webhook'\npublic_url = 'https://a.example'").is_ok());
    assert!(read("updates = 'webhook'\ntelegram_api = 'http://127.0.0.1:1'").is_ok());
    assert!(sentence("updates = 'pigeon'").contains("webhook or polling"));
}

#[test]
fn values_never_get_into_a_complaint() {
    for wrong in [
        "bot_token = 123456789",
        "bot_token = 123456:secret-part",
        "database_url = ['postgres://me:secret-part@host/db']",
        "log = 'secret-part'",
    ] {
        let told = sentence(wrong);
        assert!(!told.contains("secret-part"), "{told}");
        assert!(!told.contains("123456"), "{told}");
    }
    assert!(sentence("log = 'text'\nowners = = 1").contains("line 2"));
}

#[test]
fn variables_stand_above_the_file() {
    let variables = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    };
    let file = "log = 'json'\nsession_seconds = 60";
    let given = variables(&[
        ("PATH", "/bin"),
        ("STARFRONT_SESSION_SECONDS", "90"),
        ("STARFRONT_OWNERS", "12, 34"),
        ("STARFRONT_BOT_TOKEN", "42:abc"),
        ("STARFRONT_SANDBOX_PORT", "1"),
    ]);
    let settings = Config::read(file, &given).unwrap();
    assert_eq!(settings.log, LogFormat::Json);
    assert_eq!(settings.session_seconds, 90);
    assert_eq!(settings.owners, [12, 34]);
    assert!(settings.bot_token.is_some());

    let typo = variables(&[("STARFRONT_OWNER", "12")]);
    let told = Config::read(file, &typo).unwrap_err().to_string();
    assert!(told.contains("unknown setting STARFRONT_OWNER:"), "{told}");
    let wrong = variables(&[("STARFRONT_SESSION_SECONDS", "a day")]);
    let told = Config::read(file, &wrong).unwrap_err().to_string();
    assert!(
        told.contains("the setting session_seconds is wrong"),
        "{told}"
    );
}

#[test]
fn owners_are_people() {
    for wrong in ["owners = ['me']", "owners = [-100]", "owners = 'a, b'"] {
        assert!(
            sentence(wrong).contains("the setting owners is wrong"),
            "{wrong}"
        );
    }
    assert_eq!(read("owners = 7").unwrap().owners, [7]);
}
