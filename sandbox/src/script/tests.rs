use super::*;

const SCRIPT: &str = r#"
token = "7001:demo"

[[steps]]
do = "user"
name = "Mila"
stars = 50

[[steps]]
at = 60
every = 10
times = 3
do = "top_up"
user = "Mila"
stars = 1
"#;

#[test]
fn both_forms_are_read_alike() {
    let toml = Script::parse(SCRIPT, false).unwrap();
    let json = r#"{"token":"7001:demo","steps":[{"do":"user","name":"Mila","stars":50},
        {"at":60,"every":10,"times":3,"do":"top_up","user":"Mila","stars":1}]}"#;
    let json = Script::parse(json, true).unwrap();
    assert_eq!(format!("{toml:?}"), format!("{json:?}"));
}

#[test]
fn a_bad_step_is_named() {
    let code = |text: &str| Script::parse(text, false).unwrap_err();
    let wrong = code("token = \"7001:x\"\n[[steps]]\ndo = \"fly\"\n");
    assert_eq!(wrong.code(), "script_step_invalid");
    assert!(
        wrong
            .to_string()
            .starts_with("step 1 of the script: unknown variant `fly`")
    );
    let extra = code("token = \"7001:x\"\n[[steps]]\ndo = \"refund\"\nuser = 1\nfast = true\n");
    assert!(
        extra.to_string().contains("unknown field `fast`"),
        "{extra}"
    );
    let early = code("token = \"7001:x\"\n[[steps]]\nat = -1\ndo = \"refund\"\nuser = 1\n");
    assert!(early.to_string().contains("`at` is a whole number"));
    assert_eq!(code("token = \"x\"").code(), "script_malformed");
    assert_eq!(code("steps = []").code(), "script_malformed");
    let missing = Script::load(Path::new("/nowhere/at/all.toml")).unwrap_err();
    assert_eq!(missing.code(), "script_unreadable");
}

#[test]
fn random_steps_follow_their_seed() {
    let text = |seed| format!("{:?}", random::steps(seed, 200, 1_000, 5));
    assert_eq!(text(1), text(1));
    assert_ne!(text(1), text(2));
    assert_eq!(random::steps(1, 200, 1_000, 5).len(), 205);
}
